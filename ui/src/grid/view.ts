// The calendar grid: a native scroller over three years of nights, with as many nodes as fit on the screen.
// Invariants: a frame writes only to nodes whose content differs; layout is read once a frame, before any write.
import { Body } from "./body";
import { Foot } from "./foot";
import { Head } from "./head";
import { meaningOf, type GridAction, type KeyMeaning } from "./keys";
import { Marks, type Viewport } from "./marks";
import { GridModel } from "./model";
import { Drag } from "./pointer";
import { columnWidth, element, isRoomy, isWide, ZOOM_DAYS, type Scene } from "./scene";
import { cellsOf, single, step, type Selection, type Step } from "./selection";
import type { Window } from "./strip";
import { texts } from "../shared/texts";

export interface GridEvents {
  /** `byHand`: by the mouse or the keys in the grid, not by the rest of the window. */
  selected(selection: Selection | undefined, byHand: boolean): void;
  acted(action: GridAction): void;
  typedDate(typed: string): void;
  zoomed(days: number): void;
}

const OVERSCAN_COLUMNS = 2;
const OVERSCAN_ROWS = 1;
const FLASH_MS = 600;
const COMPACT_ROW_REM = 1.75;
const COMFORTABLE_ROW_REM = 2.25;
/** Rows are comfortable where the whole grid then still leaves room for the day sheet. */
/** The line above the foot: left out of its height, it alone would make the calendar scroll. */
const FOOT_LINE_PX = 1;
const COMFORTABLE_SHARE = 0.6;
const FALLBACK_PX = 1000;

export class GridView {
  private readonly outer: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly canvas: HTMLElement;
  private readonly scene: Scene;
  private readonly head: Head;
  private readonly body: Body;
  private readonly foot: Foot;
  private readonly marks: Marks;
  private readonly drag: Drag;
  private readonly resizes: ResizeObserver | undefined;
  private readonly view: Viewport = {
    scrollLeft: 0,
    scrollTop: 0,
    width: 0,
    height: 0,
    headPx: 0,
    footPx: 0,
  };
  private zoomDays = 21;
  private frame = 0;
  private repaint = true;
  /** Cells to paint anew where not all of them are. */
  private stale: { row: number; night: number }[] = [];
  private recounted = false;
  private reselected = false;
  private readonly flashed: { row: number; night: number }[] = [];
  private flashTimer: ReturnType<typeof setTimeout> | undefined;
  private shownKey = "";

  constructor(
    parent: HTMLElement,
    model: GridModel,
    businessDate: number,
    private readonly events: GridEvents,
  ) {
    this.outer = element(parent, "kg");
    this.scroller = element(this.outer, "kg-scroll", "grid");
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("aria-label", texts.gridName);
    this.canvas = element(this.scroller, "kg-canvas", "presentation");
    this.scene = {
      model,
      businessDate,
      selection: undefined,
      flashing: new Set(),
      columnPx: 44,
      roomy: true,
      remPx: 16,
      wide: true,
      rowPx: 28,
      leftPx: 180,
    };
    this.head = new Head(this.canvas, this.scene);
    this.body = new Body(this.canvas, this.scene);
    this.foot = new Foot(this.canvas, this.scene);
    this.marks = new Marks(this.outer, this.body.el, this.foot.houseRow, this.scene);
    this.drag = new Drag(this.scroller, this.dragTarget());
    this.scroller.addEventListener("scroll", this.scrolled, { passive: true });
    this.scroller.addEventListener("keydown", this.pressed);
    this.resizes =
      typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(() => this.measure());
    this.resizes?.observe(this.outer);
    this.measure();
  }

  destroy(): void {
    this.resizes?.disconnect();
    this.drag.destroy();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.flashTimer);
    this.outer.remove();
  }

  focus(): void {
    this.scroller.focus({ preventScroll: true });
  }

  get selection(): Selection | undefined {
    return this.scene.selection;
  }

  setZoom(days: number): void {
    if (days === this.zoomDays) return;
    const { selection } = this;
    const kept = selection !== undefined && this.shows(selection.focus) ? selection : undefined;
    this.zoomDays = days;
    this.measure();
    if (kept) this.reveal(kept);
  }

  setBusinessDate(day: number): void {
    this.scene.businessDate = day;
    this.draw(true);
  }

  select(selection: Selection | undefined): void {
    this.choose(selection, true, false);
  }

  private choose(selection: Selection | undefined, reveal: boolean, byHand: boolean): void {
    for (const each of [this.selection, selection]) if (each) this.stale.push(...cellsOf(each));
    this.reselected = true;
    this.scene.selection = selection;
    if (selection && reveal) this.reveal(selection);
    this.draw(false);
    this.events.selected(selection, byHand);
  }

  /** Puts a night at the left edge, with a day before it so that one sees where one came from. */
  showNight(night: number): void {
    const { model, columnPx } = this.scene;
    this.scrollTo(Math.max(0, night - model.from - 1) * columnPx, this.view.scrollTop);
  }

  /** Moves what is shown by a number of visible screens. */
  page(screens: number): void {
    const columns = Math.max(1, this.visibleColumns() - 1);
    this.scrollTo(this.view.scrollLeft + screens * columns * this.scene.columnPx, this.view.scrollTop);
  }

  /** Draws again what changed, and outlines the cells for a moment; everything where no cells are named. */
  refresh(changed: readonly { row: number; night: number }[] = []): void {
    if (changed.length === 0) return this.draw(true);
    for (const { row, night } of changed) this.scene.flashing.add(`${row}:${night}`);
    this.flashed.push(...changed);
    clearTimeout(this.flashTimer);
    this.flashTimer = setTimeout(() => {
      this.scene.flashing.clear();
      this.stale.push(...this.flashed.splice(0));
      this.draw(false);
    }, FLASH_MS);
    this.stale.push(...changed);
    this.recounted = true;
    this.draw(false);
  }

  /** Reads the sizes that depend on the window and the text, then draws everything. */
  measure(): void {
    const { scene, view } = this;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const middle = this.scene.model.from + view.scrollLeft / scene.columnPx;
    view.width = this.scroller.clientWidth || FALLBACK_PX;
    view.height = this.scroller.clientHeight || FALLBACK_PX;
    scene.leftPx = Math.round(Math.min(rem * 11.25, view.width * 0.3));
    view.headPx = Math.round(rem * 3.5);
    const rows = scene.model.types.length;
    const footRows = 3;
    const available = window.innerHeight * COMFORTABLE_SHARE;
    const comfortable = COMFORTABLE_ROW_REM * rem * (rows + footRows) + view.headPx <= available;
    scene.rowPx = Math.round(rem * (comfortable ? COMFORTABLE_ROW_REM : COMPACT_ROW_REM));
    view.footPx = Math.round(scene.rowPx * footRows) + FOOT_LINE_PX;
    scene.columnPx = columnWidth(view.width - scene.leftPx, this.zoomDays, rem);
    scene.remPx = rem;
    scene.roomy = isRoomy(scene.columnPx, rem);
    scene.wide = isWide(scene.columnPx, rem);
    this.setSize("--kg-left", scene.leftPx);
    this.setSize("--kg-row", scene.rowPx);
    this.setSize("--kg-head", view.headPx);
    this.outer.classList.toggle("narrow", !scene.roomy);
    this.outer.classList.toggle("stacked", !scene.wide);
    this.canvas.style.width = `${scene.leftPx + scene.model.nights * scene.columnPx}px`;
    this.canvas.style.height = `${view.headPx + rows * scene.rowPx + view.footPx}px`;
    const barPx = this.scroller.offsetHeight - this.scroller.clientHeight;
    const fullPx = view.headPx + rows * scene.rowPx + view.footPx + barPx;
    this.setSize("--kg-full", fullPx);
    this.body.setHeight(rows);
    this.scroller.setAttribute("aria-rowcount", String(rows + 1 + footRows));
    this.scroller.setAttribute("aria-colcount", String(scene.model.nights + 1));
    // The night at the left edge stays there whatever the width of a column becomes.
    this.scrollTo(Math.round((middle - scene.model.from) * scene.columnPx), view.scrollTop);
    this.draw(true);
  }

  /** Only what the window's own size decides is a variable, and only what changed is written: see `Slot.place`. */
  private setSize(name: string, px: number): void {
    const value = `${px}px`;
    const { style } = this.outer;
    if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
  }

  private scrollTo(left: number, top: number): void {
    this.scroller.scrollLeft = left;
    this.scroller.scrollTop = top;
    this.scrolled();
  }

  private readonly scrolled = () => {
    this.view.scrollLeft = this.scroller.scrollLeft;
    this.view.scrollTop = this.scroller.scrollTop;
    this.draw(false);
  };

  private draw(repaint: boolean): void {
    this.repaint ||= repaint;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.render());
  }

  /** Draws at once; a frame that was asked for is then done. */
  render(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { scene, view, repaint, stale, reselected } = this;
    const recount = repaint || this.recounted;
    this.repaint = this.recounted = this.reselected = false;
    this.stale = [];
    const { model, columnPx, rowPx, leftPx } = scene;
    const at = Math.floor(view.scrollLeft / columnPx);
    const fitting = Math.ceil((view.width - leftPx) / columnPx) + 1;
    const slots = fitting + 2 * OVERSCAN_COLUMNS;
    const first = Math.max(model.from, model.from + at - OVERSCAN_COLUMNS);
    const last = Math.min(model.to, first + slots);
    const window: Window = { origin: model.from, first, last, visible: model.from + at, columnPx };
    const fittingRows = Math.ceil((view.height - view.headPx) / rowPx) + 1;
    const rowSlots = Math.min(model.types.length, fittingRows + 2 * OVERSCAN_ROWS);
    const firstRow = Math.max(
      0,
      Math.min(Math.floor(view.scrollTop / rowPx) - OVERSCAN_ROWS, model.types.length - rowSlots),
    );
    const lastRow = Math.min(model.types.length, firstRow + rowSlots);
    const key = `${first}:${last}:${firstRow}:${lastRow}:${slots}:${rowSlots}`;
    this.head.showMonths(window);
    const some = recount || reselected || stale.length > 0;
    if (some || key !== this.shownKey) {
      this.shownKey = key;
      this.head.show(window, slots, repaint || reselected);
      this.body.show(firstRow, lastRow, rowSlots, window, slots, repaint);
      if (!repaint) this.body.touch(stale);
      this.foot.show(window, slots, recount);
      if (!recount) this.foot.touch(stale);
      this.pointAtActive(window);
    }
    if (repaint || reselected) this.marks.place();
    this.marks.placeChip(view);
  }

  private pointAtActive(window: Window): void {
    const { selection, model } = this.scene;
    if (!selection) {
      this.scroller.removeAttribute("aria-activedescendant");
      return;
    }
    const { row, focus } = selection;
    const id =
      (row === model.houseRow ? this.foot.houseId(focus) : undefined) ??
      this.body.activeId(row, focus, window);
    if (this.scroller.getAttribute("aria-activedescendant") !== id)
      this.scroller.setAttribute("aria-activedescendant", id);
  }

  private visibleColumns(): number {
    return Math.floor((this.view.width - this.scene.leftPx) / this.scene.columnPx);
  }

  private shows(night: number): boolean {
    const { model, columnPx, leftPx } = this.scene;
    const x = (night - model.from) * columnPx - this.view.scrollLeft;
    return x >= 0 && x + columnPx <= this.view.width - leftPx;
  }

  private reveal({ row, focus }: Selection): void {
    const { model, columnPx, rowPx, leftPx } = this.scene;
    const { view } = this;
    const x = (focus - model.from) * columnPx;
    const wide = view.width - leftPx;
    let left = view.scrollLeft;
    if (x < left) left = x;
    else if (x + columnPx > left + wide) left = x + columnPx - wide;
    let top = view.scrollTop;
    if (row < model.houseRow) {
      const y = row * rowPx;
      const tall = view.height - view.headPx - view.footPx;
      if (y < top) top = y;
      else if (y + rowPx > top + tall) top = y + rowPx - tall;
    }
    if (left !== view.scrollLeft || top !== view.scrollTop) this.scrollTo(left, top);
  }

  private readonly pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape" && this.drag.active) {
      this.drag.abandon();
      event.preventDefault();
      return;
    }
    const meaning = meaningOf(event);
    if (!meaning) return;
    event.preventDefault();
    this.obey(meaning);
  };

  private obey(meaning: KeyMeaning): void {
    const { model, businessDate } = this.scene;
    switch (meaning.kind) {
      case "step":
        return this.stepBy(meaning.step, meaning.extend);
      case "edge": {
        const left = Math.ceil(this.view.scrollLeft / this.scene.columnPx);
        const column = meaning.end ? left + this.visibleColumns() - 1 : left;
        return this.stepBy({ by: "to", night: model.from + column }, meaning.extend);
      }
      case "today":
        this.showNight(businessDate);
        return this.stepBy({ by: "to", night: businessDate }, false);
      case "zoom": {
        const at = ZOOM_DAYS.findIndex((days) => days === this.zoomDays) + meaning.by;
        const days = ZOOM_DAYS[at];
        if (days !== undefined) this.events.zoomed(days);
        return;
      }
      case "date":
        return this.events.typedDate(meaning.typed);
      case "action":
        if (meaning.action === "clear" && this.selection)
          this.select(single(this.selection.row, this.selection.focus));
        return this.events.acted(meaning.action);
    }
  }

  private stepBy(move: Step, extend: boolean): void {
    const { model, businessDate } = this.scene;
    const bounds = { from: model.from, to: model.to, rows: model.types.length + 1 };
    const now = this.selection ?? single(0, businessDate);
    this.choose(step(now, move, extend, bounds), true, true);
  }

  private dragTarget() {
    const rect = () => this.scroller.getBoundingClientRect();
    const nightAt = (clientX: number) => {
      const { model, columnPx, leftPx } = this.scene;
      const box = rect();
      const inside = Math.min(Math.max(clientX - box.left, leftPx), this.view.width - 1);
      const column = Math.floor((inside - leftPx + this.view.scrollLeft) / columnPx);
      return Math.min(model.from + column, model.to - 1);
    };
    return {
      cellAt: (clientX: number, clientY: number) => {
        const box = rect();
        const row = this.rowAt(clientY - box.top);
        const inside = clientX - box.left >= this.scene.leftPx && clientX - box.left < this.view.width;
        return row === undefined || !inside ? undefined : { row, night: nightAt(clientX) };
      },
      nightAt,
      beyondEdge: (clientX: number) => {
        const box = rect();
        const left = clientX - (box.left + this.scene.leftPx + 12);
        const right = clientX - (box.left + this.view.width - 12);
        return left < 0 ? left : right > 0 ? right : 0;
      },
      scrollBy: (px: number) => this.scrollTo(this.view.scrollLeft + px, this.view.scrollTop),
      selection: () => this.selection,
      select: (selection: Selection | undefined) => this.choose(selection, false, true),
      focus: () => this.focus(),
    };
  }

  private rowAt(y: number): number | undefined {
    const { model, rowPx } = this.scene;
    const { view } = this;
    const foot = Math.min(view.height, view.headPx + model.types.length * rowPx + view.footPx) - view.footPx;
    if (y < view.headPx || y >= foot + rowPx) return undefined;
    if (y >= foot) return model.houseRow;
    const row = Math.floor((y - view.headPx + view.scrollTop) / rowPx);
    return row < model.types.length ? row : undefined;
  }
}
