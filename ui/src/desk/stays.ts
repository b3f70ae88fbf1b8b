// The nights and rooms of a form, and the stays that they become. Whatever is wrong with them is a sentence.
import type { StayRequest } from "../host";
import { civilOf, dayOf, type Day } from "../shared/dates";
import { parseWhole } from "../shared/format";
import { texts } from "../shared/texts";

export interface StayDraft {
  room_type: string;
  arrival: Day | undefined;
  departure: Day | undefined;
  rooms: string;
}

const MOST_ROOMS = 500;

export function draftOf(stay: StayRequest): StayDraft {
  return {
    room_type: stay.room_type,
    arrival: dayOf(stay.arrival),
    departure: dayOf(stay.departure),
    rooms: String(stay.rooms),
  };
}

/** A field of a line, as the mistakes of a form call it. */
export const ofLine = (line: number, field: "arrival" | "departure" | "rooms") => `${field} ${line}`;

export type ReadStays = { ok: true; value: StayRequest[] } | { ok: false; problem: string; field: string };

export function readStays(drafts: StayDraft[]): ReadStays {
  const stays: StayRequest[] = [];
  for (const [line, { room_type, arrival, departure, rooms }] of drafts.entries()) {
    const wrong = (field: "arrival" | "departure" | "rooms", problem: string) =>
      ({ ok: false, problem, field: ofLine(line, field) }) as const;
    if (arrival === undefined) return wrong("arrival", texts.booking.needsDate(texts.booking.arrival));
    if (departure === undefined) return wrong("departure", texts.booking.needsDate(texts.booking.departure));
    if (departure < arrival) return wrong("departure", texts.booking.needsOrder);
    const count = parseWhole(rooms);
    if (count === undefined || count < 1 || count > MOST_ROOMS)
      return wrong("rooms", texts.booking.needsRooms);
    stays.push({ room_type, arrival: civilOf(arrival), departure: civilOf(departure), rooms: count });
  }
  return { ok: true, value: stays };
}
