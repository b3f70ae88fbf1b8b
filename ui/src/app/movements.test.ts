// Who arrives and departs is counted in one way: at the foot of the calendar, in the day sheet and in the pictures.
import { describe, expect, it, vi } from "vitest";
import type { Command, SheetRow } from "../host";
import { execute } from "../host/memory/commands";
import { cell, click, grid, openSmallHotel, press, text, until } from "./testing";

// jsdom has no canvas; what is drawn is seen in the real window.
vi.mock("../features/charts/plot", () => ({
  plot: () => ({ resize: () => undefined, end: () => undefined }),
}));

const reserve = (arrival: string, departure: string, rooms = 1): Command => ({
  kind: "reserve",
  stays: [{ room_type: "D", arrival, departure, rooms }],
  guest: { name: "Ana Costa" },
});
const reason = { code: "other" } as const;

/** What the foot, the tabs and the pictures say of the business date. */
async function counted() {
  const tab = (name: string) => Number(document.querySelector(`#tab-${name} .count`)?.textContent);
  await until(() => document.querySelector("#tab-arrivals .count")?.textContent !== "");
  const foot = cell("Thu 1 Jun 2017, ")?.getAttribute("aria-label") ?? "";
  const sheet = [tab("arrivals"), tab("departures")];
  press("c", {}, grid());
  await click("Arrivals and departures");
  await until(() => text(" arrivals and "));
  const first = document.querySelector<HTMLTableRowElement>("[data-place] tbody tr");
  const pictured = [...(first?.cells ?? [])].slice(1).map(({ textContent }) => Number(textContent));
  return { foot, sheet, pictured };
}

describe("arrivals and departures", () => {
  it("are the same in all three places, of who came early, left early, was cancelled or did not come", async () => {
    const host = await openSmallHotel();
    host.elsewhere((inventory) => {
      const give = (command: Command) => execute(inventory, { command_id: crypto.randomUUID(), command });
      give(reserve("2017-06-01", "2017-06-04"));
      give(reserve("2017-06-01", "2017-06-03"));
      give({ kind: "no_show", ids: ["A2"], reason });
      give(reserve("2017-06-01", "2017-06-03"));
      give({ kind: "cancel", ids: ["A3"], reason });
      give(reserve("2017-06-01", "2017-06-02"));
      give({ kind: "check_in", ids: ["A4"] });
      // Leaves before the departure: it is a departure of this date, and not of the other.
      give({ kind: "check_out", ids: ["A4"] });
    });
    await until(() => document.querySelector("#tab-departures .count")?.textContent === "1");
    const { foot, sheet, pictured } = await counted();
    expect(foot).toBe("Thu 1 Jun 2017, 2 arrivals, 1 departure");
    expect(sheet).toEqual([2, 1]);
    expect(pictured).toEqual([2, 1]);
  });

  it("that are listed and take no room are not among the tab's count", async () => {
    const host = await openSmallHotel();
    const asked = host.day_sheet.bind(host);
    const late: Omit<SheetRow, "id" | "number" | "status"> = {
      stay: 1,
      stays: 1,
      guest: "Nora Late",
      room_type: "D",
      arrival: "2017-06-01",
      departure: "2017-06-03",
      nights: 2,
      adults: 1,
      children: 0,
    };
    host.day_sheet = async (request) => {
      const statuses = ["no_show", "waitlisted", "needs_confirmation"] as const;
      const listed = statuses.map((status, i) => ({ ...late, id: status, number: `A${i + 8}`, status }));
      const sheet = await asked(request);
      return { ...sheet, arrivals: [...sheet.arrivals, ...listed] };
    };
    host.elsewhere((inventory) => {
      execute(inventory, { command_id: crypto.randomUUID(), command: reserve("2017-06-01", "2017-06-03") });
    });
    await until(() => document.querySelectorAll("#day-sheet tbody tr").length === 4);
    const { foot, sheet } = await counted();
    expect(foot).toBe("Thu 1 Jun 2017, 1 arrival, 0 departures");
    expect(sheet).toEqual([1, 0]);
  });
});
