// What was said of things that are due, laid over what they become where nothing is said.
import type { DueDecision, DueItem } from "../../host";

export type Decisions = Readonly<Record<string, DueDecision>>;

export function decisionOf(item: DueItem, said: Decisions): DueDecision | undefined {
  return said[item.id] ?? item.decision;
}

/** How many things still need a word. */
export function leftOpen(items: readonly DueItem[], said: Decisions): number {
  return items.filter((item) => decisionOf(item, said) === undefined).length;
}

/** What is proposed for those that need a word: the first of their choices. What was said stays. */
export function asProposed(items: readonly DueItem[], said: Decisions): Decisions {
  const all: Record<string, DueDecision> = { ...said };
  for (const item of items) {
    const proposed = item.choices[0];
    if (decisionOf(item, said) === undefined && proposed) all[item.id] = proposed;
  }
  return all;
}

/** Every decision that was seen on the screen: a setting that changes meanwhile changes none of them. */
export function decided(items: readonly DueItem[], said: Decisions): Record<string, DueDecision> {
  const all: Record<string, DueDecision> = {};
  for (const item of items) {
    const decision = decisionOf(item, said);
    if (decision !== undefined) all[item.id] = decision;
  }
  return all;
}
