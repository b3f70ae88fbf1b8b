import { afterEach } from "vitest";

// jsdom has no media queries: the tests see a light system.
if (typeof window !== "undefined")
  window.matchMedia ??= (media) =>
    Object.assign(new EventTarget(), {
      media,
      matches: false,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });

// Nothing is laid out in jsdom, so nothing is ever resized.
if (typeof window !== "undefined")
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };

afterEach(() => {
  if (typeof document === "undefined") return;
  document.body.replaceChildren();
  delete document.documentElement.dataset.ready;
  localStorage.clear();
});
