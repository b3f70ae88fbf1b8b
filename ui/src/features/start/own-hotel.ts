// A hotel of one's own as it stands in the form. Whatever is wrong with it is a sentence.
import type { NewProperty } from "../../host";
import { civilOf, type Day } from "../../shared/dates";
import { parseWhole } from "../../shared/format";
import { texts } from "../../shared/texts";
import { zoneOf } from "../../shared/zones";

export interface TypeDraft {
  code: string;
  name: string;
  rooms: string;
  overbooking: string;
}
export interface HotelDraft {
  name: string;
  code: string;
  timeZone: string;
  currency: string;
  businessDate: Day | undefined;
  types: TypeDraft[];
}

/** A field of a type's line, as the mistakes of the form call it. */
export const ofType = (line: number, field: keyof TypeDraft) => `${field} ${line}`;

const CODE = /^[A-Za-z0-9]{1,8}$/;
const MOST_ROOMS = 10_000;

export function readHotel(
  draft: HotelDraft,
): { ok: true; value: NewProperty } | { ok: false; problem: string; field?: string } {
  const words = texts.start;
  const wrong = (problem: string, field?: string) => ({ ok: false, problem, field }) as const;
  if (draft.name.trim() === "") return wrong(words.needs(words.name), "name");
  if (!CODE.test(draft.code.trim())) return wrong(words.needsCode(words.code), "code");
  if (draft.timeZone.trim() === "") return wrong(words.needs(words.timeZone));
  const timeZone = zoneOf(draft.timeZone);
  if (timeZone === undefined) return wrong(words.unknownZone(draft.timeZone.trim()));
  if (!/^[A-Za-z]{3}$/.test(draft.currency.trim())) return wrong(words.needs(words.currency), "currency");
  if (draft.businessDate === undefined) return wrong(words.needs(words.businessDate), "business_date");
  const types = draft.types
    .map((type, line) => ({ ...type, line }))
    .filter(({ code, name }) => code.trim() !== "" || name.trim() !== "");
  if (types.length === 0) return wrong(words.needsType);
  const seen = new Set<string>();
  for (const type of types) {
    const code = type.code.trim();
    const at = (field: keyof TypeDraft) => ofType(type.line, field);
    if (!CODE.test(code)) return wrong(words.needsCode(words.typeCode), at("code"));
    if (type.name.trim() === "") return wrong(words.needs(words.typeName), at("name"));
    if (seen.has(code.toUpperCase())) return wrong(words.twice(code), at("code"));
    seen.add(code.toUpperCase());
    const rooms = parseWhole(type.rooms);
    if (rooms === undefined || rooms < 1 || rooms > MOST_ROOMS)
      return wrong(words.needsRooms(code), at("rooms"));
    if (parseWhole(type.overbooking || "0") === undefined)
      return wrong(texts.limits.needsWhole, at("overbooking"));
  }
  return {
    ok: true,
    value: {
      name: draft.name.trim(),
      code: draft.code.trim().toUpperCase(),
      time_zone: timeZone,
      currency: draft.currency.trim().toUpperCase(),
      business_date: civilOf(draft.businessDate),
      room_types: types.map((type, i) => ({
        code: type.code.trim().toUpperCase(),
        name: type.name.trim(),
        rank: i + 1,
        rooms: parseWhole(type.rooms) ?? 0,
        overbooking: parseWhole(type.overbooking || "0") ?? 0,
      })),
    },
  };
}
