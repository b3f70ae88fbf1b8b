import { describe, expect, it } from "vitest";
import { inOrder, transition } from "./actions";
import { readStays } from "../../desk/stays";
import { emptyBooking, readBooking, type BookingDraft } from "./draft";

const stay = { room_type: "D", arrival: "2017-06-03", departure: "2017-06-05", rooms: 1 };
const property = { currency_digits: 2 };
const draft = (change: Partial<BookingDraft> = {}): BookingDraft => ({
  ...emptyBooking([stay]),
  name: " Ana Costa ",
  ...change,
});

describe("a booking form", () => {
  it("becomes the command, with what is empty left out", () => {
    const read = readBooking(draft({ price: "99.50", notes: "quiet" }), property, { hold: "A7" });
    expect(read).toEqual({
      ok: true,
      value: expect.objectContaining({
        kind: "reserve",
        stays: [stay],
        guest: { name: "Ana Costa", phone: undefined, email: undefined },
        adults: 2,
        children: 0,
        prices: [{ room_type: "D", amount: 9950 }],
        notes: "quiet",
        source: undefined,
        tentative: undefined,
        option_until: undefined,
        hold: "A7",
      }),
    });
  });

  it("gives one price to each type of several lines", () => {
    const two = emptyBooking([stay, { ...stay, room_type: "S" }, stay]);
    const read = readBooking({ ...two, name: "Ana", price: "10" }, property);
    expect(read.ok && read.value.kind === "reserve" && read.value.prices).toEqual([
      { room_type: "D", amount: 1000 },
      { room_type: "S", amount: 1000 },
    ]);
  });

  it("keeps the option date of a tentative booking only", () => {
    const read = readBooking(draft({ tentative: true }), property);
    expect(read.ok && read.value).toMatchObject({ tentative: true, option_until: "2017-06-02" });
  });

  it.each<[string, Partial<BookingDraft>, string]>([
    ["no name", { name: "  " }, "name"],
    ["no number of adults", { adults: "two" }, "adults"],
    ["a negative number of children", { children: "-1" }, "children"],
    ["a price that is none", { price: "1.234" }, "price"],
    ["an option without a date", { tentative: true, option_until: undefined }, "option_until"],
    [
      "no lines with a date",
      { stays: [{ room_type: "D", arrival: undefined, departure: 5, rooms: "1" }] },
      "arrival 0",
    ],
  ])("with %s is a sentence", (_, change, field) => {
    const read = readBooking(draft(change), property);
    expect(read).toMatchObject({ ok: false, field });
    expect(read.ok ? "" : read.problem).toMatch(/\.$/);
  });

  it.each([
    [{ arrival: 5, departure: 4, rooms: "1" }, "before the arrival"],
    [{ arrival: 5, departure: undefined, rooms: "1" }, "not a date"],
    [{ arrival: 5, departure: 6, rooms: "0" }, "from 1 to 500"],
    [{ arrival: 5, departure: 6, rooms: "2000000" }, "from 1 to 500"],
  ])("a line %o is told", (line, part) => {
    const read = readStays([{ room_type: "D", ...line }]);
    expect(read.ok ? "" : read.problem).toContain(part);
  });
});

describe("the steps of a reservation", () => {
  it("put the likely one first", () => {
    expect(inOrder(["cancel", "amend", "check_in"])).toEqual(["check_in", "cancel", "amend"]);
  });

  it("become commands with what was asked", () => {
    expect(transition("check_in", "A1/2", { room: "214" })).toEqual({
      kind: "check_in",
      ids: ["A1/2"],
      room: "214",
    });
    expect(transition("cancel", "A1", { reason: { code: "guest" } })).toEqual({
      kind: "cancel",
      ids: ["A1"],
      reason: { code: "guest" },
    });
  });
});
