import { describe, expect, it, onTestFinished, vi } from "vitest";
import { keepsFocus } from "./keeps-focus";

function region(): HTMLElement {
  const made = document.createElement("aside");
  made.innerHTML = `<h2 tabindex="-1">Card</h2><button id="step">Confirm</button><input id="name" />`;
  document.body.append(made);
  const end = keepsFocus(made);
  onTestFinished(() => {
    end?.();
    made.remove();
  });
  return made;
}
const found = (id: string) => document.getElementById(id) as HTMLButtonElement;
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the focus of a region", () => {
  it("goes to its heading where what had it is taken away", async () => {
    const made = region();
    found("step").focus();
    found("step").remove();
    await settled();
    expect(document.activeElement).toBe(made.querySelector("h2"));
  });

  it("comes back to what had to wait", async () => {
    region();
    const button = found("step");
    button.focus();
    button.disabled = true;
    // A browser gives the focus of what is disabled to the page, and tells nobody; this one does not.
    const focus = vi.spyOn(button, "focus");
    vi.spyOn(document, "activeElement", "get").mockReturnValue(document.body);
    await settled();
    expect(focus).not.toHaveBeenCalled();
    button.disabled = false;
    await settled();
    expect(focus).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });

  it("is not called back to what was left", async () => {
    const made = region();
    found("step").focus();
    found("step").blur();
    made.append(document.createElement("p"));
    found("step").remove();
    await settled();
    expect(document.activeElement).toBe(document.body);
  });

  it("is left alone where it is somewhere", async () => {
    region();
    found("step").focus();
    found("name").focus();
    found("step").remove();
    await settled();
    expect(document.activeElement).toBe(found("name"));
  });
});
