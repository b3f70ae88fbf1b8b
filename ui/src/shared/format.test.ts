import { describe, expect, it } from "vitest";
import { countdown } from "./clock.svelte";
import { dayOf } from "./dates";
import { instant, money, parseMoney, parseWhole, stayText } from "./format";

describe("money", () => {
  it.each([
    [12100, 2, "121.00"],
    [123456789, 2, "1,234,567.89"],
    [5, 2, "0.05"],
    [-250, 2, "−2.50"],
    [1500, 0, "1,500"],
    [1500, 3, "1.500"],
  ])("%i with %i digits is %s", (minor, digits, text) => expect(money(minor, digits)).toBe(text));

  it.each([
    ["121", 12100],
    ["99.5", 9950],
    ["1,099.50", 109950],
    [" 0.05 ", 5],
    ["", undefined],
    ["12.345", undefined],
    ["1,09", undefined],
    ["-3", undefined],
    ["ten", undefined],
  ])("%o reads as %o", (typed, minor) => expect(parseMoney(typed, 2)).toBe(minor));
});

it.each([
  ["12", 12],
  ["-2", -2],
  ["−2", -2],
  ["1.5", undefined],
  ["", undefined],
  ["2000000000", undefined],
])("the whole number %o reads as %o", (typed, value) => expect(parseWhole(typed)).toBe(value));

it.each([
  [581_000, 0, "9:41"],
  [600_000, 0, "10:00"],
  [3_725_000, 0, "1:02:05"],
  [999, 0, "0:01"],
  [0, 5_000, "0:00"],
])("until %i at %i there is %s left", (until, now, left) => expect(countdown(until, now)).toBe(left));

it("a stay tells its nights, and its year where it is another", () => {
  expect(stayText("2017-06-24", "2017-06-28")).toBe("Sat 24 › Wed 28 Jun, 4 nights");
  expect(stayText("2016-03-02", "2016-03-03", dayOf("2017-06-01"))).toBe("Wed 2 › Thu 3 Mar 2016, 1 night");
});

it("an instant tells its day and year only where they are not today's", () => {
  const now = new Date(2017, 5, 27, 18, 0);
  expect(instant(new Date(2017, 5, 27, 9, 5).toISOString(), now)).toBe("9:05");
  expect(instant(new Date(2017, 4, 3, 14, 30).toISOString(), now)).toBe("3 May, 14:30");
  expect(instant(new Date(2016, 4, 3, 14, 30).toISOString(), now)).toBe("3 May 2016, 14:30");
});
