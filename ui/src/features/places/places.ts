// The places beside the calendar, and what it takes to go there.

export const PLACES = [
  "charts",
  "alerts",
  "centre",
  "health",
  "audit",
  "explain",
  "transfer",
  "backups",
  "staff",
  "settings",
] as const;
export type Place = (typeof PLACES)[number];

/** Everything else is open to whoever may look. */
export const NEEDS: Partial<Record<Place, string>> = {
  transfer: "configure",
  backups: "operate",
  staff: "administer",
};
