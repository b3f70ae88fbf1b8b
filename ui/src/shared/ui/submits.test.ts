// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { submits } from "./submits";

afterEach(() => document.body.replaceChildren());

function made(): { form: HTMLElement; submit: ReturnType<typeof vi.fn>; leave: (() => void) | void } {
  const form = document.createElement("div");
  form.innerHTML =
    "<input><textarea></textarea><button type='button'>Back</button><button type='submit'><b>Book</b></button>";
  const submit = vi.fn();
  form.addEventListener("submit", submit);
  document.body.append(form);
  return { form, submit, leave: submits(form) };
}

function enter(at: Element | null, more: KeyboardEventInit = {}): void {
  at?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
}

it("is submitted by Enter in a field and by its button, and by nothing else", () => {
  const { form, submit } = made();
  enter(form.querySelector("input"));
  expect(submit).toHaveBeenCalledTimes(1);
  form.querySelector("b")?.click();
  expect(submit).toHaveBeenCalledTimes(2);
  form.querySelector("button")?.click();
  enter(form.querySelector("textarea"));
  enter(form.querySelector("button"));
  enter(form.querySelector("input"), { isComposing: true });
  expect(submit).toHaveBeenCalledTimes(2);
});

it("is submitted from a text of several lines by Ctrl and Enter", () => {
  const { form, submit } = made();
  enter(form.querySelector("textarea"), { ctrlKey: true });
  expect(submit).toHaveBeenCalledTimes(1);
});

it("is not submitted while its button is disabled, nor after it was taken away", () => {
  const { form, submit, leave } = made();
  const button = form.querySelector<HTMLButtonElement>("button[type='submit']");
  if (button) button.disabled = true;
  enter(form.querySelector("input"));
  button?.click();
  expect(submit).not.toHaveBeenCalled();
  if (button) button.disabled = false;
  leave?.();
  enter(form.querySelector("input"));
  button?.click();
  expect(submit).not.toHaveBeenCalled();
});
