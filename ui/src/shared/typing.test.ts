// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { forgetsOnTheCalendar, forgetTyping } from "./typing";

afterEach(() => document.body.replaceChildren());

it("forgets what was typed once the calendar has the focus, and not before", () => {
  document.body.innerHTML = "<input><button>Book</button><div role='grid' tabindex='0'></div>";
  const field = document.querySelector("input");
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  const forget = vi.fn();
  const end = forgetsOnTheCalendar(forget);
  const type = () => field?.dispatchEvent(new InputEvent("input", { bubbles: true }));

  grid?.focus();
  expect(forget).not.toHaveBeenCalled();
  field?.focus();
  type();
  document.querySelector("button")?.focus();
  expect(forget).not.toHaveBeenCalled();
  grid?.focus();
  field?.focus();
  grid?.focus();
  expect(forget).toHaveBeenCalledTimes(1);
  end();
  type();
  field?.focus();
  grid?.focus();
  expect(forget).toHaveBeenCalledTimes(1);
});

it("leaves no frame behind, and the focus where it is", () => {
  document.body.innerHTML = "<div role='grid' tabindex='0'></div>";
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  grid?.focus();
  forgetTyping();
  expect(document.querySelector("iframe")).toBeNull();
  expect(document.activeElement).toBe(grid);
});
