import { describe, expect, it } from "vitest";
import type { DueItem } from "../../host";
import { asProposed, decided, decisionOf, leftOpen } from "./decisions";

const open: DueItem = { id: "A1/1", due: "overdue_departure", choices: ["check_out", "stay_on"] };
const settled: DueItem = {
  id: "A2/1",
  due: "arrival_not_in",
  choices: ["check_in", "keep", "no_show"],
  decision: "no_show",
};
const items = [open, settled];

describe("the end of the day", () => {
  it("waits until everything has its decision", () => {
    expect(leftOpen(items, {})).toBe(1);
    expect(leftOpen(items, { "A1/1": "stay_on" })).toBe(0);
  });

  it("puts what was said before what the settings say", () => {
    expect(decisionOf(settled, { "A2/1": "keep" })).toBe("keep");
    expect(decisionOf(settled, {})).toBe("no_show");
  });

  it("carries out what was seen, and nothing that is no longer due", () => {
    expect(decided(items, { "A1/1": "check_out", "A9/1": "cancel" })).toEqual({
      "A1/1": "check_out",
      "A2/1": "no_show",
    });
    expect(decided(items, {})).toEqual({ "A2/1": "no_show" });
  });

  it("takes what is proposed for all that need a word, and leaves what was said", () => {
    expect(asProposed(items, {})).toEqual({ "A1/1": "check_out" });
    expect(asProposed(items, { "A1/1": "stay_on" })).toEqual({ "A1/1": "stay_on" });
    expect(leftOpen(items, asProposed(items, {}))).toBe(0);
  });
});
