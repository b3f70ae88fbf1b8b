import { afterEach, expect, it } from "vitest";
import { dayOf } from "./dates";
import { instant } from "./format";
import { midnight, readZone } from "./zone";

afterEach(() => readZone(undefined));

it("tells instants by the hotel's clock, wherever the machine stands", () => {
  const now = new Date("2026-06-01T10:00:00Z");
  readZone("Europe/Lisbon");
  expect(instant("2026-06-01T08:05:00Z", now)).toBe("9:05");
  readZone("Asia/Tokyo");
  expect(instant("2026-06-01T08:05:00Z", now)).toBe("17:05");
  expect(instant("2026-05-31T14:05:00Z", now)).toBe("31 May, 23:05");
});

it("begins a day at the hotel's midnight, also where clocks are changed on it", () => {
  for (const [zone, civil, expected] of [
    ["Europe/Berlin", "2026-06-01", "2026-05-31T22:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["Europe/Berlin", "2026-10-26", "2026-10-25T23:00:00.000Z"],
    ["America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    ["Pacific/Auckland", "2026-01-15", "2026-01-14T11:00:00.000Z"],
  ] as const) {
    readZone(zone);
    expect(midnight(dayOf(civil)).toISOString(), zone).toBe(expected);
  }
});

it("goes by the machine's clock where the zone is not known", () => {
  readZone("Nowhere/At_All");
  expect(midnight(dayOf("2026-06-01")).getTime()).toBe(new Date(2026, 5, 1).getTime());
});
