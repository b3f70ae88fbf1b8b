// What may be wider than its place, and what is too long to be read out.
import { flushSync, mount, unmount, createRawSnippet } from "svelte";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import Sideways from "./Sideways.svelte";
import ShortId from "./ShortId.svelte";

const SOURCES = import.meta.glob<string>("../../**/*.svelte", {
  query: "?raw",
  import: "default",
  eager: true,
});

function table(content: number, place: number): HTMLElement {
  vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockReturnValue(content);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(place);
  const children = createRawSnippet(() => ({ render: () => "<table></table>" }));
  const shown = mount(Sideways, { target: document.body, props: { label: "Trail", children } });
  onTestFinished(() => void unmount(shown));
  flushSync();
  return document.querySelector(".sideways") as HTMLElement;
}

describe("a table that is wider than its place", () => {
  it("is a region that the keys can scroll", () => {
    const box = table(900, 400);
    expect([box.getAttribute("role"), box.ariaLabel ?? box.getAttribute("aria-label"), box.tabIndex]).toEqual(
      ["region", "Trail", 0],
    );
  });

  it("takes no focus where all of it is seen", () => {
    const box = table(400, 400);
    expect([box.hasAttribute("role"), box.hasAttribute("tabindex")]).toEqual([false, false]);
  });

  it("has a place of its own that scrolls, on every screen", () => {
    const place = /<Sideways\s[^<]*>\s*$|<div\s[^<]*class="figures"[^<]*>\s*$/;
    const bare = Object.entries(SOURCES)
      .filter(([, source]) => !source.includes("{@attach scrollsByKey("))
      .filter(([, source]) =>
        [...source.matchAll(/<table/g)].some(({ index }) => !place.test(source.slice(0, index))),
      );
    expect(Object.keys(SOURCES).length).toBeGreaterThan(50);
    expect(bare.map(([file]) => file)).toEqual([]);
  });
});

describe("a tooltip", () => {
  it("repeats nothing: no element has one of its own", () => {
    const native = Object.entries(SOURCES).filter(([, source]) =>
      [...source.matchAll(/<([a-z][a-z0-9]*)\b(?:[^<>]|=>)*?\stitle=/g)].some(
        ([, name]) => name !== undefined,
      ),
    );
    expect(native.map(([file]) => file)).toEqual([]);
  });
});

describe("a long id", () => {
  const ID = "018f2b7e-5c3d-7abc-8def-0123456789ab";

  function shown(writeText: (text: string) => Promise<void>): HTMLElement {
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    onTestFinished(() => void vi.unstubAllGlobals());
    const made = mount(ShortId, { target: document.body, props: { id: ID, name: "Request" } });
    onTestFinished(() => void unmount(made));
    flushSync();
    return document.querySelector(".id") as HTMLElement;
  }
  const words = (box: HTMLElement) => box.querySelector("data")?.textContent;
  const button = (box: HTMLElement) => box.querySelector("button") as HTMLButtonElement;

  it("is shown by its last eight characters, and copied whole", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    const box = shown(writeText);
    expect(words(box)).toBe("…456789ab");
    expect(button(box).getAttribute("aria-label")).toBe("Copy: Request");
    button(box).click();
    await vi.waitFor(() => expect(button(box).textContent?.trim()).toBe("Copied"));
    expect(writeText).toHaveBeenCalledWith(ID);
  });

  it("is there to be marked by hand where nothing can be copied", async () => {
    const box = shown(() => Promise.reject(new Error("not allowed")));
    button(box).click();
    await vi.waitFor(() => expect(words(box)).toBe(ID));
  });
});
