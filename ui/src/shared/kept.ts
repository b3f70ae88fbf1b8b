// What a screen keeps while another one is looked at: work goes on there, and is found again.
const kept = new WeakMap<object, Map<unknown, unknown>>();

/** The one of that kind that belongs to the owner, as long as the owner is there. */
export function keptFor<T>(owner: object, Kind: new () => T): T {
  const of = kept.get(owner) ?? new Map<unknown, unknown>();
  kept.set(owner, of);
  if (!of.has(Kind)) of.set(Kind, new Kind());
  return of.get(Kind) as T;
}
