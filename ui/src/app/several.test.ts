// Several stays of a day at once, with the keyboard.
import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import type { Answer } from "../host";
import type { MemoryHost } from "../host/memory";
import {
  button,
  cell,
  click,
  enter,
  openSmallHotel,
  press,
  selectNights,
  side,
  type,
  until,
} from "./testing";

const rows = () => [...document.querySelectorAll<HTMLElement>("#day-sheet tbody tr")];
const rooms = () => [...document.querySelectorAll<HTMLInputElement>("#day-sheet input.room")];

/** Three guests who come today, the first and the last of them ticked. */
async function ticked(): Promise<MemoryHost> {
  const host = await openSmallHotel();
  for (const [down, name] of [
    [0, "Ada King"],
    [0, "Ben Moss"],
    [1, "Cleo Nash"],
  ] as const) {
    await selectNights(0, 0, down);
    press("n");
    await type("Guest name", name);
    enter();
    await until(() => side() !== "booking");
  }
  await until(() => rows().length === 3);
  for (const row of [rows()[0], rows()[2]]) row?.querySelector<HTMLInputElement>("input")?.click();
  flushSync();
  await until(() => rooms().length === 2);
  return host;
}

describe("the room fields of those that are ticked", () => {
  it("are gone through with Enter, down to the button", async () => {
    await ticked();
    rooms()[0]?.focus();
    enter();
    expect(document.activeElement).toBe(rooms()[1]);
    enter();
    expect(document.activeElement).toBe(button("Check in"));
    expect(side()).toBe("cell");
  });
});

describe("the reason at a line that was refused", () => {
  it("goes once something was taken back", async () => {
    const host = await ticked();
    const error = { code: "room_occupied", message: "Room 12 is taken by B7." };
    const execute = host.execute;
    host.execute = ({ command_id }) =>
      Promise.resolve({ command_id, request_id: "r", head: 0, ok: false, error } as Answer);
    await click("Check in");
    await until(() => document.querySelector("#day-sheet .problem"));
    host.execute = execute;
    press("z", { ctrlKey: true }, cell("Double, Thu 1 Jun 2017"));
    await until(() => document.querySelector("#day-sheet .problem") === null);
  });
});
