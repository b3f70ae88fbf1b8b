// A made-up hotel for drawing and testing the window: the same one every time, from a seeded sequence.
import { dayOf } from "../../shared/dates";
import type { NewProperty } from "../bindings";
import { MemoryInventory, type MemoryReservation } from "./inventory";

const TYPES: [code: string, name: string, rooms: number, overbooking: number][] = [
  ["L", "Accessible single", 1, 0],
  ["B", "Twin", 1, 0],
  ["A", "Standard double", 108, 11],
  ["C", "Family room", 11, 1],
  ["D", "Superior double", 55, 6],
  ["E", "Superior, sea view", 33, 3],
  ["F", "Junior suite", 10, 1],
  ["G", "Family suite", 8, 1],
  ["P", "Apartment", 1, 0],
  ["H", "Penthouse", 3, 0],
];
const FIRST =
  "Marta James Sofia Lukas Claire Tom Inês Peter Ana Hugo Freya Noah Rita Emil Zoë Marco Aoife Jan".split(
    " ",
  );
const LAST =
  "Oliveira Whitfield Ferreira Brandt Dubois Gallagher Carvalho Novak Lindqvist Rossi Murphy Janssen Costa".split(
    " ",
  );
const SOURCES = ["Direct", "Online TA", "Offline TA/TO", "Corporate", "Groups"];
const MEALS = ["BB", "HB", "BB", "FB", "SC"];

export function sampleProperty(types = TYPES.length): NewProperty {
  return {
    name: "Resort Hotel",
    code: "RESORT",
    time_zone: "Europe/Lisbon",
    currency: "EUR",
    business_date: "2017-06-01",
    room_types: TYPES.slice(0, types).map(([code, name, rooms, overbooking], i) => ({
      code,
      name,
      rank: i + 1,
      rooms,
      overbooking,
    })),
  };
}

export function sampleInventory(nowMs: () => number): MemoryInventory {
  const inventory = new MemoryInventory(sampleProperty(), nowMs, 1096, 700);
  const random = mulberry32(20170601);
  let clockMs = dayOf("2017-05-30") * 86_400_000;
  for (const [row, type] of inventory.types.entries()) {
    const share = type.rooms <= 3 ? 0.55 : 0.66 + 0.04 * (row % 3);
    for (let night = inventory.from; night < inventory.businessDate + 200; night++) {
      const fade = night > inventory.businessDate + 60 ? 0.45 : 1;
      const wanted = poisson(random, (type.rooms * share * fade) / 4.2);
      for (let i = 0; i < wanted; i++) {
        clockMs += 37_000;
        book(inventory, type.code, night, random, clockMs);
      }
    }
  }
  closeSome(inventory);
  return inventory;
}

function book(
  inventory: MemoryInventory,
  room_type: string,
  arrival: number,
  random: () => number,
  ms: number,
): void {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const departure = Math.min(arrival + 1 + Math.floor(random() * 7), inventory.to);
  const over = random() < 0.18;
  for (let night = arrival; night < departure; night++) {
    const { rooms_left, available } = inventory.counts(room_type, night);
    if (over ? available < 1 : rooms_left < 1) return;
  }
  const today = inventory.businessDate;
  const tentative = arrival > today + 3 && random() < 0.06;
  const status =
    departure <= today
      ? "checked_out"
      : arrival < today
        ? "checked_in"
        : tentative
          ? "tentative"
          : "confirmed";
  const reservation: MemoryReservation = {
    id: crypto.randomUUID(),
    number: inventory.nextNumber(),
    version: 1,
    guest: { name: `${pick(FIRST)} ${pick(LAST)}` },
    source: pick(SOURCES),
    meal: pick(MEALS),
    adults: 1 + Math.floor(random() * 2.4),
    children: random() < 0.15 ? 1 : 0,
    created_at: new Date(ms).toISOString(),
    stays: [
      {
        stay: 1,
        room_type,
        arrival,
        departure,
        status,
        price: 4500 + Math.floor(random() * 12000),
        room: status === "checked_in" ? String(100 + Math.floor(random() * 400)) : undefined,
        moved: [],
      },
    ],
  };
  inventory.reservations.set(reservation.id, reservation);
  reservation.stays.forEach((stay) => inventory.addStay(stay, 1));
  inventory.log("reserved", `Booked ${reservation.number}, 1 room`, reservation.id, reservation);
}

function closeSome(inventory: MemoryInventory): void {
  const today = inventory.businessDate;
  const outage = (room_type: string, from: number, back_on: number, rooms: number, reason: string) => {
    const id = crypto.randomUUID();
    inventory.outages.set(id, {
      id,
      number: inventory.nextNumber(),
      room_type,
      from,
      back_on,
      rooms,
      service: false,
      reason,
    });
    inventory.add("out_of_order", room_type, from, back_on, rooms);
    inventory.log("outage_added", `${rooms} out of order: ${reason}`, id);
  };
  outage("P", today + 11, today + 30, 1, "Water damage");
  outage("D", today - 2, today + 4, 1, "Air conditioning");
  outage("F", today + 3, today + 9, 6, "Balcony repair");
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
