import { beforeEach, describe, expect, it, vi, type Mock } from "vitest";
import { memoryHost, type MemoryHost } from "../host/memory";
import { MemoryInventory } from "../host/memory/inventory";
import { sampleProperty } from "../host/memory/sample";
import type { Host } from "../host";
import { dayOf } from "../shared/dates";
import { Feed, type FeedEvents } from "./feed";

const NIGHT = dayOf("2017-06-10");
let memory: MemoryHost;
let events: { [K in keyof FeedEvents]: Mock<FeedEvents[K]> };

beforeEach(() => {
  memory = memoryHost(new MemoryInventory(sampleProperty(3), () => 1_000_000, 300));
  events = { counted: vi.fn(), happened: vi.fn(), reopened: vi.fn(), failed: vi.fn() };
});

async function startWith(change: Partial<Host> = {}): Promise<Feed> {
  const feed = new Feed({ ...memory, ...change }, await memory.property(), events);
  await feed.start(dayOf("2017-06-01"));
  await feed.poke();
  return feed;
}
const sell = (rooms = 1) =>
  memory.execute({
    command_id: crypto.randomUUID(),
    command: {
      kind: "reserve",
      stays: [{ room_type: "A", arrival: "2017-06-10", departure: "2017-06-12", rooms }],
      guest: { name: "Ana" },
    },
  });
const sold = (feed: Feed) => feed.model.counts(feed.model.row("A") ?? -1, NIGHT).sold;

describe("the feed of the calendar", () => {
  it("reads the nights round the business date first, and then all the others", async () => {
    const grid = vi.fn(memory.grid);
    const feed = await startWith({ grid });
    expect(grid.mock.calls.map(([{ from, nights }]) => [from, nights])).toEqual([
      ["2017-06-01", 140],
      ["2017-10-19", 160],
    ]);
    expect(feed.model.isRead(feed.model.to - 1)).toBe(true);
  });

  it("patches what was changed elsewhere, and says which cells", async () => {
    const feed = await startWith();
    await sell(2);
    await feed.poke();
    expect(sold(feed)).toBe(2);
    const row = feed.model.row("A");
    expect(events.counted).toHaveBeenLastCalledWith([
      { row, night: NIGHT },
      { row, night: NIGHT + 1 },
    ]);
    expect(events.happened).toHaveBeenCalledTimes(1);
  });

  it("asks once for any number of changes told while a read is waiting", async () => {
    const changes = vi.fn(memory.changes);
    const feed = await startWith({ changes });
    changes.mockClear();
    await sell();
    await Promise.all([feed.poke(), feed.poke(), feed.poke()]);
    expect(changes).toHaveBeenCalledTimes(1);
    expect(sold(feed)).toBe(1);
  });

  it("a gap in the head is mended by reading the range again", async () => {
    let gap = false;
    const grid = vi.fn(memory.grid);
    const feed = await startWith({
      grid,
      changes: async ({ since }) => ({
        ...(await memory.changes({ since })),
        since: gap ? since + 1 : since,
      }),
    });
    await sell(3);
    gap = true;
    grid.mockClear();
    await feed.poke();
    expect(grid).toHaveBeenCalledTimes(1);
    expect(sold(feed)).toBe(3);
    expect(feed.model.head).toBe(memory.inventory?.head);
  });

  it("a read that fails is told, and the next one is made all the same", async () => {
    let broken = false;
    const feed = await startWith({
      changes: (request) =>
        broken ? Promise.reject({ code: "busy", message: "Busy." }) : memory.changes(request),
    });
    broken = true;
    await sell();
    await feed.poke();
    expect(events.failed).toHaveBeenCalledWith({ code: "busy", message: "Busy." });
    broken = false;
    await feed.poke();
    expect(sold(feed)).toBe(1);
  });

  it("tells the generation that it read, so that counts written anew are read again", async () => {
    const changes = vi.fn(memory.changes);
    const property = await memory.property();
    const feed = await startWith({ changes, property: async () => ({ ...property, generation: 7 }) });
    expect(changes).toHaveBeenLastCalledWith({ since: feed.model.head, generation: 1 });
    changes.mockImplementationOnce(async (request) => ({
      ...(await memory.changes(request)),
      catalogue: true,
    }));
    await feed.poke();
    await feed.poke();
    expect(changes).toHaveBeenLastCalledWith({ since: feed.model.head, generation: 7 });
  });

  it("a changed catalogue brings another model", async () => {
    const feed = await startWith({
      changes: async (request) => ({ ...(await memory.changes(request)), catalogue: true }),
    });
    const before = feed.model;
    await feed.poke();
    expect(events.reopened).toHaveBeenCalled();
    expect(feed.model).not.toBe(before);
    expect(feed.model.isRead(NIGHT)).toBe(true);
  });
});
