// Decides the commands of the memory inventory: one arm each; a refusal is thrown inside and handed out as a value.
import { dayOf, fullDate } from "../../shared/dates";
import type { Answer, Command, CommandRequest, StayRequest } from "../bindings";
import { requireRooms } from "./availability";
import { findReservation, requireVersion } from "./find";
import type { CommandOf, MemoryInventory, MemoryReservation, MemoryStay } from "./inventory";
import { setDetails } from "./details";
import { changeStays, giveRoom } from "./lifecycle";
import { refuse, Refusing, type Outcome } from "./refusal";
import { addOutage, endOutage, extendHold, findHold, placeHold, releaseHold, setLimits } from "./rooms";

export function execute(inventory: MemoryInventory, request: CommandRequest): Answer {
  inventory.sweep();
  const head = { command_id: request.command_id, request_id: crypto.randomUUID() };
  try {
    const { text, undo, facts } = decide(inventory, request);
    if (undo) inventory.undoStack.push({ command_id: request.command_id, text, undo });
    return { ...head, head: inventory.head, ok: true, text, undoable: undo !== undefined, ...facts };
  } catch (thrown) {
    if (!(thrown instanceof Refusing)) throw thrown;
    return { ...head, head: inventory.head, ok: false, error: thrown.refusal };
  }
}

function decide(
  inventory: MemoryInventory,
  { command_id: id, if_version, command }: CommandRequest,
): Outcome {
  switch (command.kind) {
    case "reserve":
      return reserve(inventory, command, id);
    case "amend":
      return amend(inventory, command, id, if_version);
    case "split":
      return split(inventory, command, id);
    case "move_night":
      return moveNight(inventory, command, id);
    case "give_room":
      return giveRoom(inventory, command, id, if_version);
    case "set_details":
      return setDetails(inventory, command, id, if_version);
    case "place_hold":
      return placeHold(inventory, command, id);
    case "extend_hold":
      return extendHold(inventory, command, id);
    case "release_hold":
      return releaseHold(inventory, command, id);
    case "add_outage":
      return addOutage(inventory, command, id);
    case "end_outage":
      return endOutage(inventory, command, id);
    case "set_limits":
      return setLimits(inventory, command, id);
    case "undo":
      return undo(inventory, command, id);
    case "confirm":
    case "check_in":
    case "check_out":
    case "reverse_check_in":
    case "reverse_check_out":
    case "cancel":
    case "no_show":
    case "reinstate":
      return changeStays(inventory, command, id, if_version);
    default:
      return refuse("bad_input", `The hotel in memory does not know "${command.kind}".`);
  }
}

function reserve(inventory: MemoryInventory, command: CommandOf<"reserve">, id: string): Outcome {
  const hold = command.hold ? findHold(inventory, command.hold) : undefined;
  if (hold && hold.status !== "active") refuse("hold_expired", `Hold ${hold.number} is no longer active.`);
  if (hold) inventory.addHold(hold, -1);
  try {
    requireRooms(inventory, command.stays);
  } catch (thrown) {
    if (hold) inventory.addHold(hold, 1);
    throw thrown;
  }
  if (hold) hold.status = "converted";
  const status = command.walk_in ? "checked_in" : command.tentative ? "tentative" : "confirmed";
  const { guest, source, external_number, meal, notes, guarantee } = command;
  const reservation: MemoryReservation = {
    id: crypto.randomUUID(),
    number: inventory.nextNumber(),
    version: 1,
    guest,
    source,
    external_number,
    meal,
    notes,
    guarantee,
    adults: command.adults ?? 1,
    children: command.children ?? 0,
    created_at: new Date(inventory.nowMs()).toISOString(),
    stays: stayLines(command.stays, status),
  };
  for (const stay of reservation.stays) {
    stay.room = command.room;
    stay.price = command.prices?.find(({ room_type }) => room_type === stay.room_type)?.amount;
    if (command.option_until) stay.option_until = dayOf(command.option_until);
  }
  inventory.reservations.set(reservation.id, reservation);
  for (const stay of reservation.stays) inventory.addStay(stay, 1);
  const rooms = reservation.stays.length;
  const text = `Booked ${reservation.number}, ${guest.name}, ${rooms} room${rooms === 1 ? "" : "s"}`;
  inventory.log("reserved", text, id, reservation);
  return {
    text,
    facts: { reservation: { id: reservation.id, number: reservation.number, status } },
    undo: () => {
      for (const stay of reservation.stays) {
        inventory.addStay(stay, -1);
        stay.status = "cancelled";
      }
      if (hold && hold.expires_ms > inventory.nowMs()) {
        hold.status = "active";
        inventory.addHold(hold, 1);
      }
    },
  };
}

function stayLines(requests: StayRequest[], status: MemoryStay["status"]): MemoryStay[] {
  return requests
    .flatMap((request) => Array.from({ length: request.rooms }, () => request))
    .map(({ room_type, arrival, departure }, i) => ({
      stay: i + 1,
      room_type,
      arrival: dayOf(arrival),
      departure: dayOf(departure),
      status,
      moved: [],
    }));
}

function amend(
  inventory: MemoryInventory,
  command: CommandOf<"amend">,
  id: string,
  seen: number | undefined,
): Outcome {
  const reservation = findReservation(inventory, command.id);
  requireVersion(reservation, seen);
  const old = reservation.stays;
  const live = old.filter(({ status }) => status === "confirmed" || status === "tentative");
  const status = live[0]?.status ?? refuse("illegal_transition", "There is no line left to amend.");
  for (const stay of live) inventory.addStay(stay, -1);
  try {
    requireRooms(inventory, command.stays);
  } catch (thrown) {
    for (const stay of live) inventory.addStay(stay, 1);
    throw thrown;
  }
  const price = live[0]?.price;
  const kept = old.filter((stay) => !live.includes(stay));
  reservation.stays = [...kept, ...stayLines(command.stays, status)].map((stay, i) => ({
    ...stay,
    stay: i + 1,
    price: stay.price ?? price,
  }));
  const fresh = reservation.stays.slice(kept.length);
  for (const stay of fresh) inventory.addStay(stay, 1);
  reservation.version++;
  const text = `Amended ${reservation.number}`;
  inventory.log("amended", text, id, reservation);
  return {
    text,
    undo: () => {
      for (const stay of fresh) inventory.addStay(stay, -1);
      for (const stay of live) inventory.addStay(stay, 1);
      reservation.stays = old;
      reservation.version++;
    },
  };
}

function split(inventory: MemoryInventory, command: CommandOf<"split">, id: string): Outcome {
  const reservation = findReservation(inventory, command.id);
  const stay = reservation.stays.find((each) => each.stay === command.stay);
  if (!stay || reservation.stays.length < 2)
    refuse("bad_input", "Only one of several stays can be split off.");
  const before = reservation.stays;
  const rooms = before.filter(({ status }) => status !== "cancelled").length;
  const share = (people: number) => (stay.status === "cancelled" ? 0 : Math.floor(people / rooms));
  const people = { adults: share(reservation.adults), children: share(reservation.children) };
  reservation.adults -= people.adults;
  reservation.children -= people.children;
  reservation.stays = before.filter((each) => each !== stay).map((each, i) => ({ ...each, stay: i + 1 }));
  reservation.version++;
  const made: MemoryReservation = {
    ...reservation,
    ...people,
    id: crypto.randomUUID(),
    number: inventory.nextNumber(),
    version: 1,
    stays: [{ ...stay, stay: 1 }],
  };
  inventory.reservations.set(made.id, made);
  const text = `Split ${made.number} from ${reservation.number}`;
  inventory.log("split", text, id, reservation);
  return { text, facts: { reservation: { id: made.id, number: made.number, status: stay.status } } };
}

function moveNight(inventory: MemoryInventory, command: CommandOf<"move_night">, id: string): Outcome {
  const reservation = findReservation(inventory, command.id);
  const stay = reservation.stays.find((each) => each.stay === command.stay);
  if (!stay) return refuse("bad_input", `${reservation.number} has no stay ${command.stay}.`);
  const night = dayOf(command.night);
  if (inventory.available(command.room_type, night) < 1)
    refuse("no_availability", `No room of that type is left on ${fullDate(night)}.`);
  const before = stay.moved;
  const swap = (moved: MemoryStay["moved"]) => {
    inventory.addStay(stay, -1);
    stay.moved = moved;
    inventory.addStay(stay, 1);
    reservation.version++;
  };
  swap([...before.filter((move) => move.night !== night), { night, room_type: command.room_type }]);
  const text = `Moved ${reservation.number} on ${fullDate(night)}`;
  inventory.log("night_moved", text, id, reservation);
  return { text, undo: () => swap(before) };
}

function undo(inventory: MemoryInventory, command: Extract<Command, { kind: "undo" }>, id: string): Outcome {
  const stack = inventory.undoStack;
  const at = command.command
    ? stack.findIndex((entry) => entry.command_id === command.command)
    : stack.length - 1;
  const entry = stack[at];
  if (!entry) return refuse("bad_input", "There is nothing to undo.");
  entry.undo();
  stack.splice(at, 1);
  const text = `Undone: ${entry.text}`;
  inventory.log("undone", text, id);
  return { text };
}
