// What a clerk types while the guest is on the phone: "2 dbl 14-17 jul", "suite fri 2n", "27/11-30/11 Meyer".
// Rooms, a room type, nights and a name, in this order or another; whatever is missing has a sensible default.
import { partsOf, type Day } from "../../shared/dates";
import { MOST_INTO_NEXT_YEAR, parseDate } from "../../shared/parse-date";

export interface TypeName {
  code: string;
  name: string;
}

export interface Wish<T extends TypeName> {
  rooms: number;
  /** Every type that fits what was typed, the likeliest first; none where no type was named. */
  types: T[];
  arrival: Day;
  departure: Day;
  guest: string;
}

/** The nights end before they begin: more likely a slip than nearly a month, or a year. */
export type Backwards = "backwards";

const MOST_ROOMS = 500;
/** So many nights a range may have that goes into a month that was not named. */
const MOST_INTO_NEXT_MONTH = 14;
const MOST_WORDS_OF_A_RANGE = 8;
const NIGHTS = /^(\d{1,3}) ?(?:n|nts?|nights?|nächte?|naechte|nacht|nuits?|noches?|noites?)\.?$/i;
const BARE_DAY = /^\d{1,2}\.?$/;
const BARE = /^\d{1,3}x?$/;

/** What was meant; nothing where no nights were named, and the slip where they were named in no order. */
export function parseWish<T extends TypeName>(
  typed: string,
  types: readonly T[],
  businessDate: Day,
): Wish<T> | Backwards | undefined {
  let words = typed.trim().split(/\s+/).filter(Boolean);
  const range = takeRange(words, businessDate);
  if (range === "backwards") return range;
  if (range === "no_nights") return undefined;
  if (range) words = range.rest;
  const nights = takeNights(words);
  if (nights) words = nights.rest;
  const single = range ? undefined : takeDate(words, businessDate);
  if (single) words = single.rest;
  if (!range && !nights && !single) return undefined;

  const rooms = takeRooms(words);
  words = rooms?.rest ?? words;
  const type = takeType(words, types);
  words = type?.rest ?? words;
  const arrival = range?.arrival ?? single?.day ?? businessDate;
  const departure = range?.departure ?? arrival + (nights?.count ?? 1);
  return {
    rooms: rooms?.count ?? 1,
    types: type?.types ?? [],
    arrival,
    departure,
    guest: words.join(" "),
  };
}

interface Rest {
  rest: string[];
}

interface Range {
  arrival: Day;
  departure: Day;
}
type Slip = Backwards | "no_nights";

/** The longest run of words that is a range of dates, or was meant as one. */
function takeRange(words: string[], businessDate: Day): (Rest & Range) | Slip | undefined {
  for (let length = Math.min(words.length, MOST_WORDS_OF_A_RANGE); length > 0; length--) {
    for (let at = words.length - length; at >= 0; at--) {
      const range = rangeOf(words.slice(at, at + length).join(" "), businessDate);
      if (typeof range === "string") return range;
      if (range) return { ...range, rest: without(words, at, length) };
    }
  }
  return undefined;
}

function rangeOf(text: string, businessDate: Day): Range | Slip | undefined {
  let slip: Slip | undefined;
  for (const match of text.matchAll(/ ?(?:[-–—›>]|\.\.|\b(?:to|bis|au|al|a|até)\b) ?/giu)) {
    const first = text.slice(0, match.index).trim();
    const last = text.slice(match.index + match[0].length).trim();
    if (first === "" || last === "") continue;
    const range = BARE_DAY.test(first)
      ? toTheMonth(parseInt(first, 10), last, businessDate)
      : bothEnds(first, last, businessDate);
    if (typeof range === "object") return range;
    slip ??= range;
  }
  return slip;
}

function bothEnds(first: string, last: string, businessDate: Day): Range | Slip | undefined {
  const arrival = parseDate(first, businessDate);
  if (arrival === undefined) return undefined;
  const named = parseDate(last, businessDate);
  const departure = parseDate(last, arrival + 1);
  if (named === undefined || departure === undefined) return undefined;
  if (named === arrival) return "no_nights";
  const nights = departure - arrival;
  const most = BARE_DAY.test(last) ? MOST_INTO_NEXT_MONTH : MOST_INTO_NEXT_YEAR;
  if (nights <= 0 || (named < arrival && nights > most && !isOneMonth(arrival, departure)))
    return "backwards";
  return { arrival, departure };
}

/** "14-17 jul": the month stands at the end alone. Where the 14th is over already, next year's is meant. */
function toTheMonth(number: number, last: string, businessDate: Day): Range | Slip | undefined {
  let from = businessDate;
  for (let attempt = 0; attempt < 2; attempt++) {
    const departure = parseDate(last, from);
    if (departure === undefined) return undefined;
    if (partsOf(departure).day === number) return "no_nights";
    const arrival = dayBefore(departure, number);
    if (arrival === undefined) return undefined;
    if (departure - arrival > MOST_INTO_NEXT_MONTH && !isOneMonth(arrival, departure)) return "backwards";
    if (arrival >= businessDate) return { arrival, departure };
    from = departure + 1;
  }
  return undefined;
}

function isOneMonth(one: Day, other: Day): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  return a.month === b.month && a.year === b.year;
}

/** The last day of that number before another. */
function dayBefore(departure: Day, number: number): Day | undefined {
  for (let day = departure - 1; day >= departure - 31; day--) if (partsOf(day).day === number) return day;
  return undefined;
}

function takeNights(words: string[]): (Rest & { count: number }) | undefined {
  for (const length of [2, 1]) {
    for (let at = 0; at + length <= words.length; at++) {
      const match = NIGHTS.exec(words.slice(at, at + length).join(" "));
      if (match && Number(match[1]) > 0) {
        return { count: Number(match[1]), rest: without(words, at, length) };
      }
    }
  }
  return undefined;
}

/** A date of one to three words. A bare number is rooms, and a word alone a weekday only where nothing has figures. */
function takeDate(words: string[], businessDate: Day): (Rest & { day: Day }) | undefined {
  for (const withFigures of [true, false]) {
    for (const length of [3, 2, 1]) {
      for (let at = words.length - length; at >= 0; at--) {
        const text = words.slice(at, at + length).join(" ");
        if (BARE.test(text) || /\d/.test(text) !== withFigures) continue;
        const day = parseDate(text, businessDate);
        if (day !== undefined) return { day, rest: without(words, at, length) };
      }
    }
  }
  return undefined;
}

function takeRooms(words: string[]): (Rest & { count: number }) | undefined {
  const at = words.findIndex((word) => BARE.test(word));
  const count = parseInt(words[at] ?? "", 10);
  if (!(count >= 1 && count <= MOST_ROOMS)) return undefined;
  return { count, rest: without(words, at, 1) };
}

function takeType<T extends TypeName>(
  words: string[],
  types: readonly T[],
): (Rest & { types: T[] }) | undefined {
  for (const [at, word] of words.entries()) {
    const found = typesLike(word, types);
    if (found.length > 0) return { types: found, rest: without(words, at, 1) };
  }
  return undefined;
}

/** By code, or by letters in order within a word of the name; who begin as the word does come first. */
export function typesLike<T extends TypeName>(word: string, types: readonly T[]): T[] {
  const typed = plain(word);
  if (typed === "") return [];
  const exact = types.filter(({ code }) => plain(code) === typed);
  if (exact.length > 0) return exact;
  const fitting = types.filter(({ name }) => namesOf(name).some((each) => inOrder(typed, each)));
  const begins = ({ name }: T) => namesOf(name).some((each) => each.startsWith(typed[0] ?? ""));
  return [...fitting.filter(begins), ...fitting.filter((type) => !begins(type))];
}

function namesOf(name: string): string[] {
  return name.split(/[\s/-]+/).map(plain);
}

function inOrder(letters: string, word: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "");
}

function without(words: string[], at: number, length: number): string[] {
  return [...words.slice(0, at), ...words.slice(at + length)];
}
