// The rows of room types: recycled in both directions.
import { element, type Scene } from "./scene";
import { paintCell } from "./cells";
import { Slot, Strip, type Window } from "./strip";

interface RowSlot {
  row: number;
  el: HTMLElement;
  header: HTMLElement;
  name: HTMLElement;
  rooms: HTMLElement;
  strip: Strip;
}

export class Body {
  readonly el: HTMLElement;
  private rows: RowSlot[] = [];
  private made = 0;
  private readonly spare: { row: HTMLElement; slot: Slot };

  constructor(
    parent: HTMLElement,
    private readonly scene: Scene,
  ) {
    this.el = element(parent, "kg-body", "rowgroup");
    const row = element(this.el, "kg-row kg-spare", "row");
    row.hidden = true;
    this.spare = { row, slot: new Slot(row, "gridcell", "kg-active-away") };
  }

  setHeight(rows: number): void {
    this.el.style.height = `${rows * this.scene.rowPx}px`;
  }

  show(firstRow: number, lastRow: number, rowSlots: number, window: Window, slots: number, repaint: boolean) {
    this.resize(rowSlots);
    for (let row = firstRow; row < lastRow; row++) {
      const slot = this.rows[row % rowSlots];
      if (!slot) continue;
      const moved = slot.row !== row;
      if (moved) slot.strip.forget();
      slot.row = row;
      if (moved || repaint) this.paintRow(slot);
      slot.strip.show(window, slots, repaint);
    }
    for (const slot of this.rows) slot.el.hidden = slot.row < firstRow || slot.row >= lastRow;
  }

  /** Paints some cells anew, those that are shown, and the headers of the rows. */
  touch(cells: readonly { row: number; night: number }[]): void {
    for (const slot of this.rows) this.tint(slot);
    for (const { row, night } of cells) {
      const slot = this.rows[row % this.rows.length];
      if (slot?.row === row && !slot.el.hidden) slot.strip.touch(night);
    }
  }

  private tint(slot: RowSlot): void {
    const classes = this.scene.selection?.row === slot.row ? "kg-type x" : "kg-type";
    if (slot.header.className !== classes) slot.header.className = classes;
  }

  private paintRow(slot: RowSlot): void {
    const { model, rowPx } = this.scene;
    const type = model.types[slot.row];
    // Not a transform: a row must not be a stacking context, or the marks would lie over its sticky header.
    slot.el.style.top = `${slot.row * rowPx}px`;
    slot.el.setAttribute("aria-rowindex", String(slot.row + 2));
    this.tint(slot);
    slot.name.textContent = type?.name ?? "";
    slot.rooms.textContent = String(type?.rooms ?? "");
  }

  private resize(count: number): void {
    while (this.rows.length > count) this.rows.pop()?.el.remove();
    while (this.rows.length < count) this.rows.push(this.makeRow());
  }

  private makeRow(): RowSlot {
    const el = element(this.el, "kg-row", "row");
    const header = element(el, "kg-type", "rowheader");
    header.setAttribute("aria-colindex", "1");
    const name = element(header, "kg-name");
    const rooms = element(header, "kg-rooms");
    const made: RowSlot = {
      row: -1,
      el,
      header,
      name,
      rooms,
      strip: new Strip(el, "gridcell", `kg-r${this.made++}`, (slot, night) =>
        paintCell(this.scene, slot, made.row, night),
      ),
    };
    return made;
  }

  /**
   * The id of the node that stands for a cell. A cell that is scrolled away keeps a node of its own,
   * so that a screen reader's focus survives the recycling.
   */
  activeId(row: number, night: number, window: Window): string {
    const shown = this.rows.find((slot) => slot.row === row && !slot.el.hidden)?.strip.slotOf(night);
    this.spare.row.hidden = shown !== undefined;
    if (shown) return shown.el.id;
    this.spare.row.style.top = `${row * this.scene.rowPx}px`;
    this.spare.row.setAttribute("aria-rowindex", String(row + 2));
    this.spare.slot.setAttribute("aria-colindex", String(night - window.origin + 2));
    this.spare.slot.place((night - window.origin) * window.columnPx, window.columnPx);
    paintCell(this.scene, this.spare.slot, row, night);
    return this.spare.slot.el.id;
  }
}
