import type { Attachment } from "svelte/attachments";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const CONTROLS = "button, input, select, textarea, summary, a[href], footer";
/** After these the controls may lie elsewhere; a drawer comes in with a transition. */
const MOVES = ["resize", "focusin", "transitionend"];
/** Between what floats and the rest, in pixels. */
const GAP = 8;

const overlap = (one: Box, other: Box) =>
  one.left < other.left + other.width + GAP &&
  other.left < one.left + one.width + GAP &&
  one.top < other.top + other.height + GAP &&
  other.top < one.top + one.height + GAP;

/**
 * Where something of that size lies over none of what is taken: where it lies now, or else as far below as it can, in
 * the middle, at the left or at the right. Nothing where there is no such place.
 */
export function freePlace(
  size: { width: number; height: number },
  view: { width: number; height: number },
  taken: readonly Box[],
  now?: Box,
): { left: number; top: number } | undefined {
  const isFree = (place: Box) => taken.every((each) => !overlap(place, each));
  if (now && isFree({ ...now, ...size }) && now.top + size.height <= view.height) return now;
  const right = view.width - size.width - GAP;
  for (let top = view.height - size.height - GAP; top >= GAP; top -= GAP) {
    for (const left of [(view.width - size.width) / 2, GAP, right]) {
      if (isFree({ left, top, ...size })) return { left, top };
    }
  }
  return undefined;
}

/** Keeps what floats over the window off its buttons and fields, as far as there is room. */
export const coversNothing: Attachment<HTMLElement> = (floating) => {
  let now: Box | undefined;

  function place() {
    const { width, height } = floating.getBoundingClientRect();
    if (height === 0) {
      now = undefined;
      return;
    }
    const all = [...document.querySelectorAll<HTMLElement>(CONTROLS)];
    const seen = all.filter(
      (each) => !floating.contains(each) && getComputedStyle(each).visibility !== "hidden",
    );
    const taken = seen.map((each) => each.getBoundingClientRect()).filter((box) => box.width > 0);
    const free = freePlace({ width, height }, { width: innerWidth, height: innerHeight }, taken, now);
    now = free && { ...free, width, height };
    floating.style.cssText = free
      ? `left: ${free.left}px; top: ${free.top}px; bottom: auto; transform: none`
      : "";
  }

  const sizes = new ResizeObserver(place);
  sizes.observe(floating);
  const lines = new MutationObserver(place);
  lines.observe(floating, { childList: true });
  for (const event of MOVES) addEventListener(event, place);
  return () => {
    sizes.disconnect();
    lines.disconnect();
    for (const event of MOVES) removeEventListener(event, place);
  };
};
