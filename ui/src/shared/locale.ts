// How the locale in use writes dates and amounts: asked of Intl once, and kept, because the grid writes hundreds of
// dates in a frame.

export interface LocaleFacts {
  tag: string;
  /** Monday first */
  weekdays: readonly string[];
  weekdaysShort: readonly string[];
  /** As narrow as a column of the grid allows: one or two letters. */
  weekdaysNarrow: readonly string[];
  months: readonly string[];
  monthsShort: readonly string[];
  /** "July 2026", "Juli 2026" or "julio de 2026" */
  monthOfYear: (month: number, year: number) => string;
  /** 0 Monday to 6 Sunday */
  firstWeekday: number;
  /** "27 Nov", "27. Nov" or "Nov 27" */
  dayMonth: (day: number, month: string) => string;
  decimal: string;
  group: string;
}

// 1 January 2024 was a Monday.
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const WEEK = [0, 1, 2, 3, 4, 5, 6];
const YEAR = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

export let locale: LocaleFacts = factsOf("en-GB");

export function readLocale(tag: string): void {
  locale = factsOf(tag);
  // Libraries ask the engine for its language. That of a system without one is "C", which Intl refuses.
  Object.defineProperty(navigator, "language", { value: tag, configurable: true });
}

export function factsOf(tag: string): LocaleFacts {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
    return (ms: number) => format.format(ms).replace(/\.$/, "");
  };
  const weekday = write({ weekday: "long" });
  const weekdayShort = write({ weekday: "short" });
  const month = write({ month: "long" });
  const monthShort = write({ month: "short" });
  const ofWeek = (name: (ms: number) => string) => WEEK.map((day) => name(MONDAY_MS + day * DAY_MS));
  const ofYear = (name: (ms: number) => string) => YEAR.map((each) => name(Date.UTC(2024, each, 1)));
  const parts = new Intl.NumberFormat(tag).formatToParts(1_234_567.8);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const weekdaysShort = ofWeek(weekdayShort).map((name) => name.slice(0, 3));
  const date = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" });
  const dateParts = date.formatToParts(MONDAY_MS);
  const at = dateParts.findIndex((part) => part.type === "day");
  const monthFirst = dateParts.findIndex((part) => part.type === "month") < at;
  const dot = dateParts[at + 1]?.value.startsWith(".") ? "." : "";
  return {
    tag,
    weekdays: ofWeek(weekday),
    weekdaysShort,
    weekdaysNarrow: weekdaysShort.map((name) => name.slice(0, 2)),
    months: ofYear(month),
    monthsShort: shortest(ofYear(monthShort)),
    monthOfYear: remembered(write({ month: "long", year: "numeric" })),
    firstWeekday: firstWeekdayOf(tag),
    dayMonth: (day, name) => (monthFirst ? `${name} ${day}` : `${day}${dot} ${name}`),
    // English amounts have a decimal point, wherever their reader is: "120,50" beside English words is read in two ways.
    ...(tag.toLowerCase().startsWith("en")
      ? { decimal: ".", group: "," }
      : { decimal: sign("decimal"), group: sign("group") }),
  };
}

/** A count as it is written: "1,234". */
export function grouped(count: number): string {
  const figures = String(Math.abs(count)).replace(/\B(?=(\d{3})+$)/g, locale.group);
  return count < 0 ? `−${figures}` : figures;
}

/** The calendar writes the same few months in every frame. */
function remembered(write: (ms: number) => string): LocaleFacts["monthOfYear"] {
  const known = new Map<number, string>();
  return (month, year) => {
    const first = Date.UTC(year, month - 1, 1);
    const name = known.get(first) ?? write(first);
    known.set(first, name);
    return name;
  };
}

/** Three letters, where they still tell the months apart: juin and juillet keep theirs. */
function shortest(months: string[]): string[] {
  const cut = months.map((name) => name.slice(0, 3));
  return new Set(cut).size === months.length ? cut : months;
}

function firstWeekdayOf(tag: string): number {
  // A method in the newer engines, a property in WebKit, nothing in the oldest.
  const known = new Intl.Locale(tag) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  const { firstDay } = known.getWeekInfo?.() ?? known.weekInfo ?? { firstDay: 1 };
  return (firstDay + 6) % 7;
}
