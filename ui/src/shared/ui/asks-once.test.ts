import { expect, it } from "vitest";
import { texts } from "../texts";
import { asksOnce } from "./asks-once";

function form() {
  const node = document.createElement("div");
  const field = document.createElement("input");
  node.append(field);
  document.body.append(node);
  const end = asksOnce(node) as () => void;
  const escape = () => {
    const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    field.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const type = () => field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return { node, escape, type, end };
}

it("leaves a form that nobody touched at once", () => {
  expect(form().escape()).toBe(false);
});

it("asks once where something was typed, and anew once more was typed", () => {
  const { node, escape, type, end } = form();
  type();
  expect(escape()).toBe(true);
  expect(node.querySelector("[role=alert]")?.textContent).toBe(texts.escapeAgain);
  expect(escape()).toBe(false);
  type();
  expect(node.querySelector("[role=alert]")).toBeNull();
  expect(escape()).toBe(true);
  end();
  expect(node.querySelector("[role=alert]")).toBeNull();
});
