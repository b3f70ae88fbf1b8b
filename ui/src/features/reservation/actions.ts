// Which questions a step of a reservation's life asks before it is taken, and the command that it becomes.
import type { Command, ReasonCode, ReasonGiven, StayAction } from "../../host";
import { texts } from "../../shared/texts";

export const ASKS_REASON: ReadonlySet<StayAction> = new Set([
  "cancel",
  "no_show",
  "reverse_check_in",
  "reverse_check_out",
]);
/** The reasons that a step may have, the likeliest first: who did not come has wished for nothing. */
export function reasonsFor(action: StayAction): ReasonCode[] {
  const all = Object.keys(texts.reasons) as ReasonCode[];
  if (action === "no_show") return ["other", ...all.filter((code) => code !== "other" && code !== "guest")];
  if (action === "cancel") return all;
  return ["error", ...all.filter((code) => code !== "error")];
}

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
  "set_details",
]);

export interface Answers {
  reason?: ReasonGiven;
  room?: string;
}

export function transition(
  action: Exclude<StayAction, "amend" | "split" | "move" | "give_room" | "set_details">,
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
