// The figures behind the pictures. The memory keeps no past, so nothing is known of a week or a year ago.
import { civilOf } from "../../shared/dates";
import type { Charts } from "../bindings";
import type { MemoryInventory } from "./inventory";
import { dayCounts } from "./queries";

export function charts(inventory: MemoryInventory, from: number, nights: number): Charts {
  const days = Array.from({ length: nights }, (_, at) => from + at);
  const isOpen = (night: number) => night >= inventory.from && night < inventory.to;
  const house = days.map((night) => (isOpen(night) ? inventory.counts("house", night) : undefined));
  const [arrivals, departures] = dayCounts(inventory);
  const moved = (column: Int32Array | undefined) =>
    days.map((night) => column?.[night - inventory.from] ?? 0);
  return {
    from: civilOf(from),
    business_date: civilOf(inventory.businessDate),
    capacity: house.map((counts) => (counts ? counts.physical - counts.out_of_order : 0)),
    sold: house.map((counts) => counts?.sold ?? 0),
    week_ago: null,
    last_year: days.map(() => null),
    last_year_capacity: days.map(() => null),
    last_year_then: [],
    arrivals: moved(arrivals),
    departures: moved(departures),
    room_types: inventory.types.map(({ code, name }) => ({
      code,
      name,
      left: days.map((night) => (isOpen(night) ? inventory.counts(code, night).rooms_left : null)),
    })),
  };
}
