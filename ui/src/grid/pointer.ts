// Drags: a press begins a run of nights, moving along the row extends it, at an edge the grid scrolls on,
// dragging back shrinks it, and Escape gives the selection from before the drag back.
import type { Selection } from "./selection";
import { single } from "./selection";

export interface DragTarget {
  /** The cell under a point of the window, or nothing where there is none. */
  cellAt(clientX: number, clientY: number): { row: number; night: number } | undefined;
  /** The night under a point, whatever the row; kept inside what is visible. */
  nightAt(clientX: number): number;
  /** How far a point lies beyond the edges of the visible nights: negative left, positive right. */
  beyondEdge(clientX: number): number;
  scrollBy(px: number): void;
  selection(): Selection | undefined;
  select(selection: Selection | undefined): void;
  focus(): void;
}

const MAX_STEP_PX = 24;

export class Drag {
  private before: Selection | undefined;
  private dragging = false;
  private clientX = 0;
  private frame = 0;

  constructor(
    private readonly surface: HTMLElement,
    private readonly target: DragTarget,
  ) {
    surface.addEventListener("pointerdown", this.press);
  }

  get active(): boolean {
    return this.dragging;
  }

  destroy(): void {
    this.surface.removeEventListener("pointerdown", this.press);
    this.stop();
  }

  /** Leaves the drag and gives back what was selected before it. */
  abandon(): void {
    if (!this.dragging) return;
    this.stop();
    this.target.select(this.before);
  }

  private readonly press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const cell = this.target.cellAt(event.clientX, event.clientY);
    if (!cell) return;
    event.preventDefault();
    this.target.focus();
    this.before = this.target.selection();
    this.dragging = true;
    this.clientX = event.clientX;
    const extend = event.shiftKey && this.before?.row === cell.row;
    this.target.select(
      extend && this.before ? { ...this.before, focus: cell.night } : single(cell.row, cell.night),
    );
    window.addEventListener("pointermove", this.move);
    window.addEventListener("pointerup", this.release);
    window.addEventListener("pointercancel", this.release);
  };

  private readonly move = (event: PointerEvent) => {
    this.clientX = event.clientX;
    this.extend();
    if (this.frame === 0 && this.target.beyondEdge(this.clientX) !== 0)
      this.frame = requestAnimationFrame(this.scrollOn);
  };

  private readonly scrollOn = () => {
    this.frame = 0;
    const beyond = this.target.beyondEdge(this.clientX);
    if (!this.dragging || beyond === 0) return;
    this.target.scrollBy(Math.sign(beyond) * Math.min(MAX_STEP_PX, 4 + Math.abs(beyond) / 3));
    this.extend();
    this.frame = requestAnimationFrame(this.scrollOn);
  };

  private extend(): void {
    const selection = this.target.selection();
    if (!selection) return;
    const night = this.target.nightAt(this.clientX);
    if (night !== selection.focus) this.target.select({ ...selection, focus: night });
  }

  private readonly release = () => this.stop();

  private stop(): void {
    this.dragging = false;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    window.removeEventListener("pointermove", this.move);
    window.removeEventListener("pointerup", this.release);
    window.removeEventListener("pointercancel", this.release);
  }
}
