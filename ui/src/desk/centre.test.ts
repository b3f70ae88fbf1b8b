import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Host } from "../host";
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
