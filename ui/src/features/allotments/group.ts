// A group's rooms as they stand in a form, and the command that they become.
import type { AllotmentKind, Command, StayRequest } from "../../host";
import { civilOf, type Day } from "../../shared/dates";
import { parseWhole } from "../../shared/format";
import { texts } from "../../shared/texts";

export interface GroupDraft {
  name: string;
  kind: AllotmentKind;
  arrival: Day | undefined;
  departure: Day | undefined;
  cutOff: Day | undefined;
  shoulder: string;
  /** What was typed, by the code of the type. */
  rooms: Record<string, string>;
}
/** The field of a type's rooms, as the mistakes of the form call it. */
export const roomsField = (code: string) => `rooms ${code}`;

export type Read<T> = { ok: true; value: T } | { ok: false; problem: string; field?: string };

const DAYS_KEPT_BEFORE = 7;
export const KINDS: readonly AllotmentKind[] = ["elastic", "non_elastic", "committed", "tentative"];

/** A group keeps its rooms until a week before it comes, or until today where that is over. */
export function emptyGroup(
  stay: StayRequest | undefined,
  arrival: Day,
  departure: Day,
  today: Day,
): GroupDraft {
  return {
    name: "",
    kind: "non_elastic",
    arrival,
    departure,
    cutOff: Math.max(today, arrival - DAYS_KEPT_BEFORE),
    shoulder: "0",
    rooms: stay ? { [stay.room_type]: "1" } : {},
  };
}

export function readGroup(draft: GroupDraft): Read<Command> {
  const words = texts.flows.groups;
  const wrong = (problem: string, field?: string) => ({ ok: false, problem, field }) as const;
  const { arrival, departure, cutOff } = draft;
  if (draft.name.trim() === "") return wrong(words.needsName, "name");
  if (arrival === undefined) return wrong(texts.booking.needsDate(words.arrival), "arrival");
  if (departure === undefined) return wrong(texts.booking.needsDate(words.departure), "departure");
  if (cutOff === undefined) return wrong(texts.booking.needsDate(words.cutOff), "cut_off");
  if (departure <= arrival) return wrong(texts.booking.needsOrder, "departure");
  const shoulder = parseWhole(draft.shoulder.trim() === "" ? "0" : draft.shoulder);
  if (shoulder === undefined || shoulder < 0) return wrong(words.needsWhole, "shoulder");
  const stays: StayRequest[] = [];
  for (const [room_type, typed] of Object.entries(draft.rooms)) {
    if (typed.trim() === "") continue;
    const rooms = parseWhole(typed);
    if (rooms === undefined || rooms < 0) return wrong(words.needsWhole, roomsField(room_type));
    if (rooms > 0) stays.push({ room_type, arrival: civilOf(arrival), departure: civilOf(departure), rooms });
  }
  if (stays.length === 0) return wrong(words.needsRooms);
  return {
    ok: true,
    value: {
      kind: "open_allotment",
      name: draft.name.trim(),
      allotment_kind: draft.kind,
      stays,
      cut_off: civilOf(cutOff),
      shoulder: draft.kind === "elastic" ? shoulder : undefined,
    },
  };
}

/** The first line whose rooms are no number of rooms. */
export function wrongLine(typed: readonly string[]): number | undefined {
  const at = typed.findIndex((text) => (parseWhole(text) ?? -1) < 0);
  return at < 0 ? undefined : at;
}

/** The group's lines with the rooms that were typed; nothing where one of them is no number of rooms. */
export function resized(stays: readonly StayRequest[], typed: readonly string[]): StayRequest[] | undefined {
  const changed: StayRequest[] = [];
  for (const [at, stay] of stays.entries()) {
    const rooms = parseWhole(typed[at] ?? "");
    if (rooms === undefined || rooms < 0) return undefined;
    if (rooms > 0) changed.push({ ...stay, rooms });
  }
  return changed.length > 0 ? changed : undefined;
}
