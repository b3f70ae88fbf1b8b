import { describe, expect, it } from "vitest";
import { civilOf, dayOf } from "../shared/dates";
import { meaningOf, type KeyPress } from "./keys";
import { addMonths, covers, departure, factsOf, firstNight, nightsOf, single, step } from "./selection";
import { cell, FROM, modelWith } from "./testing";

const bounds = { from: 100, to: 200, rows: 3 };

describe("a selection", () => {
  it("leaves on the morning after its last night, whichever way it was drawn", () => {
    for (const selection of [
      { row: 0, anchor: 10, focus: 13 },
      { row: 0, anchor: 13, focus: 10 },
    ]) {
      expect([firstNight(selection), departure(selection), nightsOf(selection)]).toEqual([10, 14, 4]);
      expect([9, 10, 13, 14].map((night) => covers(selection, 0, night))).toEqual([false, true, true, false]);
      expect(covers(selection, 1, 11)).toBe(false);
    }
  });

  it("extends on its own row, comes back, and moves on as a single cell", () => {
    let selection = single(1, 150);
    selection = step(selection, { by: "night", count: 3 }, true, bounds);
    expect(selection).toEqual({ row: 1, anchor: 150, focus: 153 });
    selection = step(selection, { by: "row", count: 1 }, true, bounds);
    expect(selection.row).toBe(1);
    selection = step(selection, { by: "night", count: -5 }, true, bounds);
    expect([firstNight(selection), departure(selection)]).toEqual([148, 151]);
    expect(step(selection, { by: "row", count: 1 }, false, bounds)).toEqual(single(2, 148));
  });

  it("stays inside the open nights and the rows", () => {
    expect(step(single(0, 199), { by: "night", count: 7 }, false, bounds)).toEqual(single(0, 199));
    expect(step(single(0, 100), { by: "row", count: -1 }, false, bounds)).toEqual(single(0, 100));
    expect(step(single(2, 100), { by: "row", count: 1 }, false, bounds)).toEqual(single(2, 100));
    expect(step(single(2, 100), { by: "to", night: 1 }, false, bounds).focus).toBe(100);
  });

  it.each([
    ["2017-01-31", 1, "2017-02-28"],
    ["2016-01-31", 1, "2016-02-29"],
    ["2017-03-31", -1, "2017-02-28"],
    ["2017-12-15", 1, "2018-01-15"],
    ["2017-01-15", -1, "2016-12-15"],
  ])("%s by %i month(s) is %s", (from, months, to) =>
    expect(civilOf(addMonths(dayOf(from), months))).toBe(to),
  );
});

describe("what a selection is worth", () => {
  const model = modelWith([
    [cell({ sold: 9 }), cell({ sold: 12 }), cell({ sold: 10, overbooking: 1 })],
    [cell({ physical: 4 }), cell({ physical: 4, sold: 2 }), cell({ physical: 4 })],
  ]);

  it("is its worst night, and the nearest type that has all of them", () => {
    expect(factsOf(model, { row: 0, anchor: FROM, focus: FROM + 2 })).toEqual({
      least: 0,
      left: 0,
      soldOut: [FROM + 1],
      nearest: { row: 1, least: 2, left: 2 },
    });
    expect(factsOf(model, single(0, FROM + 2))).toEqual({ least: 3, left: 2, soldOut: [] });
  });

  it("tells what is left from what would be a guest too many", () => {
    const overbooked = cell({ physical: 4, sold: 4, overbooking: 2 });
    const full = modelWith([[cell({ sold: 12 })], [overbooked]]);
    expect(factsOf(full, single(1, FROM))).toEqual({ least: 2, left: 0, soldOut: [] });
    expect(factsOf(full, single(0, FROM)).nearest).toEqual({ row: 1, least: 2, left: 0 });
  });
});

describe("a key in the grid", () => {
  const press = (key: string, modifiers: Partial<KeyPress> = {}) =>
    meaningOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

  it.each([
    ["ArrowRight", {}, { kind: "step", step: { by: "night", count: 1 }, extend: false }],
    ["ArrowLeft", { ctrlKey: true }, { kind: "step", step: { by: "night", count: -7 }, extend: false }],
    ["ArrowRight", { shiftKey: true }, { kind: "step", step: { by: "night", count: 1 }, extend: true }],
    ["PageDown", {}, { kind: "step", step: { by: "month", count: 1 }, extend: false }],
    ["Home", {}, { kind: "edge", end: false, extend: false }],
    ["Home", { ctrlKey: true }, { kind: "today" }],
    ["7", {}, { kind: "date", typed: "7" }],
    ["+", { shiftKey: true }, { kind: "date", typed: "+" }],
    ["]", {}, { kind: "zoom", by: 1 }],
    ["?", { shiftKey: true }, { kind: "action", action: "help" }],
    ["N", {}, { kind: "action", action: "new_booking" }],
    ["h", {}, { kind: "action", action: "hold" }],
    ["o", {}, { kind: "action", action: "out_of_order" }],
    ["r", {}, { kind: "action", action: "limits" }],
    ["e", {}, { kind: "action", action: "explain" }],
    ["Enter", {}, { kind: "action", action: "panel" }],
    ["Escape", {}, { kind: "action", action: "clear" }],
    ["f", { ctrlKey: true }, undefined],
    ["n", { ctrlKey: true }, undefined],
    ["ArrowLeft", { altKey: true }, undefined],
    ["x", {}, undefined],
  ])("%s %o", (key, modifiers, meaning) => expect(press(key, modifiers)).toEqual(meaning));
});
