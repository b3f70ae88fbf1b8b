// Conditions of sale as they stand in the form, and what of them a command carries.
import type { NewLimits } from "../../host";
import { parseWhole } from "../../shared/format";

export const SWITCHES = ["stop_sell", "closed_to_arrival", "closed_to_departure"] as const;
export type Switch = (typeof SWITCHES)[number];
export type Setting = "unchanged" | "on" | "off";

export type Conditions = Record<Switch, Setting> & { min_stay: string; max_stay: string };
export type Set = Pick<NewLimits, Switch | "min_stay" | "max_stay">;

const MOST_NIGHTS = 366;
export const UNCHANGED: Conditions = {
  stop_sell: "unchanged",
  closed_to_arrival: "unchanged",
  closed_to_departure: "unchanged",
  min_stay: "",
  max_stay: "",
};

/** Only what was touched; nothing where a length of stay is not a number of nights. */
export function readConditions(conditions: Conditions): Set | undefined {
  const set: Set = {};
  for (const name of SWITCHES) {
    if (conditions[name] !== "unchanged") set[name] = conditions[name] === "on";
  }
  for (const name of ["min_stay", "max_stay"] as const) {
    if (conditions[name].trim() === "") continue;
    const nights = parseWhole(conditions[name]);
    if (nights === undefined || nights < 0 || nights > MOST_NIGHTS) return undefined;
    set[name] = nights;
  }
  return set;
}
