import type { ProgressEvent } from "../host";

/** Long work that goes on: how far it is, as `LongWork.svelte` shows it. */
export class Work {
  /** Nothing where none goes on; a total of 0 where it is not known yet. */
  at = $state.raw<{ done: number; total: number }>();
  #run = 0;

  /** Does it, and gives what it gives, or throws what it throws. */
  async of<T>(task: (hear: (progress: ProgressEvent) => void) => Promise<T>): Promise<T> {
    const run = ++this.#run;
    this.at = { done: 0, total: 0 };
    try {
      return await task(({ done, total }) => {
        // What is told on the way may come after the answer.
        if (run === this.#run) this.at = { done, total };
      });
    } finally {
      if (run === this.#run) {
        this.#run++;
        this.at = undefined;
      }
    }
  }
}
