// Dates as a clerk types them: "27/11", "27.11.2026", "27 nov", "nov 27", "+14", "2017-07-16", "fri", "today".
// A date without a year is the next one on or after the business date; one that ends something is looked for from where
// that begins. Names of months and weekdays are understood in
// the language in use and in English.
import { dayFrom, partsOf, weekdayOf, type Day } from "./dates";
import { factsOf, locale } from "./locale";
import { texts } from "./texts";

/** So many nights a stay may have that goes into a year that was not named. */
export const MOST_INTO_NEXT_YEAR = 183;

const english = factsOf("en-GB");

/**
 * Where it ends what begins on a day: without a year it is in the year of that day, or in the next one where that is not
 * too far; else it lies before that day.
 */
export function parseDate(typed: string, businessDate: Day, begins?: Day): Day | undefined {
  const text = typed.trim().toLowerCase().replace(/\s+/g, " ");
  if (text === "") return undefined;
  const from = begins ?? businessDate;
  const most = begins === undefined ? Infinity : MOST_INTO_NEXT_YEAR;
  return (
    relative(text, businessDate) ??
    iso(text) ??
    numeric(text, from, most) ??
    named(text, from, most) ??
    weekday(text, from)
  );
}

function relative(text: string, businessDate: Day): Day | undefined {
  if (text === "today" || text === texts.dates.today) return businessDate;
  if (text === "tomorrow" || text === texts.dates.tomorrow) return businessDate + 1;
  const match = /^([+-])\s?(\d{1,4})$/.exec(text);
  if (!match) return undefined;
  return businessDate + (match[1] === "-" ? -1 : 1) * Number(match[2]);
}

function iso(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return match ? exact(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

function numeric(text: string, from: Day, most: number): Day | undefined {
  const match = /^(\d{1,2})(?:[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?)?\.?$/.exec(text);
  if (!match) return undefined;
  const day = Number(match[1]);
  if (match[2] === undefined) return nextDayOfMonth(day, from);
  return withYear(day, Number(match[2]), match[3], from, most);
}

function named(text: string, from: Day, most: number): Day | undefined {
  const match =
    /^(?<day>\d{1,2})\.? ?(?<month>\p{L}{3,10})\.?(?: (?<year>\d{4}|\d{2}))?$/u.exec(text) ??
    /^(?<month>\p{L}{3,10})\.? ?(?<day>\d{1,2})(?:,? (?<year>\d{4}|\d{2}))?$/u.exec(text);
  const groups = match?.groups;
  if (!groups?.month) return undefined;
  const month = monthNamed(groups.month);
  if (month === 0) return undefined;
  return withYear(Number(groups.day), month, groups.year, from, most);
}

function weekday(text: string, from: Day): Day | undefined {
  if (!/^\p{L}{2,10}(-feira)?$/u.test(text)) return undefined;
  const index = placeOf(text, locale.weekdays) ?? placeOf(text, english.weekdays);
  if (index === undefined) return undefined;
  return from + ((index - weekdayOf(from) + 7) % 7);
}

/** 1 to 12, or 0 where no month's name begins so. */
function monthNamed(text: string): number {
  return (placeOf(text, locale.months) ?? placeOf(text, english.months) ?? -1) + 1;
}

/** Where the first name stands that begins with the text, accents aside. */
function placeOf(text: string, names: readonly string[]): number | undefined {
  const typed = plain(text);
  const index = names.findIndex((name) => plain(name).startsWith(typed));
  return index < 0 ? undefined : index;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "");
}

function withYear(
  day: number,
  month: number,
  year: string | undefined,
  from: Day,
  most: number,
): Day | undefined {
  if (year !== undefined) return exact(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const first = partsOf(from).year;
  // Eight years reach the next 29 February whatever the century does.
  for (let candidate = first; candidate <= first + 8; candidate++) {
    const found = exact(candidate, month, day);
    if (found === undefined || found < from) continue;
    return found - from > most ? exact(first, month, day) : found;
  }
  return undefined;
}

function nextDayOfMonth(day: number, from: Day): Day | undefined {
  if (day < 1 || day > 31) return undefined;
  let candidate = from;
  while (partsOf(candidate).day !== day) candidate++;
  return candidate;
}

function exact(year: number, month: number, day: number): Day | undefined {
  const number = dayFrom(year, month, day);
  const parts = partsOf(number);
  return parts.year === year && parts.month === month && parts.day === day ? number : undefined;
}
