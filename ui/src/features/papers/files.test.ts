import { describe, expect, it } from "vitest";
import { fileName, folderOf, inFolder } from "./files";

describe("the files of papers", () => {
  it.each([
    ["arrivals", "2026-06-01", "arrivals-2026-06-01.pdf"],
    ["registration_card", "A12/2", "registration-card-A12-2.pdf"],
    ["confirmation", "", "confirmation.pdf"],
    ["confirmation", "../é", "confirmation-é.pdf"],
  ] as const)("%s of %s is %s", (paper, of, expected) => {
    expect(fileName(paper, of)).toBe(expected);
  });

  it.each([
    ["/data/ana", "a.pdf", "/data/ana/a.pdf"],
    ["/", "a.pdf", "/a.pdf"],
    ["C:\\Users\\Ana", "a.pdf", "C:\\Users\\Ana\\a.pdf"],
    ["C:\\", "a.pdf", "C:\\a.pdf"],
  ])("%s and %s make %s, and the folder comes back", (folder, name, path) => {
    expect(inFolder(folder, name)).toBe(path);
    expect(folderOf(path)).toBe(folder);
  });

  it("a name without a folder has none", () => {
    expect(folderOf("a.pdf")).toBe("");
    expect(inFolder("", "a.pdf")).toBe("a.pdf");
  });
});
