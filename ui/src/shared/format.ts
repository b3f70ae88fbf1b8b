// Money, counts and instants as they are written on the screen. Money is in minor units everywhere else.
import { dateRange, dayOf, type Day } from "./dates";
import { grouped, locale } from "./locale";
import { texts } from "./texts";
import { localTime } from "./zone";

export function money(minor: number, digits: number): string {
  const sign = minor < 0 ? "−" : "";
  const whole = Math.floor(Math.abs(minor) / 10 ** digits);
  if (digits === 0) return sign + grouped(whole);
  return `${sign}${grouped(whole)}${locale.decimal}${String(Math.abs(minor) % 10 ** digits).padStart(digits, "0")}`;
}

/**
 * Reads "120", "99.5" or "1,099.50", and in a locale with a comma "99,5" and "1.099,50" too; nothing where it is not
 * an amount. A point before one or two figures at the end is a decimal one everywhere.
 */
export function parseMoney(typed: string, digits: number): number | undefined {
  const text = typed.trim().replace(/[\s\u00a0\u202f’']/g, "");
  const own = amount(text, locale.decimal === "," ? "." : ",", locale.decimal, digits);
  return own ?? (locale.decimal === "." ? undefined : amount(text, ",", ".", digits));
}

function amount(text: string, group: string, decimal: string, digits: number): number | undefined {
  const [whole = "", fraction = "", ...more] = text.split(decimal);
  const grouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole);
  if (more.length > 0 || !(grouped || /^\d{1,9}$/.test(whole)) || !/^\d*$/.test(fraction)) return undefined;
  if (fraction.length > digits || (text.includes(decimal) && fraction === "")) return undefined;
  return Number(whole.replaceAll(group, "")) * 10 ** digits + Number(fraction.padEnd(digits, "0") || 0);
}

export function parseWhole(typed: string): number | undefined {
  const text = typed.trim().replace("−", "-");
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** "14:02" on the same day, "27 Jun, 14:02" on another; by the clock of the hotel. */
export function instant(iso: string, now: Date = new Date()): string {
  const at = localTime(Date.parse(iso));
  const today = localTime(now.getTime());
  const clock = `${at.hour}:${String(at.minute).padStart(2, "0")}`;
  const sameYear = at.year === today.year;
  if (sameYear && at.month === today.month && at.day === today.day) return clock;
  const year = sameYear ? "" : ` ${at.year}`;
  return `${locale.dayMonth(at.day, locale.monthsShort[at.month - 1] ?? "")}${year}, ${clock}`;
}

/** "Sat 24 › Wed 28 Jun, 4 nights" */
export function stayText(arrival: string, departure: string, now?: Day): string {
  const from = dayOf(arrival);
  const to = dayOf(departure);
  return `${dateRange(from, to, now)}, ${texts.nights(to - from)}`;
}

export function thousands(value: number): string {
  return money(value, 0);
}
