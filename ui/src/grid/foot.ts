// The sticky foot: the house, its occupancy, its arrivals and departures.
import { fullDate, isWeekend } from "../shared/dates";
import { texts } from "../shared/texts";
import { occupancy } from "./cell-state";
import { paintCell } from "./cells";
import { element, type Scene } from "./scene";
import { Strip, type Slot, type Window } from "./strip";

export class Foot {
  readonly el: HTMLElement;
  readonly houseRow: HTMLElement;
  private readonly strips: Strip[] = [];
  private readonly rows: HTMLElement[] = [];
  private readonly rooms: HTMLElement;
  private readonly houseHeader: HTMLElement;

  constructor(
    parent: HTMLElement,
    private readonly scene: Scene,
  ) {
    this.el = element(parent, "kg-foot", "rowgroup");
    const house = this.addRow("kg-house", texts.house, (slot, night) => this.paintHouse(slot, night));
    this.houseRow = house.row;
    this.houseHeader = house.header;
    this.rooms = element(house.header, "kg-rooms");
    this.addRow("kg-occupancy", texts.occupancy, (slot, night) => this.paintOccupancy(slot, night));
    this.addRow("kg-traffic", texts.arrivalsDepartures, (slot, night) => this.paintTraffic(slot, night));
  }

  private addRow(className: string, name: string, paint: (slot: Slot, night: number) => void) {
    const row = element(this.el, `kg-foot-row ${className}`, "row");
    const header = element(row, "kg-type", "rowheader");
    header.setAttribute("aria-colindex", "1");
    element(header, "kg-name").textContent = name;
    this.rows.push(row);
    this.strips.push(new Strip(row, "gridcell", `kg-f${this.strips.length}`, paint));
    return { row, header };
  }

  show(window: Window, slots: number, repaint: boolean): void {
    const { model } = this.scene;
    if (repaint) {
      this.rooms.textContent = String(model.types.reduce((sum, { rooms }) => sum + rooms, 0));
      this.tint();
      this.rows.forEach((row, i) => row.setAttribute("aria-rowindex", String(model.houseRow + 2 + i)));
    }
    for (const strip of this.strips) strip.show(window, slots, repaint);
  }

  /** Paints anew what is of the house among some cells, and its header. */
  touch(cells: readonly { row: number; night: number }[]): void {
    this.tint();
    for (const { row, night } of cells) if (row === this.scene.model.houseRow) this.strips[0]?.touch(night);
  }

  private tint(): void {
    const { model, selection } = this.scene;
    const classes = selection?.row === model.houseRow ? "kg-type x" : "kg-type";
    if (this.houseHeader.className !== classes) this.houseHeader.className = classes;
  }

  houseId(night: number): string | undefined {
    return this.strips[0]?.slotOf(night)?.el.id;
  }

  private paintHouse(slot: Slot, night: number): void {
    const { model } = this.scene;
    const counts = model.counts(model.houseRow, night);
    const percent = occupancy(counts);
    const { arrivals, departures } = model.day(night);
    const facts = [
      ...(percent === undefined ? [] : [texts.days.occupied(percent)]),
      texts.days.arrivals(arrivals),
      texts.days.departures(departures),
    ];
    paintCell(this.scene, slot, model.houseRow, night, facts.join(", "), counts);
  }

  private paintOccupancy(slot: Slot, night: number): void {
    const { model, roomy } = this.scene;
    const percent = model.isRead(night) ? occupancy(model.counts(model.houseRow, night)) : undefined;
    slot.setClass(isWeekend(night) ? "kg-cell we" : "kg-cell");
    slot.setText(percent === undefined ? "" : roomy ? `${percent}%` : String(percent));
    slot.setFill(Math.min(100, percent ?? 0));
    const label = percent === undefined ? "" : `${texts.occupancy}, ${fullDate(night)}, ${percent} %`;
    slot.setAttribute("aria-label", label);
  }

  private paintTraffic(slot: Slot, night: number): void {
    const { model, wide } = this.scene;
    slot.setClass(isWeekend(night) ? "kg-cell we" : "kg-cell");
    if (!model.isRead(night)) {
      slot.setText("");
      return;
    }
    const { arrivals, departures } = model.day(night);
    slot.setText(`${arrivals}${wide ? "/" : "\n"}${departures}`);
    const facts = [fullDate(night), texts.days.arrivals(arrivals), texts.days.departures(departures)];
    slot.setAttribute("aria-label", facts.join(", "));
  }
}
