import type { Attachment } from "svelte/attachments";

/**
 * A box that may be narrower than what stands in it. While it is, it takes the focus, so that the arrow keys scroll it,
 * and has a name; while it is not, nobody has to pass by it.
 */
export function scrollsByKey(label: string): Attachment<HTMLElement> {
  return (box) => {
    function look() {
      const wide = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("overflows", wide);
      if (wide) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", label);
      } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }

    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    for (const inside of box.children) sizes.observe(inside);
    look();
    return () => sizes.disconnect();
  };
}
