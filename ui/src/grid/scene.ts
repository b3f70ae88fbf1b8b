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
  /** Whether a column has room for a small second number. */
  roomy: boolean;
  rowPx: number;
  /** Width of the sticky column of room types. */
  leftPx: number;
}

/** The narrowest column, 20 px at the usual size of text; and the narrowest in which a second number still fits. */
const MIN_COLUMN_REM = 1.25;
const ROOMY_COLUMN_REM = 2.125;
export const ZOOM_DAYS = [7, 14, 21, 30, 60] as const;

export function columnWidth(bodyPx: number, zoomDays: number, remPx: number): number {
  return Math.max(Math.round(MIN_COLUMN_REM * remPx), Math.floor(bodyPx / zoomDays));
}

export function isRoomy(columnPx: number, remPx: number): boolean {
  return columnPx >= ROOMY_COLUMN_REM * remPx;
}

export function element(parent: HTMLElement, className: string, role?: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  if (role) made.setAttribute("role", role);
  parent.append(made);
  return made;
}
