// Several stays at once: which steps a list offers, and the command that takes one with all that are ticked.
import type { Answer, Command, SheetRow } from "../../host";

export type SeveralStep = "check_in" | "check_out" | "no_show";

export const STEPS: Record<"arrivals" | "departures" | "in_house", readonly SeveralStep[]> = {
  arrivals: ["check_in", "no_show"],
  departures: ["check_out"],
  in_house: ["check_out"],
};

/** The steps of a list of that night: nobody is checked in, nor has failed to come, before the business date is there. */
export function stepsOn(
  list: keyof typeof STEPS,
  night: string,
  businessDate: string,
): readonly SeveralStep[] {
  return list === "arrivals" && night > businessDate ? [] : STEPS[list];
}

/** As the program names a stay: with its number where the reservation has several. */
export const idOf = ({ number, stay, stays }: SheetRow) => (stays > 1 ? `${number}/${stay}` : number);

/**
 * Whether a step of the list is still to be taken: who has come, left or cancelled, and who was promised no room, is not
 * ticked.
 */
export function isToDo(list: keyof typeof STEPS, { status }: Pick<SheetRow, "status">): boolean {
  return status === (list === "arrivals" ? "confirmed" : "checked_in");
}

const COUNTED: ReadonlySet<SheetRow["status"]> = new Set([
  "tentative",
  "confirmed",
  "checked_in",
  "checked_out",
]);

/**
 * Whether a list counts the stay, as the foot of the calendar and the pictures do: who waits for a room, was promised
 * none or has not come is listed, so that something can be done about it, and is none of the night's.
 */
export const isCounted = ({ status }: Pick<SheetRow, "status">) => COUNTED.has(status);

export function command(step: SeveralStep, ids: string[], rooms: Record<string, string> = {}): Command {
  const given = ids.map((id) => ({ id, room: rooms[id]?.trim() ?? "" })).filter(({ room }) => room !== "");
  return step === "check_in" && given.length > 0 ? { kind: step, ids, rooms: given } : { kind: step, ids };
}

/** Why each stay was refused, by its id; where all were, each for the same reason. */
export function refusals(answer: Answer, ids: readonly string[]): Record<string, string> {
  if (answer.ok) return Object.fromEntries((answer.failed ?? []).map(({ id, error }) => [id, error.message]));
  return Object.fromEntries(ids.map((id) => [id, answer.error.message]));
}
