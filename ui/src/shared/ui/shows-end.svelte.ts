import type { Attachment } from "svelte/attachments";

/** Shows the end of what stands in a field that nobody writes in: of a path, that is the file's name. */
export function showsEnd(value: () => string): Attachment<HTMLInputElement> {
  return (input) => {
    const scroll = () => {
      if (input !== document.activeElement) input.scrollLeft = input.scrollWidth;
    };
    // The field has its value and its width by then.
    const sizes = new ResizeObserver(scroll);
    sizes.observe(input);
    input.addEventListener("blur", scroll);
    $effect(() => {
      void value();
      scroll();
    });
    return () => {
      sizes.disconnect();
      input.removeEventListener("blur", scroll);
    };
  };
}
