import type { Attachment } from "svelte/attachments";

/**
 * Where what has the focus is taken away, the heading of the region takes it; where it only has to wait (a button of
 * work that goes on), it has it again afterwards. Whoever works by keyboard is not thrown out to the beginning of the
 * window.
 */
export const keepsFocus: Attachment<HTMLElement> = (region) => {
  let last: HTMLElement | undefined;

  function entered({ target }: FocusEvent) {
    if (target instanceof HTMLElement) last = target;
  }

  function looked() {
    if (!last || document.activeElement !== document.body) return;
    if (last.isConnected) {
      if (!last.matches(":disabled")) last.focus();
    } else {
      last = undefined;
      region.querySelector<HTMLElement>("h2[tabindex]")?.focus();
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
  return () => {
    observer.disconnect();
    region.removeEventListener("focusin", entered);
  };
};
