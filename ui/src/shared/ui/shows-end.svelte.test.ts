import { flushSync } from "svelte";
import { expect, it, vi } from "vitest";
import { showsEnd } from "./shows-end.svelte";

it("shows the end of a path until somebody writes in it", () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  const input = document.body.appendChild(document.createElement("input"));
  Object.defineProperty(input, "scrollWidth", { value: 700 });
  const other = document.body.appendChild(document.createElement("button"));
  const attached: { detach?: () => void } = {};
  const leave = $effect.root(() => {
    attached.detach = showsEnd(() => "papers/arrivals.pdf")(input) ?? undefined;
  });
  flushSync();
  expect(input.scrollLeft).toBe(700);
  input.focus();
  input.scrollLeft = 0;
  flushSync();
  expect(input.scrollLeft).toBe(0);
  other.focus();
  expect(input.scrollLeft).toBe(700);
  attached.detach?.();
  leave();
});
