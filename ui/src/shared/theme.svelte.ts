// Light, dark, or as the system has it; the choice is remembered on this machine.

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "keyrack.theme";

class ThemeChoice {
  choice = $state<Theme>("system");

  /** Reads the remembered choice and follows the system from now on. */
  start(): void {
    const kept = localStorage.getItem(KEY);
    this.choice = THEMES.find((theme) => theme === kept) ?? "system";
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
    this.paint();
  }

  choose(choice: Theme): void {
    this.choice = choice;
    localStorage.setItem(KEY, choice);
    this.paint();
  }

  private paint(): void {
    const systemDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const dark = this.choice === "dark" || (this.choice === "system" && systemDark);
    document.documentElement.dataset.palette = dark ? "dark" : "light";
  }
}

export const theme = new ThemeChoice();
