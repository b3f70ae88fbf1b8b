// The room types in the settings: what is set on many nights is asked for first, and no draft is stuck.
import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import type { Answer, Command } from "../host";
import { memoryHost, type MemoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import { alert, button, click, mountOn, openSmallHotel, press, PROPERTY, text, until } from "./testing";

async function goToSettings(): Promise<void> {
  press("F10");
  const items = () => [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
  (await until(() => items().find((item) => item.textContent?.includes("Settings")))).click();
  await until(() => document.querySelector("[data-place=settings] .type"));
}

async function write(name: string, value: string): Promise<void> {
  const labelled = () =>
    [...document.querySelectorAll<HTMLInputElement>("[data-place] input")].find(
      (each) => (each.getAttribute("aria-label") ?? each.closest("label")?.textContent?.trim()) === name,
    );
  const input = await until(labelled);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

/** Takes down what is asked for, and answers it. */
function answering(host: MemoryHost, refuses: (command: Command) => string | undefined): Command[] {
  const given: Command[] = [];
  host.execute = ({ command_id, command }) => {
    given.push(command);
    const head = { command_id, request_id: "r", head: 0 };
    const message = refuses(command);
    return Promise.resolve(
      message
        ? ({ ...head, ok: false, error: { code: "busy", message } } as Answer)
        : { ...head, ok: true, text: "Done", undoable: false },
    );
  };
  return given;
}

describe("the rooms of a type", () => {
  it("are set on no night before it was asked on which", async () => {
    const host = await openSmallHotel();
    const given = answering(host, () => undefined);
    await goToSettings();
    await write("Rooms of D", "3");
    await click("Set rooms D");
    await until(() => text("Double: from 2 to 3 rooms."));
    expect(text("On 200 nights, from Thu 1 Jun 2017 to Sun 17 Dec 2017")).toBe(true);
    expect(given).toEqual([]);
    await click("Back");
    expect(document.querySelector("[role=alertdialog]")).toBeNull();
    await click("Set rooms D");
    await click("Set on 200 nights");
    await until(() => given.length === 1);
    expect(given[0]).toEqual({
      kind: "set_limits",
      room_type: "D",
      from: "2017-06-01",
      to: "2017-12-18",
      physical: 3,
    });
  });

  it("are set on the nights that are chosen in the question, and the figure before is theirs", async () => {
    const host = await openSmallHotel();
    host.elsewhere((inventory) => {
      inventory.add("physical", "D", inventory.from + 2, inventory.from + 3, 5);
      inventory.log("limits_set", "Limits set", "elsewhere");
    });
    const given = answering(host, () => undefined);
    await goToSettings();
    await write("Rooms of D", "4");
    await click("Set rooms D");
    await until(() => text("Double: from 2–7 to 4 rooms."));
    await write("First night", "3/6");
    await write("Last night", "2/6");
    await until(() => alert() === "The last date is before the first.");
    expect(button("Set on 0 nights")?.disabled).toBe(true);
    await write("Last night", "3/6");
    await until(() => text("Double: from 7 to 4 rooms."));
    await click("Set on 1 night");
    await until(() => given.length === 1);
    expect(given[0]).toMatchObject({ from: "2017-06-03", to: "2017-06-04", physical: 4 });
  });

  it("leaves the question with Escape, and not the settings", async () => {
    await openSmallHotel();
    await goToSettings();
    await write("Rooms of D", "3");
    await click("Set rooms D");
    await until(() => document.querySelector("[role=alertdialog]"));
    press("Escape");
    expect(document.querySelector("[role=alertdialog]")).toBeNull();
    expect(document.querySelector("[data-place=settings]")).not.toBeNull();
  });
});

describe("a draft", () => {
  it("is put on sale from its line, and has no rooms to set until then", async () => {
    const inventory = new MemoryInventory(PROPERTY, Date.now, 200);
    const suite = inventory.types[1];
    if (suite) suite.status = "draft";
    const host = memoryHost(inventory);
    mountOn(host);
    await until(() => document.documentElement.dataset.ready === "grid");
    const given = answering(host, () => undefined);
    await goToSettings();
    expect(text("draft, 1 room")).toBe(true);
    expect(button("Set rooms S")).toBeUndefined();
    expect(button("Put on sale D")).toBeUndefined();
    await click("Put on sale S");
    await until(() => given.length === 1);
    expect(given).toEqual([{ kind: "sell_room_type", code: "S" }]);
  });

  it("that could not be put on sale at once is not added again by the next try", async () => {
    const host = await openSmallHotel();
    const given = answering(host, ({ kind }) =>
      kind === "sell_room_type" ? "The file is busy." : undefined,
    );
    await goToSettings();
    await write("Code", "FAM");
    await write("Name", "Family");
    await write("Rooms", "4");
    await click("Add and sell");
    await until(() => alert() === "The file is busy.");
    expect(given.map(({ kind }) => kind)).toEqual(["add_room_type", "sell_room_type"]);
    const typed = [...document.querySelectorAll<HTMLInputElement>(".new input")].map(({ value }) => value);
    expect(typed).toEqual(["", "", ""]);
  });
});
