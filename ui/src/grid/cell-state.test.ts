import { describe, expect, it } from "vitest";
import {
  beyondMark,
  cellLabel,
  cellState,
  conditionMark,
  lowThreshold,
  minus,
  occupancy,
} from "./cell-state";
import { cell, FROM, modelWith, type Cell } from "./testing";

const model = (counts: Partial<Cell>) => modelWith([[cell(counts)], [cell({ physical: 4 })]]);
const label = (counts: Partial<Cell>) => cellLabel(model(counts), 0, FROM);

describe("the state of a cell", () => {
  it.each<[string, Partial<Cell>, string]>([
    ["plenty left", { sold: 2 }, "open"],
    ["one above a fifth of the capacity", { sold: 9 }, "open"],
    ["a fifth of the capacity, rounded", { sold: 10 }, "low"],
    ["one left", { sold: 11 }, "low"],
    ["none left", { sold: 12 }, "full"],
    ["none left, though more may be sold", { sold: 12, overbooking: 3 }, "full"],
    ["more sold than there are", { sold: 13 }, "over"],
    ["held rooms count like sold ones", { sold: 11, held: 1 }, "full"],
    ["rooms kept for groups count like sold ones", { sold: 11, blocked: 2 }, "over"],
    ["not on sale", { flags: 3 }, "closed"],
    ["wholly out of order", { out_of_order: 12 }, "closed"],
    ["wholly out of order and yet sold", { out_of_order: 12, sold: 1 }, "over"],
    ["not on sale and overbooked", { flags: 3, sold: 13 }, "over"],
    ["a night that is not open", { flags: 0 }, "unopened"],
    ["eleven of a hundred: ten is the most that is called low", { physical: 100, sold: 89 }, "open"],
    ["ten of a hundred", { physical: 100, sold: 90 }, "low"],
    ["one of two: a fifth of two rounds to none", { physical: 2, sold: 1 }, "open"],
    ["one of three: a fifth of three rounds to one", { physical: 3, sold: 2 }, "low"],
  ])("%s", (_, counts, state) => expect(cellState(model(counts).counts(0, FROM))).toBe(state));

  it("calls at most ten rooms low", () =>
    expect([0, 2, 3, 12, 50, 500].map(lowThreshold)).toEqual([0, 0, 1, 2, 10, 10]));
});

describe("the small number", () => {
  it.each<[Partial<Cell>, string]>([
    [{ sold: 8, overbooking: 3 }, ""],
    [{ sold: 9, overbooking: 3 }, "+3"],
    [{ sold: 12, overbooking: 1 }, "+1"],
    [{ sold: 15, overbooking: 6 }, "+3"],
    [{ sold: 18, overbooking: 6 }, ""],
    [{ sold: 12 }, ""],
    [{ sold: 10, overbooking: -2 }, "−2"],
    [{ sold: 12, overbooking: 2, flags: 3 }, ""],
  ])("%o is %s", (counts, mark) => expect(beyondMark(model(counts).counts(0, FROM))).toBe(mark));
});

describe("the label of a cell", () => {
  it.each<[Partial<Cell>, string]>([
    [{ sold: 9 }, "Standard double, Fri 27 Nov 2026, 3 of 12 left"],
    [{ sold: 9, overbooking: 1 }, "Standard double, Fri 27 Nov 2026, 3 of 12 left, 1 more by overbooking"],
    [{ sold: 13 }, "Standard double, Fri 27 Nov 2026, 0 of 12 left, overbooked by 1"],
    [{ sold: 9, out_of_order: 2 }, "Standard double, Fri 27 Nov 2026, 1 of 12 left, out of order 2"],
    [{ flags: 3 }, "Standard double, Fri 27 Nov 2026, 12 of 12 left, closed"],
    [{ overbooking: -2 }, "Standard double, Fri 27 Nov 2026, 12 of 12 left, 2 kept back"],
    [{ flags: 0 }, "Standard double, Fri 27 Nov 2026, not open for sale"],
  ])("%o", (counts, expected) => expect(label(counts)).toBe(expected));

  it("names the house", () => {
    expect(cellLabel(model({ sold: 9 }), 2, FROM)).toBe("House, Fri 27 Nov 2026, 7 of 16 left");
  });
});

it("a minus is as wide as a figure, and no occupancy is told of no rooms", () => {
  expect([minus(-3), minus(0), minus(12)]).toEqual(["−3", "0", "12"]);
  expect(occupancy(model({ sold: 9, out_of_order: 2 }).counts(0, FROM))).toBe(90);
  expect(occupancy(model({ out_of_order: 12 }).counts(0, FROM))).toBeUndefined();
});

describe("the sign of a condition", () => {
  const OPEN = 1;
  it.each<[string, number, string, string]>([
    ["none", OPEN, "", "12 of 12 left"],
    ["closed to arrival", OPEN | 8, "↦", "12 of 12 left, Closed to arrival"],
    ["closed to departure", OPEN | 16, "↤", "12 of 12 left, Closed to departure"],
    ["a fewest number of nights", OPEN | (3 << 8), "≥3", "12 of 12 left, at least 3 nights"],
    ["a fewest of one asks nothing", OPEN | (1 << 8), "", "12 of 12 left"],
    ["all at once", OPEN | 24 | (14 << 8), "↦↤≥14", "Closed to departure, at least 14 nights"],
  ])("%s", (_, flags, mark, said) => {
    expect(conditionMark(model({ flags }).counts(0, FROM))).toBe(mark);
    expect(label({ flags })).toContain(said);
  });

  it("under a stop-sell is the closed cell, and sells nothing", () => {
    const stopped = model({ flags: OPEN | 4 });
    expect(cellState(stopped.counts(0, FROM))).toBe("closed");
    expect(stopped.sellable(0, FROM)).toBe(0);
  });
});
