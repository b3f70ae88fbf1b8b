// Work that goes on while another screen is looked at: whoever comes back finds it, with its Stop.
import { flushSync } from "svelte";
import { expect, it, vi } from "vitest";
import type { ImportRequest, Imported, ProgressEvent } from "../host";
import type { MemoryHost } from "../host/memory";
import { button, click, openSmallHotel, press, text, until } from "./testing";

async function go(place: string): Promise<void> {
  press("F10");
  const items = () => [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
  (await until(() => items().find((item) => item.textContent?.includes(place)))).click();
  await until(() => document.querySelector("[data-place] h3"));
}

async function leave(): Promise<void> {
  press("Escape");
  await until(() => document.querySelector("[data-place]") === null);
}

/** A field of a place. */
function fill(name: string, value: string): void {
  const label = [...document.querySelectorAll("[data-place] label")].find(
    (each) => each.querySelector("span")?.textContent === name,
  );
  const input = label?.querySelector("input") as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

/** An import that is under way until it is answered. */
async function importing(host: MemoryHost) {
  let answer: (found: Imported) => void = () => {};
  let stop: (why: unknown) => void = () => {};
  vi.spyOn(host, "import_bookings").mockImplementation((_: ImportRequest, hear) => {
    hear({ task: "import", done: 300, total: 900, text: "" } satisfies ProgressEvent);
    return new Promise((resolve, reject) => {
      answer = resolve;
      stop = reject;
    });
  });
  await go("Import and export");
  fill("File with bookings (CSV)", "bookings.csv");
  fill("Mapping (TOML)", "mapping.toml");
  await click("Dry run");
  await until(() => text("300 of 900"));
  return { answer: (found: Imported) => answer(found), stop: (why: unknown) => stop(why) };
}

it("an import is found again with its progress, and stopped", async () => {
  const host = await openSmallHotel();
  const { stop } = await importing(host);
  const stopped = vi.spyOn(host, "stop_work").mockImplementation(async () => {
    stop({ code: "cancelled", message: "Stopped.", request_id: "r" });
  });
  await leave();
  await go("Import and export");
  await until(() => text("300 of 900"));
  expect(button("Dry run")?.disabled).toBe(true);
  await click("Stop");
  expect(stopped).toHaveBeenCalledWith("import");
  await until(() => text("Stopped.") && !button("Stop"));
});

it("an import that ended meanwhile says what came of it", async () => {
  const host = await openSmallHotel();
  const { answer } = await importing(host);
  await leave();
  const counts = { read: 7, added: 5, already_there: 2, skipped: 0, bad_count: 0 };
  answer({ ...counts, bad: [], dry_run: true } as unknown as Imported);
  await go("Import and export");
  await until(() => text("7"));
  expect(button("Stop")).toBeUndefined();
  expect(button("Bring in")?.disabled).toBe(false);
});

it("a desk that joins a centre is found joining, and stopped", async () => {
  const host = await openSmallHotel();
  let stop = () => {};
  vi.spyOn(host, "enrol").mockImplementation((_, hear) => {
    hear({ task: "enrol", done: 4200, total: 0, text: "" });
    return new Promise((_resolve, reject) => {
      stop = () => reject({ code: "cancelled", message: "Stopped.", request_id: "r" });
    });
  });
  const stopped = vi.spyOn(host, "stop_work").mockImplementation(async () => stop());
  await go("Centre");
  fill("Address of the centre", "https://centre.example");
  fill("Code", "abc");
  fill("Name of this desk", "Reception");
  await click("Join");
  await until(() => text("4,200"));
  await leave();
  await go("Centre");
  await until(() => text("4,200"));
  await click("Stop");
  expect(stopped).toHaveBeenCalledWith("enrol");
  await until(() => !button("Stop") && text("Stopped."));
  // What it came to is said to whoever comes back, too.
  await leave();
  await go("Centre");
  await until(() => text("Stopped."));
});
