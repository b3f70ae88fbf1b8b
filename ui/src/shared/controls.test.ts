// What the eye needs of the fields, in every palette.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sheet = (name: string) => readFileSync(`src/shared/${name}.css`, "utf8");
const [controls, theme] = [sheet("controls"), sheet("theme")];

const PALETTES = [...theme.matchAll(/^:root(?:\[data-palette="([a-z-]+)"\])? \{([^}]*)\}/gm)].map(
  ([, name = "light", tokens = ""]) => [name, tokens] as const,
);
const tokenOf = (tokens: string, name: string) =>
  new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(tokens)?.[1] ?? "";

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What a rule says of a property. */
function said(selector: string, property: string): string | undefined {
  const from = controls.indexOf(`\n${selector} {`);
  const rule = from < 0 ? "" : controls.slice(from, controls.indexOf("}", from));
  return new RegExp(`\\s${property}: ([^;]+);`).exec(rule)?.[1];
}

describe("a field that is in error", () => {
  it("is red, with the hands in it too", () => {
    const field = '.input[aria-invalid="true"]';
    expect(said(field, "border-color")).toBe("var(--danger)");
    expect(said(`${field}:focus-visible`, "outline-color")).toBe("var(--danger)");
  });

  it("has three palettes to be seen in", () => expect(PALETTES).toHaveLength(3));

  it.each(PALETTES)("stands out from what is around it: %s", (_, tokens) => {
    const danger = tokenOf(tokens, "danger");
    for (const around of ["bg", "bg-2"])
      expect(contrast(danger, tokenOf(tokens, around))).toBeGreaterThanOrEqual(4.5);
    expect(danger).not.toBe(tokenOf(tokens, "ring"));
  });
});
