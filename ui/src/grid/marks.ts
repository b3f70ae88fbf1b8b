// What lies over the cells: the selection, the two-toned ring of the cell in focus, the line of the business date,
// and the chip that says what the selection is worth.
import { dateRange, dayMonth } from "../shared/dates";
import { texts } from "../shared/texts";
import { element, type Scene } from "./scene";
import { departure, factsOf, firstNight, nightsOf, type Selection } from "./selection";

export interface Viewport {
  scrollLeft: number;
  scrollTop: number;
  width: number;
  height: number;
  headPx: number;
  footPx: number;
}

const CHIP_GAP_PX = 6;
const NAMED_NIGHTS = 2;

export class Marks {
  private readonly box: HTMLElement;
  private readonly ring: HTMLElement;
  private readonly today: HTMLElement;
  private readonly chip: HTMLElement;
  private chipText = "";

  constructor(
    outer: HTMLElement,
    private readonly body: HTMLElement,
    private readonly house: HTMLElement,
    private readonly scene: Scene,
  ) {
    this.today = element(body, "kg-today");
    this.box = element(body, "kg-selection");
    this.ring = element(body, "kg-ring");
    this.chip = element(outer, "kg-chip");
    for (const mark of [this.today, this.box, this.ring]) mark.setAttribute("aria-hidden", "true");
    this.chip.setAttribute("role", "status");
    this.chip.hidden = true;
  }

  place(): void {
    const { model, businessDate, columnPx, rowPx, selection } = this.scene;
    this.today.hidden = !model.has(businessDate);
    this.today.style.transform = `translateX(${(businessDate - model.from) * columnPx}px)`;
    this.box.hidden = !selection || nightsOf(selection) < 2;
    this.ring.hidden = !selection;
    if (!selection) return;
    const onHouse = selection.row === model.houseRow;
    const parent = onHouse ? this.house : this.body;
    const y = onHouse ? 0 : selection.row * rowPx;
    if (this.ring.parentElement !== parent) parent.append(this.box, this.ring);
    const put = (mark: HTMLElement, night: number, nights: number) => {
      mark.style.transform = `translate(${(night - model.from) * columnPx}px, ${y}px)`;
      mark.style.width = `${nights * columnPx - 1}px`;
    };
    put(this.ring, selection.focus, 1);
    if (!this.box.hidden) put(this.box, firstNight(selection), nightsOf(selection));
  }

  /** The chip stands below the selection, kept inside what is visible. */
  placeChip(view: Viewport): void {
    const { selection, model, columnPx, rowPx, leftPx } = this.scene;
    const shown = selection !== undefined && nightsOf(selection) > 1;
    this.chip.hidden = !shown;
    if (!shown) return;
    const text = chipText(this.scene, selection);
    const key = text.map((part) => part.text).join("|");
    if (key !== this.chipText) {
      this.chipText = key;
      this.chip.replaceChildren(...text.map(({ text: words, strong }) => chipPart(words, strong)));
    }
    const onHouse = selection.row === model.houseRow;
    const x = leftPx + (firstNight(selection) - model.from) * columnPx - view.scrollLeft;
    const rowTop = onHouse ? view.height - view.footPx : view.headPx + selection.row * rowPx - view.scrollTop;
    const heightPx = this.chip.offsetHeight;
    const below = rowTop + rowPx + CHIP_GAP_PX;
    const fits = !onHouse && below + heightPx < view.height;
    const y = fits ? below : rowTop - heightPx - CHIP_GAP_PX;
    const most = view.width - this.chip.offsetWidth - CHIP_GAP_PX;
    const left = Math.max(leftPx + CHIP_GAP_PX, Math.min(x, most));
    this.chip.style.transform = `translate(${Math.round(left)}px, ${Math.round(y)}px)`;
  }
}

function chipPart(text: string, strong: boolean): Node {
  if (!strong) return document.createTextNode(text);
  const bold = document.createElement("b");
  bold.textContent = text;
  return bold;
}

export function chipText(scene: Scene, selection: Selection): { text: string; strong: boolean }[] {
  const { model } = scene;
  const { least, left, soldOut, nearest } = factsOf(model, selection);
  const range = dateRange(firstNight(selection), departure(selection));
  const parts = [
    { text: texts.nights(nightsOf(selection)), strong: true },
    { text: ` ${range} · `, strong: false },
    { text: least > 0 ? texts.chip.atLeast(least, left) : texts.chip.noneToSell, strong: true },
  ];
  if (soldOut.length > 0 && soldOut.length < nightsOf(selection))
    parts.push({ text: texts.chip.on(nightList(soldOut)), strong: false });
  if (nearest) {
    const name = model.types[nearest.row]?.name ?? "";
    parts.push({ text: texts.chip.nearest(name, nearest.least, nearest.left), strong: false });
  }
  return parts;
}

function nightList(nights: number[]): string {
  if (nights.length <= NAMED_NIGHTS) return nights.map(dayMonth).join(texts.chip.and);
  const named = nights.slice(0, NAMED_NIGHTS).map(dayMonth).join(", ");
  return named + texts.chip.more(nights.length - NAMED_NIGHTS);
}
