import { describe, expect, it } from "vitest";
import { readConditions, UNCHANGED } from "./conditions";

describe("conditions of sale", () => {
  it.each([
    ["what was not touched is not sent", {}, {}],
    [
      "on and off",
      { stop_sell: "on", closed_to_arrival: "off" },
      { stop_sell: true, closed_to_arrival: false },
    ],
    ["lengths of stay", { min_stay: "2", max_stay: " 14 " }, { min_stay: 2, max_stay: 14 }],
    ["zero takes a length away", { min_stay: "0" }, { min_stay: 0 }],
    ["a word is no length", { min_stay: "two" }, undefined],
    ["below zero is no length", { max_stay: "-1" }, undefined],
    ["more than a year is no length", { max_stay: "367" }, undefined],
  ] as const)("%s", (_, typed, set) => {
    expect(readConditions({ ...UNCHANGED, ...typed })).toEqual(set);
  });
});
