// A row of recycled nodes: as many as fit on the screen, each moved to another night when its own scrolls away.
// Nodes are written to only where something differs, since painting is what costs.

export class Slot {
  readonly el: HTMLElement;
  night = NaN;
  private readonly text: Text;
  private readonly attributes = new Map<string, string>();
  private classes = "";
  private x = NaN;
  private width = NaN;
  private filled = NaN;
  private shown = true;

  constructor(parent: HTMLElement, role: string, id?: string) {
    this.el = document.createElement("div");
    this.el.setAttribute("role", role);
    if (id) this.el.id = id;
    this.text = document.createTextNode("");
    this.el.append(this.text);
    parent.append(this.el);
  }

  /** Each node has its own width: WebKitGTK keeps every style that a variable of the whole calendar ever gave. */
  place(x: number, width: number): void {
    if (x !== this.x) this.el.style.transform = `translateX(${x}px)`;
    if (width !== this.width) this.el.style.width = `${width}px`;
    this.x = x;
    this.width = width;
  }

  show(shown: boolean): void {
    if (shown === this.shown) return;
    this.shown = shown;
    this.el.hidden = !shown;
  }

  get isShown(): boolean {
    return this.shown;
  }

  setText(text: string): void {
    if (this.text.data !== text) this.text.data = text;
  }

  setClass(classes: string): void {
    if (classes === this.classes) return;
    this.classes = classes;
    this.el.className = classes;
  }

  /** Fills the bar at the bottom of the cell up to a share of its length, in per cent. */
  setFill(percent: number): void {
    if (percent === this.filled) return;
    this.filled = percent;
    const bar = "calc(100% - 0.5rem)";
    this.el.style.backgroundSize = `calc((100% - 0.5rem) * ${percent / 100}) 0.1875rem, ${bar} 0.1875rem`;
  }

  /** Sets an attribute, or takes it away where the value is empty. */
  setAttribute(name: string, value: string): void {
    if ((this.attributes.get(name) ?? "") === value) return;
    this.attributes.set(name, value);
    if (value === "") this.el.removeAttribute(name);
    else this.el.setAttribute(name, value);
  }
}

export type Paint = (slot: Slot, night: number) => void;

export interface Window {
  /** The first night of the calendar, which stands at x = 0. */
  origin: number;
  first: number;
  /** Exclusive. */
  last: number;
  /** The first night of which anything is to be seen. */
  visible: number;
  columnPx: number;
}

export class Strip {
  private slots: Slot[] = [];

  constructor(
    private readonly row: HTMLElement,
    private readonly role: string,
    private readonly id: string,
    private readonly paint: Paint,
  ) {}

  /** Shows the nights of the window; paints those that are new in it, or all with `repaint`. */
  show(window: Window, slotCount: number, repaint: boolean): void {
    this.resize(slotCount);
    for (let night = window.first; night < window.last; night++) {
      const slot = this.slots[night % slotCount];
      if (!slot || (slot.night === night && !repaint)) continue;
      if (slot.night !== night) {
        slot.night = night;
        slot.setAttribute("aria-colindex", String(night - window.origin + 2));
      }
      slot.place((night - window.origin) * window.columnPx, window.columnPx);
      this.paint(slot, night);
    }
    // At the end of the calendar slots are left over. They leave the screen, and forget their night: nothing that
    // changes until they are back is painted there.
    for (const slot of this.slots) {
      slot.show(slot.night >= window.first && slot.night < window.last);
      if (!slot.isShown) slot.night = NaN;
    }
  }

  /** Paints a night anew, where it is shown. */
  touch(night: number): void {
    const slot = this.slotOf(night);
    if (slot) this.paint(slot, night);
  }

  slotOf(night: number): Slot | undefined {
    const slot = this.slots[night % this.slots.length];
    return slot?.night === night && slot.isShown ? slot : undefined;
  }

  /** Forgets which nights the slots show, so that the next show paints every one. */
  forget(): void {
    for (const slot of this.slots) slot.night = NaN;
  }

  private resize(count: number): void {
    if (count === this.slots.length) return;
    this.forget();
    while (this.slots.length > count) this.slots.pop()?.el.remove();
    while (this.slots.length < count)
      this.slots.push(new Slot(this.row, this.role, `${this.id}-${this.slots.length}`));
  }
}
