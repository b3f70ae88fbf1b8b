// The small number of a cell and the large one stand apart in the lowest row, whatever the width of a column.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const css = readFileSync("src/grid/grid.css", "utf8");
const COMPACT_ROW_REM = 1.75;
/** The size of all text, which large numbers have; and how high a figure stands, of the size of its text. */
const TEXT_REM = 0.8125;
const FIGURE = 0.73;

/** What the last rule for exactly this selector says. */
function said(selector: string, property: string): number {
  const values = [...css.matchAll(/([^{}]+)\{([^}]*)\}/g)]
    .filter(([, selectors = ""]) =>
      selectors
        .replace(/\/\*.*?\*\//gs, "")
        .split(",")
        .some((each) => each.trim() === selector),
    )
    .map(([, , rule = ""]) => new RegExp(`\\s${property}: ([\\d.]+)`).exec(rule)?.[1])
    .filter((value) => value !== undefined);
  return Number(values.at(-1) ?? 0);
}

it("the large number begins below the small one", () => {
  const small = ".kg-cell[data-beyond]::after";
  const size = said(small, "font-size");
  const smallEnds = said(small, "top") + (size * (said(small, "line-height") + FIGURE)) / 2;
  const middle = said(".kg-cell[data-beyond]", "padding-top") + (COMPACT_ROW_REM - 1 / 16) / 2;
  expect(size).toBeGreaterThan(0);
  expect(middle - (TEXT_REM * FIGURE) / 2).toBeGreaterThan(smallEnds);
});
