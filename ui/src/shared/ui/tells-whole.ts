import type { Attachment } from "svelte/attachments";

/**
 * What ends in dots says the whole of it where it is pointed at. Where all of it can be read there is no tooltip, which
 * would say it twice.
 */
export const tellsWhole: Attachment<HTMLElement> = (element) => {
  function look() {
    if (element.scrollWidth > element.clientWidth) element.title = element.textContent?.trim() ?? "";
    else element.removeAttribute("title");
  }

  const sizes = new ResizeObserver(look);
  sizes.observe(element);
  const words = new MutationObserver(look);
  words.observe(element, { characterData: true, childList: true, subtree: true });
  look();
  return () => {
    sizes.disconnect();
    words.disconnect();
  };
};
