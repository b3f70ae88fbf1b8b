// What can be had of what was asked for: the fit, and what comes nearest to it.
import type { GridModel } from "../../grid/model";
import type { Day } from "../../shared/dates";
import type { Wish } from "./parse";

export interface Offer {
  row: number;
  arrival: Day;
  departure: Day;
  rooms: number;
  /** The fewest rooms that may be sold on any of the nights. */
  least: number;
  /** The fewest that are left on any night: more would be a guest too many. */
  left: number;
  /** The first night that has fewer rooms than are wanted. */
  lacking?: Day;
  /** Whether it is what was asked for, or comes near. */
  asked: boolean;
}

const MOST_ALTERNATIVES = 5;
const FARTHEST_SHIFT = 3;

/**
 * The types that were asked for, and where none of them fits what comes nearest, types and dates in turn as in a
 * refusal of the program: upwards from the next type, then downwards; the nearest nights.
 */
export function offersFor(
  model: GridModel,
  wish: Wish<{ code: string; name: string }>,
  businessDate: Day,
): Offer[] {
  const named = wish.types.map(({ code }) => model.row(code)).filter((row) => row !== undefined);
  const all = model.types.map((_, row) => row);
  const at = (row: number, shift: number, asked: boolean) =>
    shift < 0 && wish.arrival + shift < businessDate
      ? undefined
      : offer(model, row, wish.arrival + shift, wish.departure + shift, wish.rooms, asked);
  const rows = named.length > 0 ? named : all;
  const asked = rows.map((row) => at(row, 0, true)).filter((each) => each !== undefined);
  const fits = asked.filter(({ lacking }) => lacking === undefined);
  if (named.length === 0) return fits.length > 0 ? fits : shifted(all, at).slice(0, MOST_ALTERNATIVES);
  const others = byNearness(all, named)
    .map((row) => at(row, 0, false))
    .filter((each) => each !== undefined && each.lacking === undefined);
  const alternatives = fits.length > 0 ? [] : inTurn(others as Offer[], shifted(named, at));
  const lacking = asked.filter((each) => each.lacking !== undefined);
  return [...fits, ...lacking, ...alternatives.slice(0, MOST_ALTERNATIVES)];
}

/** Those above the named ones, the next one first, then those below, the next one first. */
function byNearness(all: number[], named: number[]): number[] {
  const lowest = Math.min(...named);
  const others = all.filter((row) => !named.includes(row));
  return [...others.filter((row) => row > lowest), ...others.filter((row) => row < lowest).toReversed()];
}

function inTurn(one: Offer[], other: Offer[]): Offer[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, i) => [one[i], other[i]])
    .flat()
    .filter((each) => each !== undefined);
}

/** The same types on other nights, the nearest first, the earlier of two first. */
function shifted(
  rows: number[],
  at: (row: number, shift: number, asked: boolean) => Offer | undefined,
): Offer[] {
  const found: Offer[] = [];
  for (let by = 1; by <= FARTHEST_SHIFT; by++) {
    for (const shift of [-by, by]) {
      for (const row of rows) {
        const offered = at(row, shift, false);
        if (offered && offered.lacking === undefined) found.push(offered);
      }
    }
  }
  return found;
}

/** Nothing where a night lies outside of what is open, or is not read yet. */
function offer(
  model: GridModel,
  row: number,
  arrival: Day,
  departure: Day,
  rooms: number,
  asked: boolean,
): Offer | undefined {
  let least = Infinity;
  let left = Infinity;
  let lacking: Day | undefined;
  for (let night = arrival; night < departure; night++) {
    if (night < model.from || night >= model.to || !model.isRead(night)) return undefined;
    const sellable = model.sellable(row, night);
    if (sellable < rooms) lacking ??= night;
    least = Math.min(least, sellable);
    left = Math.min(left, model.left(row, night));
  }
  return { row, arrival, departure, rooms, least, left, lacking, asked };
}
