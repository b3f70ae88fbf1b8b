// Which questions a step of a reservation's life asks before it is taken, and the command that it becomes.
import type { Command, ReasonGiven, StayAction } from "../../host";

export const ASKS_REASON: ReadonlySet<StayAction> = new Set([
  "cancel",
  "no_show",
  "reverse_check_in",
  "reverse_check_out",
]);
/** The step that is most likely wanted next stands out. */
export const LEADING: readonly StayAction[] = ["check_in", "check_out", "offer", "confirm", "reinstate"];
export const DANGEROUS: ReadonlySet<StayAction> = new Set(["cancel", "no_show"]);
/** Steps that a whole reservation can take; the others are of one stay. */
export const OF_RESERVATION: ReadonlySet<StayAction> = new Set([
  "offer",
  "confirm",
  "check_in",
  "check_out",
  "reverse_check_in",
  "reverse_check_out",
  "cancel",
  "no_show",
  "reinstate",
  "amend",
]);

export interface Answers {
  reason?: ReasonGiven;
  room?: string;
}

export function transition(
  action: Exclude<StayAction, "amend" | "split" | "move">,
  id: string,
  { reason, room }: Answers,
): Command {
  if (action === "offer") return { kind: "offer_waitlist", id };
  if (action === "check_in") return { kind: "check_in", ids: [id], room: room || undefined };
  return { kind: action, ids: [id], reason };
}

/** Leading steps first, then as the program lists them. */
export function inOrder(allowed: readonly StayAction[]): StayAction[] {
  const rank = (action: StayAction) => {
    const at = LEADING.indexOf(action);
    return at < 0 ? LEADING.length : at;
  };
  return [...allowed].sort((a, b) => rank(a) - rank(b));
}
