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

/** A frame costs the program 7 KB that it never gets back, as much as two dozen letters: so not after each word. */
const MANY_LETTERS = 200;

/** Whether a form with the field is still there, in which it can be gone on with. */
function isOpen(field: Element): boolean {
  return field.isConnected && field.closest("aside, [data-place]") !== null;
}

/**
 * Forgets what was typed, once it is much, when the calendar has the focus again, and no form that was typed into is
 * open any more: there Ctrl+Z takes back what was done in the hotel. Gives what ends that.
 */
export function forgetsOnTheCalendar(forget = forgetTyping, many = MANY_LETTERS): () => void {
  const fields = new Set<Element>();
  let letters = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  function input({ target }: Event) {
    if (!(target instanceof Element)) return;
    fields.add(target);
    letters += 1;
  }

  function focusin({ target }: FocusEvent) {
    if (fields.size === 0 || !(target instanceof Element) || !target.matches("[role=grid]")) return;
    // A form that closes hands the focus on before it is gone.
    clearTimeout(soon);
    soon = setTimeout(() => {
      if ([...fields].some(isOpen)) return;
      fields.clear();
      if (letters < many) return;
      letters = 0;
      forget();
    });
  }

  addEventListener("input", input);
  addEventListener("focusin", focusin);
  return () => {
    clearTimeout(soon);
    removeEventListener("input", input);
    removeEventListener("focusin", focusin);
  };
}
