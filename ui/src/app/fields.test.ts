// What is wrong stands at the field that it is of, and the hands are led there.
import { describe, expect, it } from "vitest";
import type { Answer } from "../host";
import type { MemoryHost } from "../host/memory";
import {
  click,
  enter,
  field,
  openSmallHotel,
  press,
  selectNights,
  side,
  text,
  toast,
  type,
  until,
} from "./testing";

/** What is told of a field: it is described by it. */
function toldAt(name: string): string {
  const input = field(name);
  const note = document.getElementById(input?.getAttribute("aria-describedby") ?? "");
  return note?.textContent?.trim() ?? "";
}

async function booking(): Promise<MemoryHost> {
  const host = await openSmallHotel();
  await selectNights(0, 0);
  press("n");
  await until(() => side() === "booking");
  await type("Guest name", "Ada King");
  return host;
}

/** A sentence at a field, and nowhere else. */
async function onlyAt(name: string, sentence: string) {
  await until(() => toldAt(name) === sentence);
  expect(field(name)?.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field(name));
  expect(document.querySelectorAll("[role=alert]")).toHaveLength(1);
  expect(toast()).toBe("");
}

describe("what is wrong in a form", () => {
  it.each([
    ["Guest name", " ", "Type the guest's name."],
    ["Adults", "two", "Adults is a whole number."],
    ["Price per night", "x", "The price is an amount such as 120 or 99.50."],
    ["Departure", "never", "Departure is not a date."],
    ["Departure", "31/05/2017", "The departure is before the arrival."],
    ["Rooms", "0", "Rooms is a number from 1 to 500."],
  ])("stands at its field: %s %s", async (name, typed, sentence) => {
    await booking();
    await type(name, typed);
    field("Guest name")?.focus();
    enter();
    await onlyAt(name, sentence);
  });

  it.each([
    ["name", "Guest name"],
    ["phone", "Phone"],
    ["email", "E-mail"],
    ["notes", "Notes"],
    ["price", "Price per night"],
  ])("stands at its field where the program says so: %s", async (named, name) => {
    const host = await booking();
    const sentence = "It holds what looks like a card number.";
    host.execute = () => Promise.reject({ code: "bad_input", message: sentence, field: named });
    enter();
    await onlyAt(name, sentence);
    expect(field(name)?.closest("details")?.open ?? true).toBe(true);
  });

  it("is a message where no field is of it", async () => {
    const host = await booking();
    host.execute = () => Promise.reject({ code: "bad_input", message: "Nothing fits.", field: "cut_off" });
    enter();
    await until(() => toast().includes("Nothing fits."));
    expect(field("Guest name")?.getAttribute("aria-invalid")).toBe("false");
  });

  it("stands at the room's number where the room is taken", async () => {
    const host = await booking();
    const error = { code: "room_occupied", message: "Room 12 is taken by A1." };
    host.execute = ({ command_id }) =>
      Promise.resolve({ command_id, request_id: "r", head: 0, ok: false, error } as Answer);
    field("Walk-in: check in now")?.click();
    await type("Room number", "12");
    enter();
    await onlyAt("Room number", error.message);
  });

  it("stands alone: what was refused before is no longer told", async () => {
    const host = await booking();
    const error = { code: "no_availability", message: "Nothing is left.", alternatives: [] };
    host.execute = ({ command_id }) =>
      Promise.resolve({ command_id, request_id: "r", head: 0, ok: false, error } as unknown as Answer);
    enter();
    await until(() => text("Nothing is left."));
    await type("Adults", "two");
    enter();
    await onlyAt("Adults", "Adults is a whole number.");
    expect(text("Nothing is left.")).toBe(false);
  });

  it("stands alone where a booking is amended, too", async () => {
    const host = await booking();
    enter();
    await until(() => side() !== "booking");
    (await until(() => document.querySelector<HTMLElement>("main tbody tr"))).click();
    await click("Amend");
    const error = { code: "no_availability", message: "Nothing is left.", alternatives: [] };
    host.execute = ({ command_id }) =>
      Promise.resolve({ command_id, request_id: "r", head: 0, ok: false, error } as unknown as Answer);
    await type("Rooms", "2");
    field("Rooms")?.focus();
    enter();
    await until(() => text("Nothing is left."));
    await type("Rooms", "0");
    enter();
    await until(() => toldAt("Rooms") === "Rooms is a number from 1 to 500.");
    expect(text("Nothing is left.")).toBe(false);
  });

  it("goes when something is typed there", async () => {
    await booking();
    await type("Adults", "two");
    enter();
    await until(() => toldAt("Adults") !== "");
    await type("Adults", "2");
    expect(toldAt("Adults")).toBe("");
    expect(field("Adults")?.getAttribute("aria-invalid")).toBe("false");
    enter();
    await until(() => side() !== "booking");
  });
});

describe("a phone or an e-mail that is unusual", () => {
  it.each([
    ["E-mail", "ada.example.com", true],
    ["E-mail", "ada king@example.com", true],
    ["E-mail", " ada@example.com ", false],
    ["E-mail", "", false],
    ["Phone", "ask him", true],
    ["Phone", "٠١٢", false],
    ["Phone", "+49 170", false],
  ])("is told and forbids nothing: %s %s", async (name, typed, isTold) => {
    await booking();
    await type(name, typed);
    expect(toldAt(name) !== "").toBe(isTold);
    expect(field(name)?.getAttribute("aria-invalid")).toBe("false");
    field("Guest name")?.focus();
    enter();
    await until(() => side() !== "booking");
  });
});
