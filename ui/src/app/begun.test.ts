// What was typed in a form is not lost without a word, whatever would take its place.
import { describe, expect, it } from "vitest";
import { texts } from "../shared/texts";
import {
  alert,
  click,
  enter,
  field,
  grid,
  openSmallHotel,
  press,
  selectNights,
  side,
  type,
  until,
} from "./testing";

async function booking(): Promise<void> {
  await openSmallHotel();
  await selectNights(0, 0);
  press("n");
  await until(() => side() === "booking");
}

const WAYS: [string, () => unknown, string][] = [
  ["N", () => press("n", {}, grid()), "booking"],
  ["U", () => press("u", {}, grid()), "recent"],
  ["Esc in the calendar", () => press("Escape", {}, grid()), "cell"],
  ["a button at the foot", () => click("Groups"), "groups"],
  ["Ctrl P", () => press("p", { ctrlKey: true }), "print"],
];

describe("a booking that is begun", () => {
  it.each(WAYS)("asks once before it gives way: %s", async (_, goes, next) => {
    await booking();
    await type("Guest name", "Ada King");
    await goes();
    expect(alert()).toBe(texts.escapeAgain);
    expect(side()).toBe("booking");
    expect(field("Guest name")?.value).toBe("Ada King");
    await type("Guest name", "Ada Kingsley");
    expect(alert()).toBeUndefined();
    await goes();
    expect(field("Guest name")?.value).toBe("Ada Kingsley");
    await goes();
    await until(() => side() === next && field("Guest name")?.value !== "Ada Kingsley");
  });

  it.each(WAYS.slice(1))("gives way at once where nothing was typed: %s", async (_, goes, next) => {
    await booking();
    await goes();
    await until(() => side() === next);
  });

  it("keeps what was typed in the bar that would begin another", async () => {
    await booking();
    await type("Guest name", "Ada King");
    const bar = document.querySelector<HTMLInputElement>("[role=combobox][aria-haspopup=grid]");
    if (!bar) throw new Error("no bar");
    bar.focus();
    bar.value = "suite 2n Meyer";
    bar.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => document.querySelector("#offers [role=row]"));
    enter();
    await until(() => alert() === texts.escapeAgain);
    expect(bar.value).toBe("suite 2n Meyer");
    enter();
    await until(() => field("Guest name")?.value === "Meyer");
    expect(bar.value).toBe("");
  });

  it("is left without a question once it is booked", async () => {
    await booking();
    await type("Guest name", "Ada King");
    enter();
    await until(() => side() !== "booking");
    expect(alert()).toBeUndefined();
  });
});

describe("an amendment that is begun", () => {
  async function amending(): Promise<void> {
    await booking();
    await type("Guest name", "Ada King");
    enter();
    await until(() => side() !== "booking");
    (await until(() => document.querySelector<HTMLElement>("main tbody tr"))).click();
    await click("Amend");
    await type("Rooms", "2");
  }

  it("stays where another cell is looked at", async () => {
    await amending();
    press("ArrowRight", {}, grid());
    expect(field("Rooms")?.value).toBe("2");
    expect(side()).toBe("card");
  });

  it("asks before another step takes its place", async () => {
    await amending();
    await click("Cancel booking");
    expect(alert()).toBe(texts.escapeAgain);
    expect(field("Rooms")?.value).toBe("2");
    await click("Cancel booking");
    await until(() => !field("Rooms"));
  });
});
