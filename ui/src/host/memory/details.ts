// What is known of a reservation beside its stays, put right.
import { findReservation, requireVersion } from "./find";
import type { CommandOf, MemoryInventory } from "./inventory";
import type { Outcome } from "./refusal";

/** What is left out stays as it is; an empty text is taken away. */
export function setDetails(
  inventory: MemoryInventory,
  command: CommandOf<"set_details">,
  commandId: string,
  seen: number | undefined,
): Outcome {
  const reservation = findReservation(inventory, command.id);
  requireVersion(reservation, seen);
  const { guest, adults, children, meal, guarantee, notes } = reservation;
  const before = { guest, adults, children, meal, guarantee, notes };
  const text = (given: string | undefined, was: string | undefined) =>
    given === undefined ? was : given || undefined;
  const put = (details: typeof before) => {
    Object.assign(reservation, details);
    reservation.version++;
  };
  put({
    guest: command.guest ?? guest,
    adults: command.adults ?? adults,
    children: command.children ?? children,
    meal: text(command.meal, meal),
    guarantee: text(command.guarantee, guarantee),
    notes: text(command.notes, notes),
  });
  const done = `Details corrected ${reservation.number}`;
  inventory.log("set_details", done, commandId, reservation);
  return { text: done, undo: () => put(before) };
}
