// Paths as the system of this machine writes them.
import type { DayPaper } from "../../host";

export type PaperName = DayPaper | "confirmation" | "registration_card";

/** "arrivals-2026-06-01.pdf", "confirmation-A12.pdf": what a file name may not hold is left out. */
export function fileName(paper: PaperName, of: string): string {
  const about = of.replace(/[^\p{L}\p{N}-]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${paper.replaceAll("_", "-")}${about ? `-${about}` : ""}.pdf`;
}

/** A folder that is written with backslashes goes on with them. */
const separator = (path: string) => (path.includes("\\") ? "\\" : "/");

export function inFolder(folder: string, name: string): string {
  if (folder === "") return name;
  const between = separator(folder);
  return folder.endsWith(between) ? folder + name : folder + between + name;
}

/** The folder of a file; the root keeps its separator. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf(separator(path));
  if (at < 0) return "";
  return at === 0 || path[at - 1] === ":" ? path.slice(0, at + 1) : path.slice(0, at);
}
