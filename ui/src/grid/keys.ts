// What a key means while the grid has the focus. Keys that work everywhere belong to the app.
import type { Step } from "./selection";

export type GridAction =
  | "panel"
  | "clear"
  | "new_booking"
  | "hold"
  | "out_of_order"
  | "limits"
  | "explain"
  | "help"
  | "new_group"
  | "groups"
  | "waitlist"
  | "end_of_day"
  | "recent"
  | "charts";
export type KeyMeaning =
  | { kind: "step"; step: Step; extend: boolean }
  | { kind: "edge"; end: boolean; extend: boolean }
  | { kind: "today" }
  | { kind: "zoom"; by: 1 | -1 }
  | { kind: "date"; typed: string }
  | { kind: "action"; action: GridAction };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const LETTERS: Record<string, GridAction> = {
  n: "new_booking",
  h: "hold",
  o: "out_of_order",
  r: "limits",
  e: "explain",
  a: "new_group",
  g: "groups",
  w: "waitlist",
  d: "end_of_day",
  u: "recent",
  c: "charts",
};
const DAYS_PER_WEEK = 7;

export function meaningOf(press: KeyPress): KeyMeaning | undefined {
  if (press.altKey) return undefined;
  const ctrl = press.ctrlKey || press.metaKey;
  return movement(press, ctrl) ?? (ctrl ? undefined : plain(press));
}

function movement({ key, shiftKey: extend }: KeyPress, ctrl: boolean): KeyMeaning | undefined {
  const nights = ctrl ? DAYS_PER_WEEK : 1;
  switch (key) {
    case "ArrowLeft":
      return { kind: "step", step: { by: "night", count: -nights }, extend };
    case "ArrowRight":
      return { kind: "step", step: { by: "night", count: nights }, extend };
    case "ArrowUp":
      return { kind: "step", step: { by: "row", count: -1 }, extend };
    case "ArrowDown":
      return { kind: "step", step: { by: "row", count: 1 }, extend };
    case "PageUp":
      return { kind: "step", step: { by: "month", count: -1 }, extend };
    case "PageDown":
      return { kind: "step", step: { by: "month", count: 1 }, extend };
    case "Home":
      return ctrl ? { kind: "today" } : { kind: "edge", end: false, extend };
    case "End":
      return ctrl ? undefined : { kind: "edge", end: true, extend };
    default:
      return undefined;
  }
}

function plain({ key }: KeyPress): KeyMeaning | undefined {
  if (/^[0-9+]$/.test(key)) return { kind: "date", typed: key };
  if (key === "[" || key === "]") return { kind: "zoom", by: key === "[" ? -1 : 1 };
  if (key === "?") return { kind: "action", action: "help" };
  if (key === "Enter") return { kind: "action", action: "panel" };
  if (key === "Escape") return { kind: "action", action: "clear" };
  const action = LETTERS[key.toLowerCase()];
  return action && { kind: "action", action };
}
