import { describe, expect, it } from "vitest";
import { dayFrom } from "../../shared/dates";
import { texts } from "../../shared/texts";
import { emptyGroup, readGroup, resized, type GroupDraft } from "./group";

const words = texts.flows.groups;
const TODAY = dayFrom(2026, 6, 1);
const stay = { room_type: "DBL", arrival: "2026-06-20", departure: "2026-06-22", rooms: 1 };
const draft = (change: Partial<GroupDraft> = {}): GroupDraft => ({
  ...emptyGroup(stay, dayFrom(2026, 6, 20), dayFrom(2026, 6, 22), TODAY),
  name: " Choir ",
  ...change,
});

describe("a new group", () => {
  it("becomes a command with a line for each type that has rooms", () => {
    expect(readGroup(draft({ rooms: { DBL: "3", SGL: "0", STE: "" } }))).toEqual({
      ok: true,
      value: {
        kind: "open_allotment",
        name: "Choir",
        allotment_kind: "non_elastic",
        stays: [{ ...stay, rooms: 3 }],
        cut_off: "2026-06-13",
        shoulder: undefined,
      },
    });
  });

  it("has nights around it only where it is elastic", () => {
    expect(readGroup(draft({ kind: "elastic", shoulder: "2" }))).toMatchObject({ value: { shoulder: 2 } });
    expect(readGroup(draft({ shoulder: "2" }))).toMatchObject({ value: { shoulder: undefined } });
  });

  it("keeps its rooms no longer than today where a week before is over", () => {
    expect(emptyGroup(stay, TODAY + 2, TODAY + 3, TODAY).cutOff).toBe(TODAY);
  });

  it.each([
    ["no name", { name: " " }, words.needsName, "name"],
    ["no rooms", { rooms: { DBL: "0" } }, words.needsRooms, undefined],
    ["rooms that are no number", { rooms: { DBL: "many" } }, words.needsWhole, "rooms DBL"],
    ["rooms below zero", { rooms: { DBL: "-2" } }, words.needsWhole, "rooms DBL"],
    ["no night", { departure: dayFrom(2026, 6, 20) }, texts.booking.needsOrder, "departure"],
    ["no cut-off", { cutOff: undefined }, texts.booking.needsDate(words.cutOff), "cut_off"],
  ])("with %s is a sentence at its field", (_, change, problem, field) => {
    expect(readGroup(draft(change))).toEqual({ ok: false, problem, field });
  });
});

describe("the rooms of a group, changed", () => {
  const stays = [stay, { ...stay, room_type: "SGL", rooms: 2 }];
  it.each([
    ["each line by its own number", ["4", "2"], [{ ...stay, rooms: 4 }, stays[1]]],
    ["a line of none goes", ["0", "2"], [stays[1]]],
    ["none at all is refused", ["0", "0"], undefined],
    ["a word is refused", ["x", "2"], undefined],
  ])("%s", (_, typed, changed) => {
    expect(resized(stays, typed)).toEqual(changed);
  });
});
