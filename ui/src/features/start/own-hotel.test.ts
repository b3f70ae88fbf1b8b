import { describe, expect, it } from "vitest";
import { dayOf } from "../../shared/dates";
import { readHotel, type HotelDraft } from "./own-hotel";

const type = { code: "dbl", name: "Double", rooms: "12", overbooking: "" };
const draft = (change: Partial<HotelDraft> = {}): HotelDraft => ({
  name: "Sea House",
  code: "sea",
  timeZone: "Europe/Lisbon",
  currency: "eur",
  businessDate: dayOf("2026-11-27"),
  types: [type, { code: "", name: "", rooms: "", overbooking: "0" }, { ...type, code: "STE", name: "Suite" }],
  ...change,
});

describe("a hotel of one's own", () => {
  it("is ranked as its types are listed, and empty lines are left out", () => {
    expect(readHotel(draft())).toMatchObject({
      ok: true,
      value: {
        code: "SEA",
        currency: "EUR",
        business_date: "2026-11-27",
        room_types: [
          { code: "DBL", rank: 1, rooms: 12, overbooking: 0 },
          { code: "STE", rank: 2 },
        ],
      },
    });
  });

  it("has its time zone as it is spelled", () => {
    expect(readHotel(draft({ timeZone: " europe/lisbon" }))).toMatchObject({
      value: { time_zone: "Europe/Lisbon" },
    });
  });

  it.each<[Partial<HotelDraft>, string, string | undefined]>([
    [{ name: " " }, "Name is missing", "name"],
    [{ code: "no spaces" }, "Short code", "code"],
    [{ timeZone: "" }, "Time zone", undefined],
    [{ timeZone: "Lisbon" }, "“Lisbon” is no time zone", undefined],
    [{ currency: "euro" }, "Currency", "currency"],
    [{ businessDate: undefined }, "Business date", "business_date"],
    [{ types: [] }, "at least one room type", undefined],
    [{ types: [{ ...type, rooms: "0" }] }, "rooms is a number", "rooms 0"],
    [{ types: [{ ...type, name: "" }] }, "Name is missing", "name 0"],
    [{ types: [type, { ...type, code: "DBL" }] }, "twice", "code 1"],
    [{ types: [{ ...type, overbooking: "x" }] }, "whole number", "overbooking 0"],
  ])("with %o is a sentence at its field", (change, part, field) => {
    const read = readHotel(draft(change));
    expect(read.ok ? "" : read.problem).toContain(part);
    expect(read.ok || read.field).toBe(field);
  });
});
