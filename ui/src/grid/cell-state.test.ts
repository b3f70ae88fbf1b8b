import { describe, expect, it } from "vitest";
import { beyondMark, cellLabel, cellState, lowThreshold, minus, noteMark, occupancy } from "./cell-state";
import { cell, FROM, modelWith, patchOf, type Cell } from "./testing";

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

describe("groups and conditions", () => {
  const MIN_3 = 3 << 8;
  const MAX_7 = 7 << 20;
  it.each<[Partial<Cell>, string, string]>([
    [{ group_rooms: 8, group_picked_up: 3, blocked: 5 }, "3/8", ", 3 of 8 of groups picked up"],
    [{ restrictions: 2 }, "×A", ", closed to arrival"],
    [{ restrictions: 4 }, "×D", ", closed to departure"],
    [{ restrictions: MIN_3 | MAX_7 }, "3+ ≤7", ", at least 3 nights, at most 7 nights"],
    [{ restrictions: 1 }, "", ", closed"],
    [{}, "", ""],
  ])("%o", (counts, mark, said) => {
    expect(noteMark(model(counts), 0, FROM)).toBe(mark);
    expect(label(counts).endsWith(` left${said}`)).toBe(true);
  });

  it("sells nothing of a type, or of the whole house, that is stopped", () => {
    expect(model({}).sellable(0, FROM)).toBe(12);
    expect(model({ restrictions: 1 }).sellable(0, FROM)).toBe(0);
    const house = modelWith([[cell()], [cell()]], { house_restrictions: [1] });
    expect([0, 1, 2].map((row) => house.sellable(row, FROM))).toEqual([0, 0, 0]);
  });

  it("takes over a group's rooms though no count of the cell changed", () => {
    const group = model({ version: 4 });
    const patch = { ...cell({ version: 4, group_rooms: 5, sold: 9 }), room_type: "D", night: FROM };
    expect(group.apply(patchOf([patch], 1, 2)).changed).toHaveLength(1);
    expect(group.group(0, FROM)).toEqual({ rooms: 5, pickedUp: 0 });
    expect(group.counts(0, FROM).sold).toBe(0);
  });
});
