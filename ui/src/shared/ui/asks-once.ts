import type { Attachment } from "svelte/attachments";
import { texts } from "../texts";

/**
 * Keeps what was typed from one careless Esc: in a form in which something was typed the first one says that the next
 * one leaves it. What nobody touched is left at once.
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

  function onkeydown(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented || !typed || said) return;
    event.preventDefault();
    event.stopPropagation();
    said = document.createElement("p");
    said.className = "problem";
    said.setAttribute("role", "alert");
    said.textContent = texts.escapeAgain;
    form.append(said);
    said.scrollIntoView?.({ block: "nearest" });
  }

  form.addEventListener("input", oninput);
  form.addEventListener("keydown", onkeydown);
  return () => {
    form.removeEventListener("input", oninput);
    form.removeEventListener("keydown", onkeydown);
    unsay();
  };
};
