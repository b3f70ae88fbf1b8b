import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CentreView, Host } from "../host";
import { Centre } from "./centre.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("asks no more once it is stopped, whatever answer was on its way", async () => {
  let answer: (view: null) => void = () => undefined;
  const asked = vi.fn(() => new Promise<null>((done) => (answer = done)));
  const centre = new Centre({ centre: asked } as unknown as Host, () => undefined);
  const looking = centre.look();
  centre.stop();
  answer(null);
  await looking;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(1);
});

it("looks again and again until then", async () => {
  const asked = vi.fn(() => Promise.resolve(null));
  const centre = new Centre({ centre: asked } as unknown as Host, () => undefined);
  await centre.look();
  await vi.advanceTimersByTimeAsync(46_000);
  expect(asked).toHaveBeenCalledTimes(4);
});

it("notes what went to and fro, the last first, and nothing where nothing did", async () => {
  const status = { reach: "online", queued: 0, cursor: 7 };
  const asked = vi.fn(() =>
    Promise.resolve({ status: { ...status }, reservations: [], nights: [] } as unknown as CentreView),
  );
  const centre = new Centre({ centre: asked } as unknown as Host, () => undefined);
  await centre.look();
  await centre.look();
  expect(centre.log).toEqual([]);
  Object.assign(status, { reach: "offline", queued: 3 });
  await centre.look();
  Object.assign(status, { reach: "online", queued: 1, cursor: 12 });
  await centre.look();
  centre.stop();
  expect(centre.log).toMatchObject([
    { answered: 2, cameDown: 5, reach: "online" },
    { answered: 0, cameDown: 0, reach: "offline" },
  ]);
});
