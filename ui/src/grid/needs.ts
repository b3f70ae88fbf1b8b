// What it takes to do what a key of the calendar does; everything else is open to whoever may look.
import type { GridAction } from "./keys";

export const NEEDS: Partial<Record<GridAction, string>> = {
  new_booking: "sell",
  hold: "sell",
  out_of_order: "operate",
  end_of_day: "operate",
  limits: "configure",
  new_group: "configure",
};
