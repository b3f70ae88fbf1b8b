import type { Attachment } from "svelte/attachments";

/**
 * Selects what stands in a field when it is entered, by a key or by a click: what is typed then takes its place.
 * A click sets the caret after the focus came, and so the text is selected once more; where something of it was
 * selected by dragging, that stays.
 */
export const selectsWhole: Attachment<HTMLInputElement> = (input) => {
  let entered = false;

  function onfocus() {
    entered = true;
    input.select();
  }

  function onclick() {
    if (entered && input.selectionStart === input.selectionEnd) input.select();
    entered = false;
  }

  input.addEventListener("focus", onfocus);
  input.addEventListener("click", onclick);
  return () => {
    input.removeEventListener("focus", onfocus);
    input.removeEventListener("click", onclick);
  };
};
