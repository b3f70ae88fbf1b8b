// Whether rooms may be sold, and what could be sold instead.
import { civilOf, dayOf, fullDate, type Day } from "../../shared/dates";
import type { Alternative, StayRequest } from "../bindings";
import type { MemoryInventory } from "./inventory";
import { refuse } from "./refusal";

/** Refuses unless every night of every stay has rooms. */
export function requireRooms(inventory: MemoryInventory, stays: StayRequest[]): void {
  const asked = new Map<string, number>();
  for (const stay of stays) {
    const arrival = dayOf(stay.arrival);
    const departure = dayOf(stay.departure);
    if (inventory.row(stay.room_type) < 0)
      refuse("unknown_room_type", `There is no room type ${stay.room_type}.`);
    if (!(arrival <= departure)) refuse("invalid_stay", "The departure is before the arrival.");
    if (!(stay.rooms >= 1 && stay.rooms <= 500)) refuse("invalid_stay", "A stay has from 1 to 500 rooms.");
    if (arrival < inventory.businessDate)
      refuse("invalid_stay", `The arrival is before the business date, ${fullDate(inventory.businessDate)}.`);
    if (departure > inventory.to) refuse("invalid_stay", "The stay ends beyond the open nights.");
    for (let night = arrival; night < departure; night++) {
      const key = `${stay.room_type}:${night}`;
      const required = (asked.get(key) ?? 0) + stay.rooms;
      asked.set(key, required);
      const available = inventory.available(stay.room_type, night);
      if (available < required) noAvailability(inventory, stay, night, required, available);
    }
  }
}

function noAvailability(
  inventory: MemoryInventory,
  stay: StayRequest,
  night: Day,
  required: number,
  available: number,
): never {
  const name = inventory.types[inventory.row(stay.room_type)]?.name ?? stay.room_type;
  refuse(
    "no_availability",
    `${name} has ${available} of the ${required} room${required === 1 ? "" : "s"} needed on ${fullDate(night)}.`,
    {
      room_type: stay.room_type,
      night: civilOf(night),
      required,
      available,
      alternatives: alternatives(inventory, stay),
    },
  );
}

function alternatives(inventory: MemoryInventory, stay: StayRequest): Alternative[] {
  const arrival = dayOf(stay.arrival);
  const nights = dayOf(stay.departure) - arrival;
  const found: Alternative[] = [];
  const offer = (room_type: string, from: Day) => {
    if (from < inventory.businessDate || from + nights > inventory.to) return;
    const each = Array.from({ length: nights }, (_, i) => inventory.available(room_type, from + i));
    const available = Math.min(...each);
    const left = Math.min(
      ...each.map((_, i) => Math.max(0, inventory.counts(room_type, from + i).rooms_left)),
    );
    const overbooked = Math.max(0, available - left);
    if (available >= stay.rooms)
      found.push({
        room_type,
        arrival: civilOf(from),
        departure: civilOf(from + nights),
        available,
        overbooked,
      });
  };
  const row = inventory.row(stay.room_type);
  for (const type of [...inventory.types.slice(row + 1), ...inventory.types.slice(0, row).reverse()])
    offer(type.code, arrival);
  for (const shift of [1, -1, 2, -2, 3, -3]) offer(stay.room_type, arrival + shift);
  return found.slice(0, 4);
}
