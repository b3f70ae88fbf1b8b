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
  rowPx: number;
  /** Width of the sticky column of room types. */
  leftPx: number;
}

/** The narrowest column in which a small second number still fits. */
export const ROOMY_COLUMN_PX = 34;
export const MIN_COLUMN_PX = 20;
export const ZOOM_DAYS = [7, 14, 21, 30, 60] as const;

export function columnWidth(bodyPx: number, zoomDays: number): number {
  return Math.max(MIN_COLUMN_PX, Math.floor(bodyPx / zoomDays));
}

export function element(parent: HTMLElement, className: string, role?: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  if (role) made.setAttribute("role", role);
  parent.append(made);
  return made;
}
