// What was typed and could be taken back in its field.

/**
 * Has the engine forget it. WebKitGTK keeps each letter that is typed, 300 bytes for one, and the fields that it was
 * typed into, for as long as the page lives; it lets go of all of them with the document of a frame. There is no
 * other way to ask for it.
 */
export function forgetTyping(): void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.body.append(frame);
  frame.remove();
}

/**
 * Forgets what was typed whenever the calendar has the focus again: there Ctrl+Z takes back what was done in the hotel.
 * Gives what ends that.
 */
export function forgetsOnTheCalendar(forget = forgetTyping): () => void {
  let typed = false;

  function input() {
    typed = true;
  }

  function focusin({ target }: FocusEvent) {
    if (!typed || !(target instanceof Element) || !target.matches("[role=grid]")) return;
    typed = false;
    forget();
  }

  addEventListener("input", input);
  addEventListener("focusin", focusin);
  return () => {
    removeEventListener("input", input);
    removeEventListener("focusin", focusin);
  };
}
