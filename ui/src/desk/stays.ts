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

export type ReadStays = { ok: true; value: StayRequest[] } | { ok: false; problem: string; field: "stays" };

export function readStays(drafts: StayDraft[]): ReadStays {
  const stays: StayRequest[] = [];
  const wrong = (problem: string) => ({ ok: false, problem, field: "stays" }) as const;
  for (const { room_type, arrival, departure, rooms } of drafts) {
    if (arrival === undefined) return wrong(texts.booking.needsDate(texts.booking.arrival));
    if (departure === undefined) return wrong(texts.booking.needsDate(texts.booking.departure));
    if (departure < arrival) return wrong(texts.booking.needsOrder);
    const count = parseWhole(rooms);
    if (count === undefined || count < 1 || count > MOST_ROOMS) return wrong(texts.booking.needsRooms);
    stays.push({ room_type, arrival: civilOf(arrival), departure: civilOf(departure), rooms: count });
  }
  return { ok: true, value: stays };
}
