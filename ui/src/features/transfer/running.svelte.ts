// An import and an export as they stand. They go on, and are found again, when another screen was looked at meanwhile.
import type { ExportWhat, Failure, Imported } from "../../host";
import type { Day } from "../../shared/dates";
import { Work } from "../../shared/work.svelte";

export class Importing {
  file = $state("");
  mapping = $state("");
  keepGood = $state(false);
  /** Whether the last run was one that brings in the good rows. */
  keptGood = $state(false);
  found = $state.raw<Imported>();
  failure = $state.raw<Failure>();
  /** What the last dry run was of: bringing in begins with looking. */
  tried = $state("");
  readonly work = new Work();
}

export class Exporting {
  what = $state<ExportWhat>("reservations");
  from = $state<Day>();
  before = $state<Day>();
  to = $state("");
  replace = $state(false);
  said = $state("");
  failure = $state.raw<Failure>();
  readonly work = new Work();
}
