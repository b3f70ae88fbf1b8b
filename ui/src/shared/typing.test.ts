// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetsOnTheCalendar, forgetTyping } from "./typing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** A field of a panel and the calendar beside it. */
function desk() {
  document.body.innerHTML = "<aside><input><button>Book</button></aside><div role='grid' tabindex='0'></div>";
  const field = document.querySelector("input");
  const focus = (on: string) => {
    document.querySelector<HTMLElement>(on)?.focus();
    vi.runAllTimers();
  };
  const type = () => field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return { field, focus, type };
}

it("forgets what was typed once the calendar has the focus, and not before", () => {
  const { field, focus, type } = desk();
  const forget = vi.fn();
  const end = forgetsOnTheCalendar(forget, 1);

  focus("[role=grid]");
  expect(forget).not.toHaveBeenCalled();
  focus("input");
  type();
  focus("button");
  expect(forget).not.toHaveBeenCalled();
  field?.remove();
  focus("[role=grid]");
  focus("button");
  focus("[role=grid]");
  expect(forget).toHaveBeenCalledTimes(1);
  end();
});

it("keeps it for a form that is open while the calendar is looked at", () => {
  const { field, focus, type } = desk();
  const forget = vi.fn();
  const end = forgetsOnTheCalendar(forget, 1);

  focus("input");
  type();
  focus("[role=grid]");
  expect(forget).not.toHaveBeenCalled();
  // A form that closes hands the focus on first.
  focus("input");
  document.querySelector<HTMLElement>("[role=grid]")?.focus();
  field?.remove();
  vi.runAllTimers();
  expect(forget).toHaveBeenCalledTimes(1);
  end();
});

it("waits until much was typed, form after form", () => {
  const forget = vi.fn();
  const end = forgetsOnTheCalendar(forget, 5);

  for (const forgotten of [0, 0, 1, 1, 1, 2]) {
    const { field, focus, type } = desk();
    focus("input");
    type();
    type();
    field?.remove();
    focus("[role=grid]");
    expect(forget).toHaveBeenCalledTimes(forgotten);
  }
  end();
});

it("forgets nothing any more once it is ended", () => {
  const { field, focus, type } = desk();
  const forget = vi.fn();
  const end = forgetsOnTheCalendar(forget, 1);

  focus("input");
  type();
  field?.remove();
  end();
  focus("[role=grid]");
  expect(forget).not.toHaveBeenCalled();
});

it("leaves no frame behind, and the focus where it is", () => {
  document.body.innerHTML = "<div role='grid' tabindex='0'></div>";
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  grid?.focus();
  forgetTyping();
  expect(document.querySelector("iframe")).toBeNull();
  expect(document.activeElement).toBe(grid);
});
