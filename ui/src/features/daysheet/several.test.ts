import { describe, expect, it } from "vitest";
import type { Answer, SheetRow } from "../../host";
import { idOf, isToDo, refusals, stepsOn } from "./several";

const ids = { command_id: "c", request_id: "r", head: 1 };
const refused = { code: "illegal_transition", message: "It is checked in already." };

describe("several stays at once", () => {
  it("are named with their number where the reservation has several", () => {
    const row = { number: "A1", stay: 2, stays: 1 } as SheetRow;
    expect(idOf(row)).toBe("A1");
    expect(idOf({ ...row, stays: 2 })).toBe("A1/2");
  });

  it("take no step of arrivals before the date is there", () => {
    expect(stepsOn("arrivals", "2026-06-01", "2026-06-01")).toEqual(["check_in", "no_show"]);
    expect(stepsOn("arrivals", "2026-05-31", "2026-06-01")).toEqual(["check_in", "no_show"]);
    expect(stepsOn("arrivals", "2026-06-02", "2026-06-01")).toEqual([]);
    expect(stepsOn("departures", "2026-06-02", "2026-06-01")).toEqual(["check_out"]);
  });

  it("are ticked where a step can be taken with them", () => {
    const all = [
      "waitlisted",
      "tentative",
      "needs_confirmation",
      "confirmed",
      "checked_in",
      "no_show",
    ] as const;
    const ticked = (list: "arrivals" | "departures") => all.filter((status) => isToDo(list, { status }));
    expect(ticked("arrivals")).toEqual(["confirmed"]);
    expect(ticked("departures")).toEqual(["checked_in"]);
  });

  it("tell each refusal at its own row", () => {
    const partly: Answer = {
      ...ids,
      ok: true,
      text: "",
      undoable: true,
      done: ["A1"],
      failed: [{ id: "A2", error: refused }],
    } as Answer;
    expect(refusals(partly, ["A1", "A2"])).toEqual({ A2: refused.message });
    expect(refusals({ ...ids, ok: false, error: refused }, ["A1", "A2"])).toEqual({
      A1: refused.message,
      A2: refused.message,
    });
  });
});
