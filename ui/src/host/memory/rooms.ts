// Holds, outages and limits of the memory inventory.
import { dayOf, fullDate } from "../../shared/dates";
import { requireRooms } from "./availability";
import type { CommandOf, MemoryHold, MemoryInventory } from "./inventory";
import { refuse, type Outcome } from "./refusal";

export function findHold(inventory: MemoryInventory, id: string): MemoryHold {
  for (const hold of inventory.holds.values()) if (hold.id === id || hold.number === id) return hold;
  return refuse("unknown_hold", `There is no hold ${id}.`);
}

export function placeHold(inventory: MemoryInventory, command: CommandOf<"place_hold">, id: string): Outcome {
  requireRooms(inventory, command.stays);
  const minutes = command.minutes ?? 10;
  const hold: MemoryHold = {
    id: crypto.randomUUID(),
    number: inventory.nextNumber(),
    reference: command.reference,
    expires_ms: inventory.nowMs() + minutes * 60_000,
    status: "active",
    items: command.stays.map((stay) => ({
      room_type: stay.room_type,
      arrival: dayOf(stay.arrival),
      departure: dayOf(stay.departure),
      rooms: stay.rooms,
    })),
  };
  inventory.holds.set(hold.id, hold);
  inventory.addHold(hold, 1);
  const text = `Held ${hold.number} for ${minutes} minutes`;
  inventory.log("hold_placed", text, id);
  return {
    text,
    facts: {
      hold: { id: hold.id, number: hold.number, expires_at: new Date(hold.expires_ms).toISOString() },
    },
    undo: () => void releaseActive(inventory, hold),
  };
}

function releaseActive(inventory: MemoryInventory, hold: MemoryHold): void {
  if (hold.status !== "active") refuse("already_released", `Hold ${hold.number} is ${hold.status}.`);
  inventory.addHold(hold, -1);
  hold.status = "released";
}

export function extendHold(
  inventory: MemoryInventory,
  command: CommandOf<"extend_hold">,
  id: string,
): Outcome {
  const hold = findHold(inventory, command.id);
  if (hold.status !== "active") refuse("hold_expired", `Hold ${hold.number} is ${hold.status}.`);
  hold.expires_ms = inventory.nowMs() + (command.minutes ?? 10) * 60_000;
  inventory.addHold(hold, 1);
  inventory.addHold(hold, -1);
  inventory.log("hold_extended", `Hold ${hold.number} extended`, id);
  return { text: `Hold ${hold.number} runs for ${command.minutes ?? 10} more minutes` };
}

export function releaseHold(
  inventory: MemoryInventory,
  command: CommandOf<"release_hold">,
  id: string,
): Outcome {
  const hold = findHold(inventory, command.id);
  releaseActive(inventory, hold);
  const text = `Released hold ${hold.number}`;
  inventory.log("hold_released", text, id);
  return { text };
}

export function addOutage(inventory: MemoryInventory, command: CommandOf<"add_outage">, id: string): Outcome {
  const from = dayOf(command.from);
  const back_on = dayOf(command.back_on);
  if (!(from < back_on)) refuse("invalid_stay", "The rooms must be back after the first night.");
  for (let night = from; night < back_on; night++) {
    const { physical, out_of_order } = inventory.counts(command.room_type, night);
    if (!command.service && physical - out_of_order < command.rooms)
      refuse("bad_input", `Only ${physical - out_of_order} rooms are in order on ${fullDate(night)}.`);
  }
  const outage = {
    id: crypto.randomUUID(),
    number: inventory.nextNumber(),
    room_type: command.room_type,
    from,
    back_on,
    rooms: command.rooms,
    service: command.service ?? false,
    reason: command.reason,
    room: command.room,
  };
  inventory.outages.set(outage.id, outage);
  if (!outage.service) inventory.add("out_of_order", outage.room_type, from, back_on, outage.rooms);
  const text = `${outage.rooms} room${outage.rooms === 1 ? "" : "s"} out of order: ${outage.reason}`;
  inventory.log("outage_added", text, id);
  return {
    text,
    facts: { outage: { id: outage.id, number: outage.number } },
    undo: () => {
      if (!outage.service)
        inventory.add("out_of_order", outage.room_type, from, outage.back_on, -outage.rooms);
      outage.back_on = from;
    },
  };
}

export function endOutage(inventory: MemoryInventory, command: CommandOf<"end_outage">, id: string): Outcome {
  const outage = [...inventory.outages.values()].find(
    ({ id: own, number }) => own === command.id || number === command.id,
  );
  if (!outage) return refuse("unknown_outage", `There is no outage ${command.id}.`);
  const end = Math.max(outage.from, command.on ? dayOf(command.on) : inventory.businessDate);
  const before = outage.back_on;
  const sign = outage.service ? 0 : outage.rooms;
  inventory.add("out_of_order", outage.room_type, end, before, -sign);
  outage.back_on = end;
  const text = `Outage ${outage.number} ended`;
  inventory.log("outage_ended", text, id);
  return {
    text,
    undo: () => {
      inventory.add("out_of_order", outage.room_type, end, before, sign);
      outage.back_on = before;
    },
  };
}

export function setLimits(inventory: MemoryInventory, command: CommandOf<"set_limits">, id: string): Outcome {
  const from = dayOf(command.from);
  const to = dayOf(command.to);
  const inverse: (() => void)[] = [];
  for (let night = from; night < to; night++) {
    if (command.room_type === undefined) {
      const before = inventory.houseLimit.get(night);
      if (command.no_overbooking) inventory.houseLimit.delete(night);
      if (command.overbooking !== undefined) inventory.houseLimit.set(night, command.overbooking);
      inventory.touchDay(night);
      inverse.push(() => {
        if (before === undefined) inventory.houseLimit.delete(night);
        else inventory.houseLimit.set(night, before);
        inventory.touchDay(night);
      });
      continue;
    }
    const code = command.room_type;
    const counts = inventory.counts(code, night);
    const change = (word: "physical" | "overbooking", value: number | undefined) => {
      const by = value === undefined ? 0 : value - counts[word];
      inventory.add(word, code, night, night + 1, by);
      inverse.push(() => inventory.add(word, code, night, night + 1, -by));
    };
    change("overbooking", command.overbooking);
    change("physical", command.physical);
  }
  const text = "Limits set";
  inventory.log("limits_set", text, id);
  return { text, undo: () => inverse.forEach((back) => back()) };
}
