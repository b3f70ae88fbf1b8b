import { describe, expect, it } from "vitest";
import { freePlace, type Box } from "./covers-nothing";

const VIEW = { width: 900, height: 600 };
const SIZE = { width: 300, height: 40 };
const FOOTER: Box = { left: 0, top: 574, width: 900, height: 26 };
/** A form on the right, with its buttons at its end. */
const BUTTONS: Box = { left: 580, top: 500, width: 300, height: 60 };
const BEFORE: Box = { left: 20, top: 500, width: 300, height: 60 };

describe("what floats over the window", () => {
  it.each<[string, Box[], Box | undefined, { left: number; top: number } | undefined]>([
    ["lies at the end, in the middle", [], undefined, { left: 300, top: 552 }],
    ["lies above the footer", [FOOTER], undefined, { left: 300, top: 520 }],
    ["lies beside the buttons of a form", [FOOTER, BUTTONS], undefined, { left: 8, top: 520 }],
    ["lies above buttons on either side", [FOOTER, BUTTONS, BEFORE], undefined, { left: 300, top: 448 }],
    ["stays where it is free", [FOOTER], { left: 8, top: 100, ...SIZE }, { left: 8, top: 100 }],
    ["leaves where it is not", [FOOTER, BUTTONS], { left: 560, top: 510, ...SIZE }, { left: 8, top: 520 }],
    ["has no place in a window full of buttons", [{ left: 0, top: 0, ...VIEW }], undefined, undefined],
  ])("%s", (_, taken, now, place) => {
    const free = freePlace(SIZE, VIEW, taken, now);
    expect(free && { left: free.left, top: free.top }).toEqual(place);
  });
});
