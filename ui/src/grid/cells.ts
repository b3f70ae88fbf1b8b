// Paints one cell of counts, of a room type or of the house.
import { isWeekend } from "../shared/dates";
import { beyondMark, cellLabel, cellState, minus, noteMark } from "./cell-state";
import type { Counts } from "./model";
import { fitsSmall, type Scene } from "./scene";
import { covers } from "./selection";
import type { Slot } from "./strip";

export function paintCell(
  scene: Scene,
  slot: Slot,
  row: number,
  night: number,
  houseFacts = "",
  known?: Counts,
) {
  const { model, selection } = scene;
  if (!model.isRead(night)) {
    slot.setText("");
    slot.setClass("kg-cell unread");
    slot.setAttribute("data-beyond", "");
    slot.setAttribute("data-note", "");
    slot.setAttribute("aria-label", "");
    return;
  }
  const counts = known ?? model.counts(row, night);
  const state = cellState(counts);
  let classes = `kg-cell ${state}`;
  if (isWeekend(night)) classes += " we";
  if (scene.flashing.has(`${row}:${night}`)) classes += " changed";
  slot.setText(state === "unopened" ? "" : minus(counts.roomsLeft));
  slot.setClass(classes);
  // How many more may be sold is seen in every column where the number itself fits; the label and the panel have it too.
  const more = state === "unopened" || row === model.houseRow ? "" : beyondMark(counts);
  const fits = fitsSmall(more, scene.columnPx, scene.remPx, state === "over");
  slot.setAttribute("data-beyond", fits ? more : "");
  slot.setAttribute("data-note", scene.roomy && state !== "unopened" ? noteMark(model, row, night) : "");
  const label = cellLabel(model, row, night, counts);
  slot.setAttribute("aria-label", houseFacts ? `${label}, ${houseFacts}` : label);
  slot.setAttribute("aria-selected", selection && covers(selection, row, night) ? "true" : "");
}
