// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deedsDe } from "./de";
import { deedsEn } from "./en";
import { deedsEs } from "./es";
import { deedsFr } from "./fr";
import { deedsPt } from "./pt";

/** The names in a list of the program's source. */
function listed(file: string, list: string): string[] {
  const source = readFileSync(new URL(`../../../../../crates/${file}`, import.meta.url), "utf8");
  const body = source.split(`const ${list}:`)[1]?.split("];")[0] ?? "";
  return [...body.matchAll(/"([a-z_]+)"/g)].map(([, name]) => name ?? "");
}

describe("the audit trail's words", () => {
  const known = [
    ...listed("inventory/src/command/kinds.rs", "KINDS"),
    ...listed("desk/src/trail.rs", "ACTS"),
  ].sort();

  it("reads the program's own lists", () => expect(known.length).toBeGreaterThan(60));

  it.each(Object.entries({ deedsEn, deedsDe, deedsFr, deedsEs, deedsPt }))(
    "%s names each command and act, and nothing else",
    (_, deeds) => expect(Object.keys(deeds).sort()).toEqual(known),
  );
});
