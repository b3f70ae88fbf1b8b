import { describe, expect, it, vi } from "vitest";
import { tellsWhole } from "./tells-whole";

function shown(text: string, wide: number): HTMLElement {
  const element = document.body.appendChild(document.createElement("span"));
  element.textContent = text;
  vi.spyOn(element, "clientWidth", "get").mockReturnValue(100);
  vi.spyOn(element, "scrollWidth", "get").mockImplementation(() => (element.textContent?.length ?? 0) * wide);
  return element;
}

describe("a text that may be cut", () => {
  it("is told whole by its tooltip only while it is cut", async () => {
    const element = shown("hotel.db", 10);
    const stop = tellsWhole(element);
    expect(element.hasAttribute("title")).toBe(false);
    element.textContent = " /data/keyrack/hotel.db ";
    await vi.waitFor(() => expect(element.title).toBe("/data/keyrack/hotel.db"));
    element.textContent = "hotel.db";
    await vi.waitFor(() => expect(element.hasAttribute("title")).toBe(false));
    stop?.();
  });
});
