// What a cell says of itself: its state, its small number, its label. Colour follows the rooms that are left.
import { fullDate } from "../shared/dates";
import { texts } from "../shared/texts";
import { FLAG_NOT_ON_SALE, FLAG_OPEN, type Counts, type GridModel } from "./model";

export type CellState = "open" | "low" | "full" | "over" | "closed" | "unopened";

const SHOW_BEYOND_UP_TO = 3;

export function isClosed(counts: Counts): boolean {
  const allOutOfOrder = counts.physical > 0 && counts.capacity <= 0;
  return (counts.flags & FLAG_NOT_ON_SALE) !== 0 || allOutOfOrder;
}

/** Rooms promised that do not exist outweigh everything else: an overbooked cell is never shown as merely closed. */
export function cellState(counts: Counts): CellState {
  if ((counts.flags & FLAG_OPEN) === 0) return "unopened";
  if (counts.roomsLeft < 0) return "over";
  if (isClosed(counts)) return "closed";
  if (counts.roomsLeft === 0) return "full";
  return counts.roomsLeft <= lowThreshold(counts.capacity) ? "low" : "open";
}

export function lowThreshold(capacity: number): number {
  return Math.min(10, Math.round(capacity * 0.2));
}

/** How many more may be sold by overbooking; negative where rooms are kept back. */
export function beyond(counts: Counts): number {
  if (counts.overbooking < 0) return counts.overbooking;
  return counts.available - Math.max(0, counts.roomsLeft);
}

/** The small "+N" of a cell, or nothing where plenty is left. */
export function beyondMark(counts: Counts): string {
  const more = beyond(counts);
  if (counts.roomsLeft > SHOW_BEYOND_UP_TO || more === 0 || isClosed(counts)) return "";
  return more > 0 ? `+${more}` : minus(more);
}

/** The small marks at the top of a cell: a group's pick-up "3/8", and the conditions of the night. */
export function noteMark(model: GridModel, row: number, night: number): string {
  const { rooms, pickedUp } = model.group(row, night);
  const { closedToArrival, closedToDeparture, minStay, maxStay } = model.conditions(row, night);
  const marks = [
    model.isUnsettled(row, night) ? "●" : "",
    rooms > 0 ? `${pickedUp}/${rooms}` : "",
    closedToArrival ? texts.cell.marks.closedToArrival : "",
    closedToDeparture ? texts.cell.marks.closedToDeparture : "",
    minStay > 0 ? `${minStay}+` : "",
    maxStay > 0 ? `≤${maxStay}` : "",
  ];
  return marks.filter(Boolean).join(" ");
}

function conditionLabels(model: GridModel, row: number, night: number): string[] {
  const { rooms, pickedUp } = model.group(row, night);
  const { closedToArrival, closedToDeparture, minStay, maxStay } = model.conditions(row, night);
  return [
    rooms > 0 ? texts.cell.group(pickedUp, rooms) : "",
    closedToArrival ? texts.cell.closedToArrival : "",
    closedToDeparture ? texts.cell.closedToDeparture : "",
    minStay > 0 ? texts.cell.minStay(minStay) : "",
    maxStay > 0 ? texts.cell.maxStay(maxStay) : "",
  ].filter(Boolean);
}

/** A number with a true minus sign, which is as wide as a figure. */
export function minus(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}

export function occupancy(counts: Counts): number | undefined {
  return counts.capacity > 0 ? Math.round((100 * counts.sold) / counts.capacity) : undefined;
}

/** "Standard double, Fri 27 Nov 2026, 3 of 12 left, 1 more by overbooking" */
export function cellLabel(
  model: GridModel,
  row: number,
  night: number,
  counts = model.counts(row, night),
): string {
  const name = row === model.houseRow ? texts.house : (model.types[row]?.name ?? "");
  const parts = [name, fullDate(night)];
  if ((counts.flags & FLAG_OPEN) === 0) return [...parts, texts.cell.notOpen].join(", ");
  parts.push(texts.cell.left(Math.max(0, counts.roomsLeft), counts.physical));
  if (counts.roomsLeft < 0) parts.push(texts.cell.overbookedBy(-counts.roomsLeft));
  const more = beyond(counts);
  if (more > 0) parts.push(texts.cell.moreByOverbooking(more));
  if (more < 0) parts.push(texts.cell.keptBack(-more));
  if (counts.outOfOrder > 0) parts.push(texts.cell.outOfOrder(counts.outOfOrder));
  if (isClosed(counts)) parts.push(texts.cell.closed);
  parts.push(...conditionLabels(model, row, night));
  if (model.isUnsettled(row, night)) parts.push(texts.centre.waits);
  return parts.join(", ");
}
