// The nights of a booking, as they are typed.
import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import type { MemoryHost } from "../host/memory";
import {
  alert,
  click,
  enter,
  field,
  openSmallHotel,
  press,
  selectNights,
  side,
  type,
  until,
} from "./testing";

const value = (name: string) => field(name)?.value;

function leave(name: string): void {
  field(name)?.blur();
  flushSync();
}

/** A date into a field, letter by letter, with the hands in it. */
async function write(name: string, typed: string): Promise<void> {
  field(name)?.focus();
  for (let length = 1; length <= typed.length; length++) await type(name, typed.slice(0, length));
}

/** A form for two nights from the first of June. */
async function booking(): Promise<MemoryHost> {
  const host = await openSmallHotel();
  await selectNights(0, 1);
  press("n");
  await until(() => side() === "booking");
  return host;
}

describe("another arrival", () => {
  it("moves the departure once its field is left, and keeps the nights", async () => {
    await booking();
    await write("Arrival", "9/7");
    expect(value("Departure")).toBe("Sat 3 Jun 2017");
    leave("Arrival");
    expect(value("Departure")).toBe("Tue 11 Jul 2017");
    await write("Arrival", "never");
    leave("Arrival");
    await write("Arrival", "5/6");
    leave("Arrival");
    expect(value("Departure")).toBe("Wed 7 Jun 2017");
  });

  it("moves it before Enter books", async () => {
    const host = await booking();
    await type("Guest name", "Ada King");
    await write("Arrival", "9/7");
    enter();
    await until(() => side() !== "booking");
    const { arrivals } = await host.day_sheet({ night: "2017-07-09" });
    expect(arrivals.map(({ departure }) => departure)).toEqual(["2017-07-11"]);
  });

  it("does so where a booking is amended too", async () => {
    await booking();
    await type("Guest name", "Ada King");
    enter();
    await until(() => side() !== "booking");
    await selectNights(0, 0);
    (await until(() => document.querySelector<HTMLElement>("main tbody tr"))).click();
    await click("Amend");
    await write("Arrival", "9/7");
    expect(value("Departure")).toBe("Sat 3 Jun 2017");
    leave("Arrival");
    expect(value("Departure")).toBe("Tue 11 Jul 2017");
  });
});

describe("a departure", () => {
  it("before the arrival is not sold as a year", async () => {
    await booking();
    await type("Guest name", "Ada King");
    await type("Departure", "31/5");
    enter();
    await until(() => alert() === "The departure is before the arrival.");
    expect(document.activeElement).toBe(field("Departure"));
    expect(side()).toBe("booking");
  });

  it("on the day of the arrival is told as day use, and may be booked", async () => {
    await booking();
    const hint = () => document.getElementById(field("Departure")?.getAttribute("aria-describedby") ?? "");
    expect(hint()).toBeNull();
    await type("Departure", "1/6");
    expect(hint()?.textContent).toBe("Day use: takes no night");
    expect(hint()?.className).toContain("hint");
    expect(field("Departure")?.getAttribute("aria-invalid")).toBe("false");
    await type("Guest name", "Ada King");
    enter();
    await until(() => side() !== "booking");
  });
});
