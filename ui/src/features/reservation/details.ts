// What is known of a booking beside its stays, as it stands in the form, and the command that it becomes: of what was
// not changed nothing is said, so that nobody's change meanwhile is overwritten.
import type { ReservationCard } from "../../host";
import { parseWhole } from "../../shared/format";
import { texts } from "../../shared/texts";
import type { CommandOf } from "./draft";

export interface DetailsDraft {
  name: string;
  phone: string;
  email: string;
  adults: string;
  children: string;
  meal: string;
  guarantee: string;
  notes: string;
}

type Read =
  | { ok: true; value: CommandOf<"set_details"> | undefined }
  | { ok: false; problem: string; field: keyof DetailsDraft };

export function detailsOf(card: ReservationCard): DetailsDraft {
  return {
    name: card.guest.name,
    phone: card.guest.phone ?? "",
    email: card.guest.email ?? "",
    adults: String(card.adults),
    children: String(card.children),
    meal: card.meal ?? "",
    guarantee: card.guarantee ?? "",
    notes: card.notes ?? "",
  };
}

/** What stands now in fields that others changed, and that were typed in here too. */
export function changedSince(
  now: DetailsDraft,
  before: DetailsDraft,
  draft: DetailsDraft,
): Partial<DetailsDraft> {
  const fields = Object.keys(draft) as (keyof DetailsDraft)[];
  const both = fields.filter((field) => now[field] !== before[field] && draft[field] !== before[field]);
  return Object.fromEntries(both.map((field) => [field, now[field]]));
}

/** The draft over what the booking has become: what was not touched is as it stands now. */
export function over(now: DetailsDraft, before: DetailsDraft, draft: DetailsDraft): DetailsDraft {
  const fields = Object.keys(draft) as (keyof DetailsDraft)[];
  const touched = fields.filter((field) => draft[field] !== before[field]);
  return { ...now, ...Object.fromEntries(touched.map((field) => [field, draft[field]])) };
}

/** The command that makes of `before` what `draft` says; none where they say the same. */
export function readDetails(id: string, before: DetailsDraft, draft: DetailsDraft): Read {
  const now = Object.fromEntries(
    Object.entries(draft).map(([field, text]: [string, string]) => [field, text.trim()]),
  );
  const { name = "", phone = "", email = "", adults = "", children = "", meal, guarantee, notes } = now;
  const differs = (...fields: (keyof DetailsDraft)[]) =>
    fields.some((field) => now[field] !== before[field].trim());
  // A guest who is not known here yet has no name, and is none of this.
  if (name === "" && differs("name", "phone", "email"))
    return { ok: false, problem: texts.booking.needsName, field: "name" };
  const people = { adults: parseWhole(adults), children: parseWhole(children) };
  for (const field of ["adults", "children"] as const)
    if (people[field] === undefined || people[field] < 0)
      return { ok: false, problem: texts.booking.needsCount(texts.booking[field]), field };
  if (!differs("name", "phone", "email", "adults", "children", "meal", "guarantee", "notes"))
    return { ok: true, value: undefined };
  return {
    ok: true,
    value: {
      kind: "set_details",
      id,
      guest: differs("name", "phone", "email")
        ? { name, phone: phone || undefined, email: email || undefined }
        : undefined,
      ...(differs("adults", "children") ? people : {}),
      meal: differs("meal") ? meal : undefined,
      guarantee: differs("guarantee") ? guarantee : undefined,
      notes: differs("notes") ? notes : undefined,
    },
  };
}
