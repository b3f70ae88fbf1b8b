// F6 goes round the regions of the window: the bar, the calendar, the day sheet, the panel.

export function nextRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => getComputedStyle(region).visibility !== "hidden",
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + by + regions.length) % regions.length];
  const first = next?.querySelector<HTMLElement>(
    "[tabindex='0'], button:not([tabindex='-1']), input, select, summary",
  );
  first?.focus();
}
