import type { Attachment } from "svelte/attachments";

/** What says of a region what it is: its heading, or its tab. */
const HEADS = "h2[tabindex], [role='tab'][aria-selected='true']";

/**
 * Where what has the focus is taken away, the heading of the region, or its tab, takes it; where it only has to wait
 * (a button of work that goes on), it has it again afterwards. Whoever works by keyboard is not thrown out to the
 * beginning of the window, and whoever went elsewhere is not called back.
 */
export const keepsFocus: Attachment<HTMLElement> = (region) => {
  let last: HTMLElement | undefined;

  function entered({ target }: FocusEvent) {
    if (target instanceof HTMLElement) last = target;
  }

  // What is taken away, or waits, loses the focus without this event, or no longer as itself.
  function left({ target }: FocusEvent) {
    if (target === last && last?.isConnected && !last.matches(":disabled")) last = undefined;
  }

  function looked() {
    if (!last || document.activeElement !== document.body) return;
    if (last.isConnected) {
      if (!last.matches(":disabled")) last.focus();
    } else {
      last = undefined;
      region.querySelector<HTMLElement>(HEADS)?.focus();
    }
  }

  const observer = new MutationObserver(looked);
  observer.observe(region, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled"],
  });
  region.addEventListener("focusin", entered);
  region.addEventListener("focusout", left);
  return () => {
    observer.disconnect();
    region.removeEventListener("focusin", entered);
    region.removeEventListener("focusout", left);
  };
};
