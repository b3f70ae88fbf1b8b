// Months are those of the language of the window, wherever a date is written.
import { afterEach, describe, expect, it } from "vitest";
import { memoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import { speak } from "../shared/texts";
import { cell, grid, mountOn, press, PROPERTY, selectNights, until } from "./testing";

const SOURCES = import.meta.glob<string>("../**/*.{ts,svelte}", {
  query: "?raw",
  import: "default",
  eager: true,
});

afterEach(() => speak(["en-GB"]));

const shownMonths = () =>
  [...document.querySelectorAll<HTMLElement>(".kg-month:not([hidden])")].map((each) => each.textContent);

describe("months", () => {
  it.each([
    ["de", "Juli 2017", "3 Nächte Fr 30. Jun › Mo 3. Jul", "Fr 30. Jun 2017"],
    ["fr", "juillet 2017", "3 nuits ven 30 juin › lun 3 juil", "ven 30 juin 2017"],
    ["es", "julio de 2017", "3 noches vie 30 jun › lun 3 jul", "vie 30 jun 2017"],
    ["pt", "julho de 2017", "3 noites sex 30 jun › seg 3 jul", "sex 30 jun 2017"],
    ["en-GB", "July 2017", "3 nights Fri 30 Jun › Mon 3 Jul", "Fri 30 Jun 2017"],
  ])("of %s stand over the calendar, in its chip and in the fields", async (tag, month, chip, field) => {
    await speak([tag]);
    const inventory = new MemoryInventory({ ...PROPERTY, business_date: "2017-06-30" }, Date.now, 200);
    mountOn(memoryHost(inventory));
    await until(() => document.documentElement.dataset.ready === "grid" && cell("Double"));
    await until(() => shownMonths().includes(month));
    await selectNights(0, 2);
    await until(() => document.querySelector(".kg-chip")?.textContent?.startsWith(chip));
    press("r", {}, grid());
    await until(() =>
      [...document.querySelectorAll<HTMLInputElement>("aside input")].some(({ value }) => value === field),
    );
  });

  it("are written in no source: the engine knows them in every language", () => {
    const quoted =
      /["'`](january|february|march|april|june|july|august|september|october|november|december)\b/i;
    const code = Object.entries(SOURCES).filter(([file]) => !/\.test\.ts$|\/texts\//.test(file));
    expect(code.length).toBeGreaterThan(100);
    expect(
      code
        .filter(([, source]) => quoted.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")))
        .map(([file]) => file),
    ).toEqual([]);
  });
});
