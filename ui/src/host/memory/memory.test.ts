import { beforeEach, describe, expect, it } from "vitest";
import type { Answer, Command, NewProperty } from "../bindings";
import { memoryHost, type MemoryHost } from ".";
import { MemoryInventory } from "./inventory";

const PROPERTY: NewProperty = {
  name: "Small",
  code: "SMALL",
  time_zone: "Europe/Lisbon",
  currency: "EUR",
  business_date: "2017-06-01",
  room_types: [
    { code: "D", name: "Double", rank: 1, rooms: 2, overbooking: 1 },
    { code: "S", name: "Suite", rank: 2, rooms: 1, overbooking: 0 },
  ],
};
let nowMs: number;
let host: MemoryHost;
const stay = { room_type: "D", arrival: "2017-06-03", departure: "2017-06-05", rooms: 1 };
const run = (command: Command, if_version?: number): Promise<Answer> =>
  host.execute({ command_id: crypto.randomUUID(), if_version, command });
const left = async (night = "2017-06-03") => (await host.cell({ room_type: "D", night })).counts.rooms_left;
const book = (rooms = 1) =>
  run({ kind: "reserve", stays: [{ ...stay, rooms }], guest: { name: "Ana Costa" } });

beforeEach(() => {
  nowMs = 1_000_000;
  host = memoryHost(new MemoryInventory(PROPERTY, () => nowMs, 60));
});

describe("the hotel in memory", () => {
  it("sells up to its overbooking and then refuses with alternatives", async () => {
    expect(await book(3)).toMatchObject({ ok: true });
    expect(await left()).toBe(-1);
    const answer = await book();
    expect(answer).toMatchObject({ ok: false, error: { code: "no_availability", night: "2017-06-03" } });
    if (!answer.ok) expect(answer.error.alternatives?.[0]).toMatchObject({ room_type: "S", available: 1 });
    expect(await left("2017-06-05")).toBe(2);
  });

  it("lets a hold go by itself when its time has come", async () => {
    await run({ kind: "place_hold", stays: [stay] });
    expect(await left()).toBe(1);
    nowMs += 10 * 60_000;
    expect(await left()).toBe(2);
  });

  it("converts a hold into a booking with the rooms that it held", async () => {
    const held = await run({ kind: "place_hold", stays: [{ ...stay, rooms: 3 }] });
    const hold = held.ok ? held.hold?.id : undefined;
    const booked = await run({
      kind: "reserve",
      stays: [{ ...stay, rooms: 3 }],
      guest: { name: "Ana" },
      hold,
    });
    expect(booked).toMatchObject({ ok: true });
    expect(await left()).toBe(-1);
  });

  it("takes a reservation through its life and undoes the last step", async () => {
    await book();
    expect(await run({ kind: "cancel", ids: ["A1"], reason: { code: "guest" } })).toMatchObject({ ok: true });
    expect(await left()).toBe(2);
    expect(await run({ kind: "undo" })).toMatchObject({ ok: true });
    expect(await left()).toBe(1);
    expect(await run({ kind: "check_out", ids: ["A1"] })).toMatchObject({
      ok: false,
      error: { code: "illegal_transition" },
    });
  });

  it("refuses a command made on an older version of the reservation", async () => {
    await book();
    await run({ kind: "amend", id: "A1", stays: [{ ...stay, departure: "2017-06-06" }] }, 1);
    const late = await run({ kind: "amend", id: "A1", stays: [stay] }, 1);
    expect(late).toMatchObject({ ok: false, error: { code: "stale" } });
    expect(await left("2017-06-05")).toBe(1);
  });

  it("takes rooms out of order and back, and never more than there are", async () => {
    const outage = { room_type: "D", from: "2017-06-03", back_on: "2017-06-04", reason: "Paint" };
    expect(await run({ kind: "add_outage", ...outage, rooms: 3 })).toMatchObject({ ok: false });
    const added = await run({ kind: "add_outage", ...outage, rooms: 2 });
    expect(await left()).toBe(0);
    const id = added.ok ? (added.outage?.id ?? "") : "";
    await run({ kind: "end_outage", id });
    expect(await left()).toBe(2);
  });

  it("tells the cells and days that changed since a head", async () => {
    await book();
    const changes = await host.changes({ since: 0 });
    expect(changes.cells.map(({ night, sold, version }) => [night, sold, version])).toEqual([
      [17320, 1, 2],
      [17321, 1, 2],
    ]);
    expect(changes.days.map(({ arrivals, departures }) => [arrivals, departures])).toContainEqual([1, 0]);
  });

  it("moves a night to another type and splits a stay off", async () => {
    await book(2);
    await run({ kind: "move_night", id: "A1", stay: 2, night: "2017-06-03", room_type: "S" });
    expect(await left()).toBe(1);
    const made = await run({ kind: "split", id: "A1", stay: 2 });
    expect(made).toMatchObject({ ok: true, reservation: { number: "A2" } });
    expect((await host.reservation({ id: "A2" })).stays).toHaveLength(1);
  });
});
