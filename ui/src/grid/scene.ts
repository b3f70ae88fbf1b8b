// What the parts of the grid share while they draw: the counts, the measures, and what is selected.
import type { GridModel } from "./model";
import type { Selection } from "./selection";

export interface Scene {
  model: GridModel;
  businessDate: number;
  selection: Selection | undefined;
  /** Cells to outline for a moment because their counts changed, as "row:night". */
  flashing: Set<string>;
  columnPx: number;
  /** Whether a column has room for the small marks of a night beside its number. */
  roomy: boolean;
  /** The size of text. */
  remPx: number;
  /** Whether a column has room for arrivals and departures side by side. */
  wide: boolean;
  rowPx: number;
  /** Width of the sticky column of room types. */
  leftPx: number;
}

/** The narrowest column, 20 px at the usual size of text; and the narrowest in which its marks still fit. */
const MIN_COLUMN_REM = 1.25;
const ROOMY_COLUMN_REM = 2.125;
/** The narrowest in which "123/123" fits on one line. */
const WIDE_COLUMN_REM = 3;
export const ZOOM_DAYS = [7, 14, 21, 30, 60] as const;

export function columnWidth(bodyPx: number, zoomDays: number, remPx: number): number {
  return Math.max(Math.round(MIN_COLUMN_REM * remPx), Math.floor(bodyPx / zoomDays));
}

export function isRoomy(columnPx: number, remPx: number): boolean {
  return columnPx >= ROOMY_COLUMN_REM * remPx;
}

export function isWide(columnPx: number, remPx: number): boolean {
  return columnPx >= WIDE_COLUMN_REM * remPx;
}

/** A figure of the small number in a narrow column, and what a cell keeps free around it: see grid.css. */
const SMALL_FIGURE_REM = 0.36;
const SMALL_INSET_REM = 0.125;
/** The "!!" that an overbooked cell has in the other corner. */
const OVER_MARK_REM = 0.3125;

/** Whether a small number fits beside nothing but its own corner: it stands above the large one. */
export function fitsSmall(mark: string, columnPx: number, remPx: number, isOver: boolean): boolean {
  const taken = SMALL_INSET_REM + (isOver ? OVER_MARK_REM : 0);
  return (mark.length * SMALL_FIGURE_REM + taken) * remPx <= columnPx;
}

export function element(parent: HTMLElement, className: string, role?: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  if (role) made.setAttribute("role", role);
  parent.append(made);
  return made;
}
