import type { Attachment } from "svelte/attachments";

/**
 * Selects what stands in a field when it is entered, by a key or by a click: what is typed then takes its place.
 * The mouse that is let go would set the caret; where something of it was selected by dragging, that stays.
 */
export const selectsWhole: Attachment<HTMLInputElement> = (input) => {
  let entered = false;

  function onfocus() {
    entered = true;
    input.select();
  }

  function onmouseup(event: MouseEvent) {
    if (!entered) return;
    entered = false;
    const { selectionStart: from, selectionEnd: to, value } = input;
    const dragged = from !== to && !(from === 0 && to === value.length);
    if (dragged) return;
    input.select();
    event.preventDefault();
  }

  input.addEventListener("focus", onfocus);
  input.addEventListener("mouseup", onmouseup);
  return () => {
    input.removeEventListener("focus", onfocus);
    input.removeEventListener("mouseup", onmouseup);
  };
};
