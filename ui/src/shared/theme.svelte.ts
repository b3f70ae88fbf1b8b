// Light, dark, of high contrast, or as the system has it, and how large everything is; what is chosen is remembered on this machine.

export const THEMES = ["light", "dark", "contrast", "system"] as const;
export type Theme = (typeof THEMES)[number];

/** In hundredths. */
export const SIZES = [100, 125, 150, 175, 200] as const;
export type Size = (typeof SIZES)[number];

const KEY = "keyrack.theme";
const SIZE_KEY = "keyrack.size";

class ThemeChoice {
  choice = $state<Theme>("system");
  size = $state<Size>(100);
  /** What is painted in, however it was chosen: what is drawn by hand is drawn anew with it. */
  palette = $state<Exclude<Theme, "system">>("light");
  private draw: (factor: number) => void = () => undefined;

  /** Reads the remembered choice and follows the system from now on. */
  start(): void {
    const kept = localStorage.getItem(KEY);
    this.choice = THEMES.find((theme) => theme === kept) ?? "system";
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
      matchMedia(query).addEventListener("change", () => this.paint());
    this.paint();
  }

  choose(choice: Theme): void {
    this.choice = choice;
    localStorage.setItem(KEY, choice);
    this.paint();
  }

  /** The window draws the remembered size from now on, in the way that `draw` knows. */
  sizeWith(draw: (factor: number) => void): void {
    this.draw = draw;
    const kept = Number(localStorage.getItem(SIZE_KEY));
    this.size = SIZES.find((size) => size === kept) ?? 100;
    if (this.size !== 100) draw(this.size / 100);
  }

  resize(size: Size): void {
    this.size = size;
    localStorage.setItem(SIZE_KEY, String(size));
    this.draw(size / 100);
  }

  /** One step larger or smaller, or with 0 as it came. */
  step(by: -1 | 0 | 1): void {
    const at = by === 0 ? 0 : SIZES.indexOf(this.size) + by;
    const next = SIZES[at];
    if (next !== undefined) this.resize(next);
  }

  private paint(): void {
    this.palette = this.choice === "system" ? systemPalette() : this.choice;
    document.documentElement.dataset.palette = this.palette;
  }
}

function systemPalette(): Exclude<Theme, "system"> {
  if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export const theme = new ThemeChoice();
