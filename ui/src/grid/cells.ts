// Paints one cell of counts, of a room type or of the house.
import { isWeekend } from "../shared/dates";
import { beyondMark, cellLabel, cellState, conditionMark, minus } from "./cell-state";
import type { Scene } from "./scene";
import { covers } from "./selection";
import type { Slot } from "./strip";

export function paintCell(scene: Scene, slot: Slot, row: number, night: number, houseFacts = ""): void {
  const { model, selection } = scene;
  if (!model.isRead(night)) {
    slot.setText("");
    slot.setClass("kg-cell unread");
    slot.setAttribute("data-beyond", "");
    slot.setAttribute("data-conditions", "");
    slot.setAttribute("aria-label", "");
    return;
  }
  const counts = model.counts(row, night);
  const state = cellState(counts);
  let classes = `kg-cell ${state}`;
  if (isWeekend(night)) classes += " we";
  if (scene.flashing.has(`${row}:${night}`)) classes += " changed";
  slot.setText(state === "unopened" ? "" : minus(counts.roomsLeft));
  slot.setClass(classes);
  const roomy = scene.roomy && state !== "unopened" && row !== model.houseRow;
  slot.setAttribute("data-beyond", roomy ? beyondMark(counts) : "");
  const conditioned = state !== "unopened" && row !== model.houseRow;
  slot.setAttribute("data-conditions", conditioned ? conditionMark(counts) : "");
  const label = cellLabel(model, row, night);
  slot.setAttribute("aria-label", houseFacts ? `${label}, ${houseFacts}` : label);
  slot.setAttribute("aria-selected", selection && covers(selection, row, night) ? "true" : "");
}
