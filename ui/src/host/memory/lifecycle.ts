// What may become of a stay, as a table; and the commands that move stays along it.
import { civilOf } from "../../shared/dates";
import type { ReasonGiven, StayAction, StayStatus } from "../bindings";
import type { MemoryInventory, MemoryReservation, MemoryStay } from "./inventory";
import { TAKES_ROOMS } from "./inventory";
import { requireRooms } from "./availability";
import { findReservation, requireVersion } from "./find";
import { refuse, type Outcome } from "./refusal";

type Transition =
  | "confirm"
  | "check_in"
  | "check_out"
  | "reverse_check_in"
  | "reverse_check_out"
  | "cancel"
  | "no_show"
  | "reinstate";

const TABLE: Record<StayStatus, Partial<Record<Transition, StayStatus | "before">>> = {
  waitlisted: { confirm: "confirmed", cancel: "cancelled" },
  tentative: { confirm: "confirmed", cancel: "cancelled" },
  needs_confirmation: { confirm: "confirmed", cancel: "cancelled" },
  confirmed: { check_in: "checked_in", cancel: "cancelled", no_show: "no_show" },
  checked_in: { check_out: "checked_out", reverse_check_in: "confirmed" },
  checked_out: { reverse_check_out: "checked_in" },
  cancelled: { reinstate: "before" },
  no_show: { reinstate: "before" },
};
const DONE: Record<Transition, string> = {
  confirm: "Confirmed",
  check_in: "Checked in",
  check_out: "Checked out",
  reverse_check_in: "Check-in reversed for",
  reverse_check_out: "Check-out reversed for",
  cancel: "Cancelled",
  no_show: "No-show:",
  reinstate: "Reinstated",
};

export function allowedFor(
  stay: MemoryStay,
  reservation: MemoryReservation,
  businessDate: number,
): StayAction[] {
  const moves = Object.keys(TABLE[stay.status]) as Transition[];
  const allowed: StayAction[] = moves.filter((move) => move !== "check_in" || stay.arrival <= businessDate);
  if (["confirmed", "tentative", "checked_in"].includes(stay.status)) {
    if (stay.status !== "checked_in") allowed.push("amend");
    if (stay.status === "checked_in") allowed.push("give_room");
    if (stay.arrival < stay.departure) allowed.push("move");
    if (reservation.stays.length > 1) allowed.push("split");
  }
  return allowed;
}

export function changeStays(
  inventory: MemoryInventory,
  command: {
    kind: Transition;
    ids: string[];
    reason?: ReasonGiven;
    room?: string;
    rooms?: { id: string; room: string }[];
  },
  commandId: string,
  seen: number | undefined,
): Outcome {
  const undo: (() => void)[] = [];
  const done: string[] = [];
  for (const id of command.ids) {
    const reservation = findReservation(inventory, id);
    if (command.ids.length === 1) requireVersion(reservation, seen);
    const wanted = id.includes("/") ? Number(id.split("/")[1]) : undefined;
    const stays = reservation.stays.filter(
      (stay) =>
        (wanted === undefined || stay.stay === wanted) && TABLE[stay.status][command.kind] !== undefined,
    );
    if (stays.length === 0)
      refuse("illegal_transition", `${reservation.number} cannot be taken through this step now.`);
    for (const stay of stays) {
      const room = command.rooms?.find((given) => given.id === id)?.room ?? command.room;
      undo.push(change(inventory, stay, { kind: command.kind, room }));
    }
    reservation.version++;
    undo.push(() => reservation.version++);
    inventory.log(command.kind, `${DONE[command.kind]} ${id}`, commandId, reservation, command.reason?.text);
    done.push(id);
  }
  const first = findReservation(inventory, command.ids[0] ?? "");
  const text = `${DONE[command.kind]} ${command.ids.join(", ")}, ${first.guest.name}`;
  return { text, facts: { done }, undo: () => undo.reverse().forEach((back) => back()) };
}

/** Another room for a guest in the house; nobody else may be in it. */
export function giveRoom(
  inventory: MemoryInventory,
  command: { id: string; room: string },
  commandId: string,
  seen: number | undefined,
): Outcome {
  const reservation = findReservation(inventory, command.id);
  requireVersion(reservation, seen);
  const stays = reservation.stays.filter(({ status }) => status === "checked_in");
  const wanted = command.id.includes("/") ? Number(command.id.split("/")[1]) : stays[0]?.stay;
  const stay = stays.find((each) => each.stay === wanted);
  if (!stay) return refuse("illegal_transition", `Nobody of ${reservation.number} is in the house.`);
  for (const { number, stays } of inventory.reservations.values())
    for (const other of stays)
      if (other !== stay && other.status === "checked_in" && other.room === command.room)
        refuse("room_occupied", `${number} is in room ${command.room}.`);
  const before = stay.room;
  const give = (room: string | undefined) => {
    stay.room = room;
    reservation.version++;
  };
  give(command.room);
  const text = `Room given ${command.id}`;
  inventory.log("give_room", text, commandId, reservation);
  return { text, undo: () => give(before) };
}

function change(
  inventory: MemoryInventory,
  stay: MemoryStay,
  command: { kind: Transition; room?: string },
): () => void {
  const old = { ...stay };
  const target = TABLE[stay.status][command.kind];
  const status = target === "before" ? (stay.before ?? "confirmed") : target;
  if (status === undefined) throw new Error("the caller has looked the transition up");
  if (!TAKES_ROOMS.has(stay.status) && TAKES_ROOMS.has(status))
    requireRooms(inventory, [
      {
        room_type: stay.room_type,
        arrival: civilOf(stay.arrival),
        departure: civilOf(stay.departure),
        rooms: 1,
      },
    ]);
  const apply = (next: MemoryStay) => {
    inventory.addStay(stay, -1);
    Object.assign(stay, next);
    inventory.addStay(stay, 1);
  };
  const next: MemoryStay = { ...stay, status, before: stay.status };
  if (command.kind === "check_in" && command.room) next.room = command.room;
  if (command.kind === "check_out" && inventory.businessDate < stay.departure)
    next.freed_from = inventory.businessDate;
  if (command.kind === "reverse_check_out") next.freed_from = undefined;
  apply(next);
  return () => apply({ ...old, freed_from: old.freed_from, before: old.before, room: old.room });
}
