// What a command of the queue is called: as the button that gives it, or by its own word.
import { texts } from "../../shared/texts";

export function commandName(kind: string): string {
  const names: Record<string, string> = {
    ...texts.card.actions,
    reserve: texts.actions.newBooking,
    place_hold: texts.actions.hold,
    add_outage: texts.actions.outOfOrder,
    open_allotment: texts.actions.allotment,
    set_limits: texts.actions.limits,
  };
  return names[kind] ?? kind.replaceAll("_", " ");
}
