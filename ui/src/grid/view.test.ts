import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from "vitest";
import { GridModel } from "./model";
import { cell, FROM, gridBytes } from "./testing";
import { GridView, type GridEvents } from "./view";

const NIGHTS = 400;
const TYPE_COUNT = 40;
const types = Array.from({ length: TYPE_COUNT }, (_, i) => ({ code: `T${i}`, name: `Type ${i}`, rooms: 12 }));
let view: GridView;
let model: GridModel;
let events: { [K in keyof GridEvents]: Mock<GridEvents[K]> };

const grid = () => document.querySelector<HTMLElement>("[role=grid]") as HTMLElement;
const shown = () => [
  ...document.querySelectorAll<HTMLElement>(".kg-row:not([hidden]) > [role=gridcell]:not([hidden])"),
];
const labelled = (start: string) => shown().find((el) => el.getAttribute("aria-label")?.startsWith(start));
const active = () => document.getElementById(grid().getAttribute("aria-activedescendant") ?? "");
const press = (key: string, init: KeyboardEventInit = {}) => {
  grid().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  view.render();
};
const scrollTo = (left: number, top = 0) => {
  Object.assign(grid(), { scrollLeft: left, scrollTop: top });
  grid().dispatchEvent(new Event("scroll"));
  view.render();
};

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1100);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1100, 400));
  model = new GridModel(types, FROM, FROM + NIGHTS);
  const rows = types.map((_, row) =>
    Array.from({ length: NIGHTS }, (_, i) => cell({ sold: (row + i) % 12 })),
  );
  model.load(gridBytes(FROM, rows));
  events = { selected: vi.fn(), acted: vi.fn(), typedDate: vi.fn(), zoomed: vi.fn() };
  const parent = document.body.appendChild(document.createElement("div"));
  view = new GridView(parent, model, FROM + 3, events);
  view.render();
});
afterEach(() => view.destroy());

describe("the calendar grid", () => {
  it("tells its true size and draws only what fits", () => {
    expect(grid().getAttribute("aria-rowcount")).toBe(String(1 + TYPE_COUNT + 3));
    expect(grid().getAttribute("aria-colcount")).toBe(String(NIGHTS + 1));
    expect(shown().length).toBeLessThan(900);
    expect(labelled("Type 0, Fri 27 Nov 2026")?.textContent).toBe("12");
    expect(document.querySelectorAll("[role=columnheader]").length).toBeLessThan(40);
  });

  it("shows the right count in every node after any scroll", () => {
    for (const [left, top] of [
      [5000, 0],
      [5044, 300],
      [17000, 900],
      [0, 0],
    ] as const) {
      scrollTo(left, top);
      for (const el of shown()) {
        const row = Number(el.parentElement?.getAttribute("aria-rowindex")) - 2;
        const night = FROM + Number(el.getAttribute("aria-colindex")) - 2;
        expect(el.textContent).toBe(String(model.counts(row, night).roomsLeft));
        expect(el.getAttribute("aria-label")).toContain(`Type ${row},`);
      }
    }
  });

  it("keeps the cell in focus a node of its own when it is scrolled away", () => {
    view.select({ row: 2, anchor: FROM + 1, focus: FROM + 1 });
    view.render();
    const label = active()?.getAttribute("aria-label");
    expect(label).toContain("Type 2, Sat 28 Nov 2026");
    scrollTo(9000, 700);
    expect(active()?.getAttribute("aria-label")).toBe(label);
    expect(active()?.parentElement?.getAttribute("aria-rowindex")).toBe("4");
    scrollTo(0, 0);
    expect(active()?.getAttribute("aria-label")).toBe(label);
  });

  it("patches a cell, outlines it for 600 ms, and moves nothing", () => {
    vi.useFakeTimers();
    view.select({ row: 0, anchor: FROM, focus: FROM });
    const change = { room_type: "T1", night: FROM, ...cell({ sold: 13, version: 2 }) };
    const { changed } = model.apply({ since: 1, head: 2, reread: false, cells: [change], days: [] });
    view.refresh(changed);
    view.render();
    const el = labelled("Type 1, Fri 27 Nov 2026, 0 of 12 left, overbooked by 1");
    expect(el?.className).toBe("kg-cell over changed");
    expect(el?.textContent).toBe("−1");
    vi.advanceTimersByTime(601);
    view.render();
    expect(el?.className).toBe("kg-cell over");
    expect(view.selection).toEqual({ row: 0, anchor: FROM, focus: FROM });
    vi.useRealTimers();
  });

  it("shows what changed while its node was left over at the end of the calendar", () => {
    view.setZoom(14);
    const end =
      Number.parseFloat(document.querySelector<HTMLElement>(".kg-canvas")?.style.width ?? "") - 1100;
    scrollTo(end);
    const nights = shown().map((el) => Number(el.getAttribute("aria-colindex")));
    const left = Math.min(...nights) - 2;
    const back = () => (left - 3) * Number.parseFloat(shown()[0]?.style.width ?? "");
    const night = FROM + left - 1;
    scrollTo(back());
    view.select({ row: 0, anchor: night, focus: night });
    view.render();
    const seen = (which: string) => [
      ...document.querySelectorAll(`.kg-row:not(.kg-spare) > ${which}:not([hidden])`),
    ];
    const old = () => seen(`[aria-colindex="${left + 1}"]`);
    expect(old().length).toBeGreaterThan(0);
    scrollTo(end);
    expect(old()).toEqual([]);
    view.select({ row: 0, anchor: night + 4, focus: night + 4 });
    const change = { room_type: "T1", night, ...cell({ sold: 13, version: 2 }) };
    view.refresh(model.apply({ since: 1, head: 2, reread: false, cells: [change], days: [] }).changed);
    view.render();
    scrollTo(back());
    expect(seen("[aria-selected=true]").map((el) => Number(el.getAttribute("aria-colindex")))).toEqual([
      left + 5,
    ]);
    expect(old()[1]?.textContent).toBe("−1");
  });

  it("moves and extends by keys, and tells the chip what is free", () => {
    view.select({ row: 0, anchor: FROM, focus: FROM });
    press("ArrowDown");
    press("ArrowRight", { shiftKey: true });
    press("ArrowRight", { shiftKey: true });
    expect(view.selection).toEqual({ row: 1, anchor: FROM, focus: FROM + 2 });
    expect(document.querySelector(".kg-chip")?.textContent).toBe(
      "3 nights Fri 27 › Mon 30 Nov · at least 9 free",
    );
    press("Escape");
    expect(view.selection).toEqual({ row: 1, anchor: FROM + 2, focus: FROM + 2 });
    expect(events.acted).toHaveBeenLastCalledWith("clear");
  });

  it("goes to the house below the last type", () => {
    view.select({ row: TYPE_COUNT - 1, anchor: FROM, focus: FROM });
    press("ArrowDown");
    expect(view.selection?.row).toBe(model.houseRow);
    expect(active()?.getAttribute("aria-label")).toMatch(/^House, Fri 27 Nov 2026, .* of 480 left/);
    press("ArrowDown");
    expect(view.selection?.row).toBe(model.houseRow);
  });

  it("selects by dragging on one row, back and forth, and Escape gives the old selection back", () => {
    const before = { row: 5, anchor: FROM + 9, focus: FROM + 9 };
    view.select(before);
    const at = (name: string, x: number, y: number) =>
      (name === "pointerdown" ? grid() : window).dispatchEvent(
        new MouseEvent(name, { clientX: x, clientY: y, button: 0, bubbles: true, cancelable: true }),
      );
    at("pointerdown", 200, 70);
    at("pointermove", 330, 200);
    expect(view.selection).toEqual({ row: 0, anchor: FROM, focus: FROM + 3 });
    at("pointermove", 250, 70);
    expect(view.selection).toEqual({ row: 0, anchor: FROM, focus: FROM + 1 });
    press("Escape");
    expect(view.selection).toEqual(before);
    at("pointermove", 400, 70);
    expect(view.selection).toEqual(before);
  });

  it("asks for a date, a zoom and an action instead of doing them itself", () => {
    press("2");
    expect(events.typedDate).toHaveBeenCalledWith("2");
    press("]");
    expect(events.zoomed).toHaveBeenCalledWith(30);
    press("n");
    expect(events.acted).toHaveBeenCalledWith("new_booking");
  });

  it("keeps columns wide enough to be read, and the night at the left edge, through every zoom", () => {
    scrollTo(43 * 30);
    const width = () => document.querySelector<HTMLElement>(".kg-row .kg-cell")?.style.width ?? "";
    const left = () => Math.round(grid().scrollLeft / Number.parseFloat(width()));
    for (const days of [60, 7, 14, 30]) {
      view.setZoom(days);
      view.render();
      expect(left()).toBe(30);
    }
    view.setZoom(60);
    view.render();
    expect(width()).toBe("20px");
  });

  it("shows how many more may be sold in narrow columns too, and leaves only what does not fit to the label", () => {
    const full = (room_type: string, overbooking: number, sold = 12) => ({
      room_type,
      night: FROM,
      ...cell({ sold, overbooking, version: 2 }),
    });
    const cells = [full("T0", 1), full("T1", 123), full("T2", 14, 13)];
    model.apply({ since: 1, head: 2, reread: false, cells, days: [] });
    const small = () =>
      [0, 1, 2].map((row) => labelled(`Type ${row}, Fri 27 Nov 2026`)?.getAttribute("data-beyond") ?? "");
    view.setZoom(7);
    view.refresh();
    view.render();
    expect(small()).toEqual(["+1", "+123", "+13"]);
    view.setZoom(60);
    view.render();
    expect(small()).toEqual(["+1", "", ""]);
    expect(labelled("Type 1, Fri 27 Nov 2026")?.getAttribute("aria-label")).toContain(
      "123 more by overbooking",
    );
    expect(labelled("Type 2, Fri 27 Nov 2026")?.getAttribute("aria-label")).toContain(
      "13 more by overbooking",
    );
  });

  it("does not touch nodes whose content stays", () => {
    const watch = new MutationObserver(() => undefined);
    watch.observe(grid(), { subtree: true, childList: true, characterData: true, attributes: true });
    view.refresh();
    view.render();
    const touched = watch
      .takeRecords()
      .filter(({ target }) => (target as HTMLElement).classList?.contains("kg-cell"));
    watch.disconnect();
    expect(touched).toEqual([]);
  });

  it("reads again only the cells that a change or a step of the keys is about", () => {
    view.select({ row: 3, anchor: FROM, focus: FROM });
    view.render();
    const read = vi.spyOn(model, "counts");
    const drawn = vi.spyOn(model, "conditions");
    const painted = () => [
      ...new Set(
        drawn.mock.calls.filter(([row]) => row < TYPE_COUNT).map(([row, night]) => `${row}:${night}`),
      ),
    ];
    press("ArrowDown");
    expect(read.mock.calls.length).toBeLessThan(10);
    expect(labelled("Type 3, Fri 27 Nov")?.hasAttribute("aria-selected")).toBe(false);
    expect(labelled("Type 4, Fri 27 Nov")?.getAttribute("aria-selected")).toBe("true");
    const change = { room_type: "T1", night: FROM, ...cell({ sold: 13, version: 2 }) };
    const { changed } = model.apply({ since: 1, head: 2, reread: false, cells: [change], days: [] });
    drawn.mockClear();
    view.refresh(changed);
    view.render();
    expect(labelled("Type 1, Fri 27 Nov 2026, 0 of 12 left, overbooked by 1")).toBeDefined();
    // The house is a sum over the types, and is drawn anew as a whole; of the types it is that one cell.
    expect(painted()).toEqual([`1:${FROM}`]);
  });
});
