// What the memory inventory answers to the window's questions.
import { civilOf, dayOf } from "../../shared/dates";
import type {
  CellPanel,
  Changes,
  DaySheet,
  ExplainLine,
  HistoryLine,
  HoldRow,
  PropertyInfo,
  ReservationCard,
  SheetRow,
} from "../bindings";
import { findReservation } from "./find";
import { TAKES_ROOMS, type LoggedEvent, type MemoryInventory, type MemoryReservation } from "./inventory";
import { allowedFor } from "./lifecycle";

export const GRID_MAGIC = 0x3147524b;
const CELL_WORDS = 11;
const DAY_WORDS = 6;
const NOT_SET = -2147483648;

export function propertyInfo(inventory: MemoryInventory): PropertyInfo {
  const { name, code, time_zone, currency } = inventory.info;
  const last = inventory.undoStack.at(-1);
  return {
    name,
    code,
    time_zone,
    currency,
    currency_digits: 2,
    business_date: civilOf(inventory.businessDate),
    open_from: civilOf(inventory.from),
    open_to: civilOf(inventory.to),
    room_types: inventory.types.map((type) => ({ ...type })),
    file: "memory",
    sample: true,
    head: inventory.head,
    generation: 1,
    actor: "Front desk",
    last_undo: last && { command_id: last.command_id, text: last.text },
  };
}

export function gridBytes(inventory: MemoryInventory, from: number, nights: number): ArrayBuffer {
  const types = inventory.types.length;
  const words = new Int32Array(8 + CELL_WORDS * types * nights + DAY_WORDS * nights);
  words.set([GRID_MAGIC, from, nights, types, inventory.head, 0, 0, 0]);
  const block = types * nights;
  inventory.types.forEach(({ code }, row) => {
    for (let i = 0; i < nights; i++) {
      const cell = inventory.patch(inventory.index(code, from + i));
      const values = [
        cell.physical,
        cell.out_of_order,
        cell.sold,
        cell.held,
        cell.blocked,
        cell.overbooking,
        cell.version,
        cell.flags,
        cell.restrictions,
        cell.group_rooms,
        cell.group_picked_up,
      ];
      values.forEach((value, word) => (words[8 + word * block + row * nights + i] = value));
    }
  });
  const days = dayCounts(inventory);
  for (let i = 0; i < nights; i++) {
    const at = from + i - inventory.from;
    const limit = inventory.houseLimit.get(from + i) ?? NOT_SET;
    const values = [...days.map((column) => column[at] ?? 0), 0, limit];
    values.forEach((value, word) => (words[8 + CELL_WORDS * block + word * nights + i] = value));
  }
  return words.buffer;
}

export function dayCounts(inventory: MemoryInventory): Int32Array[] {
  const [arrivals, departures, inHouse, dayUse] = Array.from(
    { length: 4 },
    () => new Int32Array(inventory.nights + 400),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const bump = (column: Int32Array, night: number) => {
    const at = night - inventory.from;
    if (at >= 0) column[at] = (column[at] ?? 0) + 1;
  };
  for (const { stays } of inventory.reservations.values())
    for (const stay of stays) {
      if (!TAKES_ROOMS.has(stay.status)) continue;
      const end = stay.freed_from ?? stay.departure;
      bump(arrivals, stay.arrival);
      bump(departures, end);
      if (end === stay.arrival) bump(dayUse, end);
      for (let night = stay.arrival; night < end; night++) bump(inHouse, night);
    }
  return [arrivals, departures, inHouse, dayUse];
}

export function changesSince(inventory: MemoryInventory, since: number): Changes {
  const events = inventory.events.slice(since);
  const cells = new Set(events.flatMap((event) => [...event.cells]));
  const days = new Set(events.flatMap((event) => [...event.days]));
  return {
    since,
    head: inventory.head,
    reread: cells.size > 2000,
    catalogue: false,
    cells: [...cells].map((index) => inventory.patch(index)),
    days: [...days].map((night) => inventory.day(night)),
  };
}

export function cellPanel(inventory: MemoryInventory, code: string, civil: string): CellPanel {
  const night = dayOf(civil);
  const counts = inventory.counts(code, night);
  const codes = code === "house" ? inventory.types.map((type) => type.code) : [code];
  const row = inventory.row(code);
  const expiries = activeHolds(inventory)
    .filter(({ items }) => items.some((item) => codes.includes(item.room_type) && covers(item, civil)))
    .map(({ expires_at }) => expires_at)
    .sort();
  return {
    room_type: code,
    night: civil,
    counts,
    walk_risk: Math.max(0, counts.sold - counts.physical + counts.out_of_order),
    next_hold_expiry: expiries[0],
    lines: explainLines(inventory, codes, night, civil),
    history: historyOf(inventory, (event) =>
      codes.some((each) => event.cells.has(inventory.index(each, night))),
    ),
    upgrades:
      row < 0
        ? []
        : inventory.types
            .slice(row + 1)
            .map((type) => ({
              room_type: type.code,
              rooms_left: inventory.counts(type.code, night).rooms_left,
            }))
            .filter(({ rooms_left }) => rooms_left > 0),
  };
}

function explainLines(
  inventory: MemoryInventory,
  codes: string[],
  night: number,
  civil: string,
): ExplainLine[] {
  const lines: ExplainLine[] = [];
  for (const reservation of inventory.reservations.values())
    for (const stay of reservation.stays) {
      const code = stay.moved.find((move) => move.night === night)?.room_type ?? stay.room_type;
      const inside = stay.arrival <= night && night < (stay.freed_from ?? stay.departure);
      if (!inside || !codes.includes(code) || !TAKES_ROOMS.has(stay.status)) continue;
      lines.push({
        count: "sold",
        kind: "stay",
        id: reservation.id,
        number: reservation.number,
        stay: stay.stay,
        rooms: 1,
        text: `${reservation.number} ${reservation.guest.name}`,
        guest: reservation.guest.name,
        status: stay.status,
        arrival: civilOf(stay.arrival),
        departure: civilOf(stay.departure),
      });
    }
  for (const hold of activeHolds(inventory))
    for (const item of hold.items)
      if (codes.includes(item.room_type) && covers(item, civil))
        lines.push({
          count: "held",
          kind: "hold",
          id: hold.id,
          number: hold.number,
          rooms: item.rooms,
          text: `Hold ${hold.number}`,
          expires_at: hold.expires_at,
          arrival: item.arrival,
          departure: item.departure,
        });
  for (const outage of outageRows(inventory))
    if (codes.includes(outage.room_type) && outage.from <= civil && civil < outage.back_on)
      lines.push({
        count: outage.service ? "out_of_service" : "out_of_order",
        kind: "outage",
        id: outage.id,
        number: outage.number,
        rooms: outage.rooms,
        text: outage.reason ?? "",
        arrival: outage.from,
        departure: outage.back_on,
      });
  return lines;
}

function covers(item: { arrival: string; departure: string }, civil: string): boolean {
  return item.arrival <= civil && civil < item.departure;
}

function historyOf(inventory: MemoryInventory, about: (event: LoggedEvent) => boolean): HistoryLine[] {
  return inventory.events
    .filter(about)
    .slice(-20)
    .reverse()
    .map(({ cells: _cells, days: _days, reservation: _reservation, ...line }) => line);
}

export function activeHolds(inventory: MemoryInventory): HoldRow[] {
  return [...inventory.holds.values()]
    .filter(({ status }) => status === "active")
    .map((hold) => ({
      id: hold.id,
      number: hold.number,
      reference: hold.reference,
      expires_at: new Date(hold.expires_ms).toISOString(),
      status: hold.status,
      version: 1,
      items: hold.items.map((item) => ({
        ...item,
        arrival: civilOf(item.arrival),
        departure: civilOf(item.departure),
      })),
    }));
}

function outageRows(inventory: MemoryInventory): DaySheet["outages"] {
  return [...inventory.outages.values()]
    .filter(({ from, back_on }) => from < back_on)
    .map((outage) => ({ ...outage, from: civilOf(outage.from), back_on: civilOf(outage.back_on) }));
}

function sheetRow(reservation: MemoryReservation, at: number): SheetRow {
  const stay = reservation.stays[at];
  if (!stay) throw new Error("a sheet row names a stay of its reservation");
  return {
    id: reservation.id,
    number: reservation.number,
    stay: stay.stay,
    stays: reservation.stays.length,
    guest: reservation.guest.name,
    room_type: stay.room_type,
    room: stay.room,
    arrival: civilOf(stay.arrival),
    departure: civilOf(stay.departure),
    nights: stay.departure - stay.arrival,
    adults: reservation.adults,
    children: reservation.children,
    meal: reservation.meal,
    source: reservation.source,
    status: stay.status,
    price: stay.price,
  };
}

function rows(inventory: MemoryInventory, wanted: (row: SheetRow, leavesOn: string) => boolean): SheetRow[] {
  return [...inventory.reservations.values()].flatMap((reservation) =>
    reservation.stays.flatMap((stay, at) => {
      const row = sheetRow(reservation, at);
      return wanted(row, civilOf(stay.freed_from ?? stay.departure)) ? [row] : [];
    }),
  );
}

export function daySheet(inventory: MemoryInventory, civil: string): DaySheet {
  const lives = (row: SheetRow) => TAKES_ROOMS.has(row.status);
  return {
    night: civil,
    arrivals: rows(inventory, (row) => lives(row) && row.arrival === civil),
    departures: rows(inventory, (row, leavesOn) => lives(row) && leavesOn === civil),
    in_house: rows(inventory, (row, leavesOn) => lives(row) && row.arrival <= civil && civil < leavesOn),
    holds: activeHolds(inventory).filter(({ items }) => items.some((item) => covers(item, civil))),
    outages: outageRows(inventory).filter(({ from, back_on }) => from <= civil && civil < back_on),
  };
}

const MAY_CHANGE: ReadonlySet<SheetRow["status"]> = new Set([
  "waitlisted",
  "tentative",
  "needs_confirmation",
  "confirmed",
]);

/** How soon somebody at the desk has to do with a stay, as the program has it: less is sooner. */
function nearness({ status, arrival }: SheetRow, today: number): [number, number] {
  const day = dayOf(arrival);
  if (status === "checked_in" || (MAY_CHANGE.has(status) && day === today)) return [0, day];
  return MAY_CHANGE.has(status) && day > today ? [1, day] : [2, -day];
}

/** The one with just this number, who is in the house or comes today, who comes later, and what is over. */
export function findReservations(inventory: MemoryInventory, text: string, limit: number): SheetRow[] {
  const typed = text.trim().toLowerCase();
  const words = typed.split(/\s+/);
  const fits = (row: SheetRow) => {
    const hay = `${row.number} ${row.guest}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  };
  const place = (row: SheetRow) => [
    row.number.toLowerCase() === typed ? 0 : 1,
    ...nearness(row, inventory.businessDate),
  ];
  return rows(inventory, fits)
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => a.place.map((at, i) => at - (b.place[i] ?? 0)).find((by) => by !== 0) ?? 0)
    .slice(0, limit)
    .map(({ row }) => row);
}

export function reservationCard(inventory: MemoryInventory, id: string): ReservationCard {
  const reservation = findReservation(inventory, id);
  const stays = reservation.stays.map(({ before: _before, ...stay }) => ({
    ...stay,
    arrival: civilOf(stay.arrival),
    departure: civilOf(stay.departure),
    freed_from: stay.freed_from === undefined ? undefined : civilOf(stay.freed_from),
    option_until: stay.option_until === undefined ? undefined : civilOf(stay.option_until),
    moved: stay.moved.map((move) => ({ ...move, night: civilOf(move.night) })),
    allowed: allowedFor({ ...stay }, reservation, inventory.businessDate),
  }));
  return {
    ...reservation,
    attributes: {},
    status: reservation.stays[0]?.status ?? "cancelled",
    stays,
    allowed: [...new Set([...stays.flatMap(({ allowed }) => allowed), "set_details" as const])],
    history: historyOf(inventory, (event) => event.reservation === reservation.id),
  };
}
