import type { Attachment } from "svelte/attachments";
import { texts } from "../texts";

interface Begun {
  isTyped(): boolean;
  /** Says that the next one leaves the form; gives whether that had to be said. */
  asks(): boolean;
}

/** The forms that are open. */
const begun = new Set<Begun>();

/** Whether something was typed in a form that is still open. */
export function isSomethingTyped(): boolean {
  return [...begun].some((form) => form.isTyped());
}

/** Whatever puts something else in the place of a form asks this first: where it is true, the form asks and stays. */
export function asksFirst(): boolean {
  return [...begun].map((form) => form.asks()).includes(true);
}

/**
 * Keeps what was typed from one careless Esc: in a form in which something was typed the first one says that the next
 * one leaves it. What nobody touched is left at once. Whatever else would take its place is asked for twice as well.
 */
export const asksOnce: Attachment<HTMLElement> = (form) => {
  let typed = false;
  let said: HTMLElement | undefined;

  function unsay() {
    said?.remove();
    said = undefined;
  }

  function oninput() {
    typed = true;
    unsay();
  }

  function asks(): boolean {
    if (!typed || said) return false;
    said = document.createElement("p");
    said.className = "problem";
    said.setAttribute("role", "alert");
    said.textContent = texts.escapeAgain;
    form.append(said);
    said.scrollIntoView?.({ block: "nearest" });
    return true;
  }

  function onkeydown(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented || !asks()) return;
    event.preventDefault();
    event.stopPropagation();
  }

  const here: Begun = { isTyped: () => typed, asks };
  begun.add(here);
  form.addEventListener("input", oninput);
  form.addEventListener("keydown", onkeydown);
  return () => {
    begun.delete(here);
    form.removeEventListener("input", oninput);
    form.removeEventListener("keydown", onkeydown);
    unsay();
  };
};
