// Dates as a clerk types them: "27/11", "27.11.2026", "27 nov", "nov 27", "+14", "2017-07-16", "fri", "today".
// A date without a year is the next one on or after the business date. Names of months and weekdays are understood in
// the language in use and in English.
import { dayFrom, partsOf, weekdayOf, type Day } from "./dates";
import { factsOf, locale } from "./locale";
import { texts } from "./texts";

const english = factsOf("en-GB");

export function parseDate(typed: string, businessDate: Day): Day | undefined {
  const text = typed.trim().toLowerCase().replace(/\s+/g, " ");
  if (text === "") return undefined;
  return (
    relative(text, businessDate) ??
    iso(text) ??
    numeric(text, businessDate) ??
    named(text, businessDate) ??
    weekday(text, businessDate)
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

function numeric(text: string, businessDate: Day): Day | undefined {
  const match = /^(\d{1,2})(?:[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?)?\.?$/.exec(text);
  if (!match) return undefined;
  const day = Number(match[1]);
  if (match[2] === undefined) return nextDayOfMonth(day, businessDate);
  return withYear(day, Number(match[2]), match[3], businessDate);
}

function named(text: string, businessDate: Day): Day | undefined {
  const match =
    /^(?<day>\d{1,2})\.? ?(?<month>\p{L}{3,10})\.?(?: (?<year>\d{4}|\d{2}))?$/u.exec(text) ??
    /^(?<month>\p{L}{3,10})\.? ?(?<day>\d{1,2})(?:,? (?<year>\d{4}|\d{2}))?$/u.exec(text);
  const groups = match?.groups;
  if (!groups?.month) return undefined;
  const month = monthNamed(groups.month);
  if (month === 0) return undefined;
  return withYear(Number(groups.day), month, groups.year, businessDate);
}

function weekday(text: string, businessDate: Day): Day | undefined {
  if (!/^\p{L}{2,10}(-feira)?$/u.test(text)) return undefined;
  const index = placeOf(text, locale.weekdays) ?? placeOf(text, english.weekdays);
  if (index === undefined) return undefined;
  return businessDate + ((index - weekdayOf(businessDate) + 7) % 7);
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

function withYear(day: number, month: number, year: string | undefined, businessDate: Day): Day | undefined {
  if (year !== undefined) return exact(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const first = partsOf(businessDate).year;
  // Eight years reach the next 29 February whatever the century does.
  for (let candidate = first; candidate <= first + 8; candidate++) {
    const found = exact(candidate, month, day);
    if (found !== undefined && found >= businessDate) return found;
  }
  return undefined;
}

function nextDayOfMonth(day: number, businessDate: Day): Day | undefined {
  if (day < 1 || day > 31) return undefined;
  let candidate = businessDate;
  while (partsOf(candidate).day !== day) candidate++;
  return candidate;
}

function exact(year: number, month: number, day: number): Day | undefined {
  const number = dayFrom(year, month, day);
  const parts = partsOf(number);
  return parts.year === year && parts.month === month && parts.day === day ? number : undefined;
}
