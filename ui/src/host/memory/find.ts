// Looks reservations up by id or short number, and refuses what was changed since it was seen.
import type { MemoryInventory, MemoryReservation } from "./inventory";
import { refuse } from "./refusal";

export function findReservation(inventory: MemoryInventory, id: string): MemoryReservation {
  const bare = id.split("/")[0] ?? id;
  for (const reservation of inventory.reservations.values())
    if (reservation.id === bare || reservation.number.toLowerCase() === bare.toLowerCase())
      return reservation;
  return refuse("unknown_reservation", `There is no reservation ${id}.`);
}

export function requireVersion(reservation: MemoryReservation, seen: number | undefined): void {
  if (seen !== undefined && seen !== reservation.version)
    refuse("stale", `Reservation ${reservation.number} was changed meanwhile: look at it again.`);
}
