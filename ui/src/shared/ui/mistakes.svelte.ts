// What is wrong in a form, told at the field that it is of.
import { getContext, setContext, untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";

export interface Mistake {
  text: string;
  /** By the name that the field has in the form; nothing where it is of none. */
  field?: string;
}

/** Refusals that are of one field, where the form has it. */
const OF_REFUSAL: Record<string, string> = {
  duplicate_room_type: "code",
  outage_exceeds_physical: "rooms",
  room_occupied: "room",
  service_exceeds_physical: "rooms",
  unknown_room_type: "room_type",
};

const KEY = Symbol("mistakes");

/** The mistakes of the form that this component is, for its fields to find. */
export function mistakesOfForm(): Mistakes {
  return setContext(KEY, new Mistakes());
}

/** Those of the form around this component. */
export function mistakesAround(): Mistakes | undefined {
  return getContext(KEY);
}

export class Mistakes {
  #now = $state.raw<Mistake>();
  /** How many fields of each name are on the screen. */
  readonly #fields = new SvelteMap<string, number>();

  /** A field that is on the screen. Gives what to do when it is gone. */
  has(field: string): () => void {
    const count = (by: number) => untrack(() => this.#fields.set(field, (this.#fields.get(field) ?? 0) + by));
    count(1);
    return () => count(-1);
  }

  tell(mistake: Mistake): void {
    this.#now = mistake;
  }

  /** Tells what the program said, where a field here is meant; gives whether one is. */
  takes({ code, field, message }: { code: string; field?: string; message: string }): boolean {
    const named = field ?? OF_REFUSAL[code];
    if (named === undefined || !this.#fields.get(named)) return false;
    this.tell({ text: message, field: named });
    return true;
  }

  /** The same, and tells it of no field where none is meant. */
  fails(failure: { code: string; field?: string; message: string }): void {
    if (!this.takes(failure)) this.tell({ text: failure.message });
  }

  clear(): void {
    this.#now = undefined;
  }

  at(field: string | undefined): Mistake | undefined {
    return field !== undefined && this.#now?.field === field ? this.#now : undefined;
  }

  /** What is of no field that is on the screen. */
  get rest(): string {
    const now = this.#now;
    return now && !(now.field && this.#fields.get(now.field)) ? now.text : "";
  }
}
