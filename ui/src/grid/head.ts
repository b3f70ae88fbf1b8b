// The sticky head: the months, each with its label in sight while any of its days is, and the days.
import { dayFrom, isWeekend, longDate, partsOf } from "../shared/dates";
import { locale } from "../shared/locale";
import { texts } from "../shared/texts";
import { element, type Scene } from "./scene";
import { Strip, type Slot, type Window } from "./strip";

const FULL_NAME_PX = 120;
/** With less beside it, its name stands close to the line. */
const LOOSE_PX = 56;
const SHORT_NAME_PX = 32;

export class Head {
  private readonly months: HTMLElement;
  private readonly labels: { box: HTMLElement; text: HTMLElement }[] = [];
  private readonly days: Strip;
  private shownMonths = "";

  constructor(
    parent: HTMLElement,
    private readonly scene: Scene,
  ) {
    const head = element(parent, "kg-head", "rowgroup");
    this.months = element(head, "kg-months");
    this.months.setAttribute("aria-hidden", "true");
    element(this.months, "kg-corner");
    const row = element(head, "kg-days", "row");
    row.setAttribute("aria-rowindex", "1");
    const corner = element(row, "kg-corner kg-title", "columnheader");
    corner.setAttribute("aria-colindex", "1");
    element(corner, "kg-name").textContent = texts.roomType;
    element(corner, "kg-rooms").textContent = texts.rooms;
    this.days = new Strip(row, "columnheader", "kg-d", (slot, night) => this.paintDay(slot, night));
  }

  show(window: Window, slots: number, repaint: boolean): void {
    this.days.show(window, slots, repaint);
  }

  private paintDay(slot: Slot, night: number): void {
    const { businessDate, selection } = this.scene;
    const { weekday, day } = partsOf(night);
    slot.setText(`${locale.weekdaysNarrow[weekday]}\n${day}`);
    let classes = "kg-day";
    if (isWeekend(night)) classes += " we";
    if (night === businessDate) classes += " today";
    if (selection?.focus === night) classes += " x";
    slot.setClass(classes);
    const label = longDate(night);
    slot.setAttribute("aria-label", night === businessDate ? `${label}, ${texts.businessDate}` : label);
  }

  /** Cheap where the same names are in sight as before, so it may be called in every frame. */
  showMonths({ origin, first, last, visible, columnPx }: Window): void {
    const start = partsOf(first);
    const months: { name: string; x: number; width: number }[] = [];
    for (let i = 0; ; i++) {
      const from = dayFrom(start.year, start.month + i, 1);
      if (from >= last) break;
      const to = dayFrom(start.year, start.month + i + 1, 1);
      const { month, year } = partsOf(from);
      const begin = Math.max(from, origin);
      months.push({
        name: monthName(month, year, (to - Math.max(from, visible)) * columnPx),
        x: (begin - origin) * columnPx,
        width: (to - begin) * columnPx,
      });
    }
    const key = `${columnPx}:${months.map(({ name }) => name).join()}`;
    if (key === this.shownMonths) return;
    this.shownMonths = key;
    while (this.labels.length < months.length) {
      const box = element(this.months, "kg-month");
      this.labels.push({ box, text: element(box, "kg-month-name") });
    }
    this.labels.forEach(({ box, text }, i) => {
      const month = months[i];
      box.hidden = !month;
      if (!month) return;
      box.style.left = `calc(var(--kg-left) + ${month.x}px)`;
      box.style.width = `${month.width}px`;
      box.classList.toggle("tight", month.width < LOOSE_PX);
      text.textContent = month.name;
    });
  }
}

/** The name that fits into what is still to be seen of the month. */
function monthName(month: number, year: number, visiblePx: number): string {
  if (visiblePx >= FULL_NAME_PX) return locale.monthOfYear(month, year);
  const short = locale.monthsShort[month - 1] ?? "";
  return visiblePx >= SHORT_NAME_PX ? short : short.slice(0, 1);
}
