// Money, counts and instants as they are written on the screen. Money is in minor units everywhere else.
import { dateRange, dayOf, MONTHS, type Day } from "./dates";
import { texts } from "./texts";

export function money(minor: number, digits: number): string {
  const sign = minor < 0 ? "−" : "";
  const whole = Math.floor(Math.abs(minor) / 10 ** digits);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  if (digits === 0) return sign + grouped;
  return `${sign}${grouped}.${String(Math.abs(minor) % 10 ** digits).padStart(digits, "0")}`;
}

/** Reads "120", "99.5" or "1,099.50"; nothing where it is not an amount. */
export function parseMoney(typed: string, digits: number): number | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d+))?$/.exec(typed.trim());
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > digits) return undefined;
  return (
    Number((match[1] ?? "").replaceAll(",", "")) * 10 ** digits + Number(fraction.padEnd(digits, "0") || 0)
  );
}

export function parseWhole(typed: string): number | undefined {
  const text = typed.trim().replace("−", "-");
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** "14:02" on the same day, "27 Jun, 14:02" on another. */
export function instant(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const clock = `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
  if (at.toDateString() === now.toDateString()) return clock;
  const year = at.getFullYear() === now.getFullYear() ? "" : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()]}${year}, ${clock}`;
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
