// What is cut off on the screen as it stands: wider or taller than what it stands in, and nothing shows the rest.
// The calendar scrolls by design, and a figure in a picture is no text.
const APART = "[role=grid], svg, canvas, .visually-hidden, [inert], .uplot";
const OWN = "button, a, td, th, label, legend, dt, dd, header, footer, nav, [role=tab], [role=menuitem], .btn";
const found = [];
const say = (element, why) => {
  const panel = element.closest("[data-place], [data-side], [role=dialog], header, main, footer");
  const name = panel?.dataset.place ?? panel?.dataset.side ?? panel?.tagName.toLowerCase() ?? "page";
  const text = element.innerText.replace(/\s+/g, " ").slice(0, 60);
  found.push(`${name}: <${element.tagName.toLowerCase()} class="${element.className}"> ${why}: ${text}`);
};
for (const element of document.querySelectorAll("body *")) {
  if (!(element instanceof HTMLElement) || element.closest(APART) || element.clientWidth <= 1) continue;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
  const style = getComputedStyle(element);
  if (style.display.startsWith("inline") && style.display !== "inline-flex" && style.display !== "inline-block") continue;
  const wider = element.scrollWidth - element.clientWidth;
  const taller = element.scrollHeight - element.clientHeight;
  // What ends in dots says the whole of it when it is pointed at. A table as wide as its columns is scrolled by key too.
  const told = style.textOverflow === "ellipsis" && (element.title !== "" || element.tagName === "INPUT");
  const scrolled = ["auto", "scroll"].includes(style.overflowX) && element.tabIndex >= 0;
  // What slides in from beyond the window is there before it is seen.
  if (element.dataset.state === "grid") continue;
  const holds = style.overflowX !== "visible" || element.matches(OWN);
  if (wider > 1 && holds && !told && !scrolled && element.tagName !== "INPUT") say(element, `${wider} px too wide`);
  if (taller > 1 && ["hidden", "clip"].includes(style.overflowY)) say(element, `${taller} px too tall`);
  const box = element.getBoundingClientRect();
  if (element.matches(OWN) && box.left < innerWidth && box.right > innerWidth + 1 && !element.closest("[tabindex='0']"))
    say(element, `${Math.round(box.right - innerWidth)} px beyond the window`);
}
return [...new Set(found)];
