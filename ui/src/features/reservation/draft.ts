// A booking as it stands in the form, and the command that it becomes. Whatever is wrong with it is a sentence.
import { draftOf, readStays, type StayDraft } from "../../desk/stays";
import type { Command, PropertyInfo, StayRequest } from "../../host";
import { civilOf, dayOf, type Day } from "../../shared/dates";
import { parseMoney, parseWhole } from "../../shared/format";
import { texts } from "../../shared/texts";

export interface BookingDraft {
  stays: StayDraft[];
  name: string;
  phone: string;
  email: string;
  adults: string;
  children: string;
  price: string;
  source: string;
  meal: string;
  external_number: string;
  guarantee: string;
  notes: string;
  tentative: boolean;
  option_until: Day | undefined;
  walk_in: boolean;
  /** The number on the door of a walk-in of one room. */
  room: string;
}

export type CommandOf<K extends Command["kind"]> = Extract<Command, { kind: K }>;
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string; field: string };

export function emptyBooking(stays: StayRequest[]): BookingDraft {
  const first = stays[0];
  return {
    stays: stays.map(draftOf),
    name: "",
    phone: "",
    email: "",
    adults: "2",
    children: "0",
    price: "",
    source: "",
    meal: "",
    external_number: "",
    guarantee: "",
    notes: "",
    tentative: false,
    option_until: first && dayOf(first.arrival) - 1,
    walk_in: false,
    room: "",
  };
}

export function readBooking(
  draft: BookingDraft,
  property: Pick<PropertyInfo, "currency_digits">,
  from: { hold?: string; allotment?: string } = {},
): Read<CommandOf<"reserve">> {
  const stays = readStays(draft.stays);
  if (!stays.ok) return stays;
  if (draft.name.trim() === "") return { ok: false, problem: texts.booking.needsName, field: "name" };
  const adults = parseWhole(draft.adults);
  const children = parseWhole(draft.children);
  if (adults === undefined || adults < 0)
    return { ok: false, problem: texts.booking.needsCount(texts.booking.adults), field: "adults" };
  if (children === undefined || children < 0)
    return { ok: false, problem: texts.booking.needsCount(texts.booking.children), field: "children" };
  const price = draft.price.trim() === "" ? undefined : parseMoney(draft.price, property.currency_digits);
  if (draft.price.trim() !== "" && price === undefined)
    return { ok: false, problem: texts.booking.needsPrice, field: "price" };
  if (draft.tentative && draft.option_until === undefined)
    return { ok: false, problem: texts.booking.needsDate(texts.booking.optionUntil), field: "option_until" };
  const types = [...new Set(stays.value.map(({ room_type }) => room_type))];
  return {
    ok: true,
    value: {
      kind: "reserve",
      stays: stays.value,
      guest: { name: draft.name.trim(), phone: filled(draft.phone), email: filled(draft.email) },
      adults,
      children,
      prices: price === undefined ? undefined : types.map((room_type) => ({ room_type, amount: price })),
      source: filled(draft.source),
      meal: filled(draft.meal),
      external_number: filled(draft.external_number),
      guarantee: filled(draft.guarantee),
      notes: filled(draft.notes),
      tentative: draft.tentative || undefined,
      option_until:
        draft.tentative && draft.option_until !== undefined ? civilOf(draft.option_until) : undefined,
      ...from,
      walk_in: draft.walk_in || undefined,
      room: draft.walk_in && isOneRoom(draft) ? filled(draft.room) : undefined,
    },
  };
}

/** A number on a door is that of one room. */
export function isOneRoom({ stays }: Pick<BookingDraft, "stays">): boolean {
  return stays.length === 1 && stays[0]?.rooms.trim() === "1";
}

function filled(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}
