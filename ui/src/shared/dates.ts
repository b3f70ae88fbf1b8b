// Civil dates as integer day numbers: days since 1970-01-01. No time zone ever enters here.
import { locale } from "./locale";

export type Day = number;

const MS_PER_DAY = 86_400_000;
export interface DayParts {
  year: number;
  /** 1 to 12 */
  month: number;
  /** 1 to 31 */
  day: number;
  /** 0 Monday to 6 Sunday */
  weekday: number;
}

export function dayOf(civil: string): Day {
  const [year, month, day] = civil.split("-").map(Number);
  return dayFrom(year ?? NaN, month ?? NaN, day ?? NaN);
}

export function dayFrom(year: number, month: number, day: number): Day {
  return Math.round(Date.UTC(year, month - 1, day) / MS_PER_DAY);
}

export function civilOf(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

// The grid asks for the same few hundred days again and again while it scrolls.
const remembered = new Map<Day, DayParts>();

export function partsOf(day: Day): DayParts {
  const known = remembered.get(day);
  if (known) return known;
  const date = new Date(day * MS_PER_DAY);
  const parts = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: weekdayOf(day),
  };
  if (remembered.size > 5000) remembered.clear();
  remembered.set(day, parts);
  return parts;
}

/** 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function isWeekend(day: Day): boolean {
  return weekdayOf(day) >= 5;
}

let written = new Map<Day, string>();
let writtenIn = locale;

/** "Fri 27 Nov 2026"; remembered, as every cell of a column says the same. */
export function fullDate(day: Day): string {
  if (writtenIn !== locale || written.size > 5000) {
    written = new Map();
    writtenIn = locale;
  }
  let text = written.get(day);
  if (text === undefined) {
    text = `${shortDate(day)} ${partsOf(day).year}`;
    written.set(day, text);
  }
  return text;
}

/** "Fri 27 Nov" */
export function shortDate(day: Day): string {
  const { weekday } = partsOf(day);
  return `${locale.weekdaysShort[weekday]} ${dayMonth(day)}`;
}

/** "27 Nov" */
export function dayMonth(day: Day): string {
  const { month, day: number } = partsOf(day);
  return locale.dayMonth(number, locale.monthsShort[month - 1] ?? "");
}

/** "Friday 27 November 2026" */
export function longDate(day: Day): string {
  const { year, month, day: number, weekday } = partsOf(day);
  return `${locale.weekdays[weekday]} ${locale.dayMonth(number, locale.months[month - 1] ?? "")} ${year}`;
}

/** "Sat 24 › Wed 28 Jun", with the months of both ends where they differ, and the year where it is not that of `now`. */
export function dateRange(from: Day, to: Day, now?: Day): string {
  const a = partsOf(from);
  const b = partsOf(to);
  const sameMonth = a.month === b.month && a.year === b.year;
  const start = sameMonth ? `${locale.weekdaysShort[a.weekday]} ${a.day}` : shortDate(from);
  const year = now !== undefined && partsOf(now).year !== b.year ? ` ${b.year}` : "";
  return `${start} › ${shortDate(to)}${year}`;
}
