import type { Failure } from "../../host";
import { Work } from "../../shared/work.svelte";

/** Joining a centre, as it stands. It goes on while another screen is looked at. */
export class Joining {
  readonly work = new Work();
  failure = $state.raw<Failure>();
}
