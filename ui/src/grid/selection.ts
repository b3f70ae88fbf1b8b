// A run of nights of one row: where it was begun, and the cell that has the focus.
import { dayFrom, partsOf, type Day } from "../shared/dates";
import type { GridModel } from "./model";

export interface Selection {
  row: number;
  anchor: Day;
  focus: Day;
}

export const single = (row: number, night: Day): Selection => ({ row, anchor: night, focus: night });

export const firstNight = ({ anchor, focus }: Selection): Day => Math.min(anchor, focus);

/** The day of departure: the morning after the last night. */
export const departure = ({ anchor, focus }: Selection): Day => Math.max(anchor, focus) + 1;

export const nightsOf = (selection: Selection): number => departure(selection) - firstNight(selection);

export function covers(selection: Selection, row: number, night: Day): boolean {
  return selection.row === row && night >= firstNight(selection) && night < departure(selection);
}

/** Each of its cells. */
export function cellsOf(selection: Selection): { row: number; night: Day }[] {
  const first = firstNight(selection);
  return Array.from({ length: nightsOf(selection) }, (_, at) => ({ row: selection.row, night: first + at }));
}

export interface SelectionFacts {
  /** The fewest rooms that may be sold on any of the nights. */
  least: number;
  /** And the fewest of them that are left, so that no guest is a guest too many. */
  left: number;
  /** The nights on which nothing may be sold. */
  soldOut: Day[];
  /** Another type that has rooms on all of the nights: the next higher one first. */
  nearest?: { row: number; least: number; left: number };
}

export function factsOf(model: GridModel, selection: Selection): SelectionFacts {
  const nights: Day[] = [];
  for (let night = firstNight(selection); night < departure(selection); night++) nights.push(night);
  const leastOf = (row: number) => Math.min(...nights.map((night) => model.sellable(row, night)));
  const leftOf = (row: number) => Math.min(...nights.map((night) => model.left(row, night)));
  const soldOut = nights.filter((night) => model.sellable(selection.row, night) === 0);
  const facts: SelectionFacts = { least: leastOf(selection.row), left: leftOf(selection.row), soldOut };
  if (soldOut.length === 0 || selection.row === model.houseRow) return facts;
  const higher = model.types.map((_, row) => row).filter((row) => row > selection.row);
  const lower = model.types.map((_, row) => row).filter((row) => row < selection.row);
  const others = [...higher, ...lower.reverse()];
  // One that has rooms left goes before one that could be overbooked.
  const row = others.find((row) => leftOf(row) > 0) ?? others.find((row) => leastOf(row) > 0);
  return row === undefined ? facts : { ...facts, nearest: { row, least: leastOf(row), left: leftOf(row) } };
}

export type Step =
  | { by: "night"; count: number }
  | { by: "row"; count: number }
  | { by: "month"; count: number }
  | { by: "to"; night: Day };

export interface Bounds {
  from: Day;
  to: Day;
  rows: number;
}

/** The selection after one step; with `extend` the anchor stays, and the row with it. */
export function step(selection: Selection, move: Step, extend: boolean, bounds: Bounds): Selection {
  const night = Math.min(Math.max(target(selection.focus, move), bounds.from), bounds.to - 1);
  if (extend) return { ...selection, focus: night };
  const by = move.by === "row" ? move.count : 0;
  return single(Math.min(Math.max(selection.row + by, 0), bounds.rows - 1), night);
}

function target(focus: Day, move: Step): Day {
  switch (move.by) {
    case "night":
      return focus + move.count;
    case "month":
      return addMonths(focus, move.count);
    case "to":
      return move.night;
    case "row":
      return focus;
  }
}

/** The same day of another month, or its last day where it has none such. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: number } = partsOf(day);
  const first = dayFrom(year, month + months, 1);
  const length = dayFrom(year, month + months + 1, 1) - first;
  return first + Math.min(number, length) - 1;
}
