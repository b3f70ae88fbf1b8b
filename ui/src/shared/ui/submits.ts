import type { Attachment } from "svelte/attachments";

/**
 * Makes an element a form: Enter in one of its fields, with Ctrl in one of several lines, and a click on its button of
 * type "submit" send it a "submit" event.
 *
 * A <form> does as much, but WebKitGTK keeps every control that ever stood in one, with all around it, for as long as
 * the page lives: 100 KB for each booking that is begun. In a window that is open for weeks nothing stands in
 * a <form>; a rule of the linter sees to it.
 */
export const submits: Attachment<HTMLElement> = (form) => {
  function submit() {
    form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  }

  function onclick({ target }: MouseEvent) {
    if (target instanceof Element && target.closest("button")?.type === "submit") submit();
  }

  function onkeydown(event: KeyboardEvent) {
    const { target, key, ctrlKey, metaKey, isComposing, defaultPrevented } = event;
    if (key !== "Enter" || isComposing || defaultPrevented) return;
    const isOfLines = target instanceof HTMLTextAreaElement && (ctrlKey || metaKey);
    if (!(target instanceof HTMLInputElement) && !isOfLines) return;
    const button = form.querySelector<HTMLButtonElement>("button[type='submit']");
    if (button?.disabled) return;
    event.preventDefault();
    submit();
  }

  form.addEventListener("click", onclick);
  form.addEventListener("keydown", onkeydown);
  return () => {
    form.removeEventListener("click", onclick);
    form.removeEventListener("keydown", onkeydown);
  };
};
