// Keeps the calendar true: reads it, patches it when the file changes, and reads it again where a patch does not fit.
// Invariant: one read at a time, in order; whatever is asked for meanwhile is answered by the next one.
import { GridModel, type Applied } from "../grid/model";
import type { Host, PropertyInfo } from "../host";
import { civilOf, dayOf, type Day } from "../shared/dates";

export interface FeedEvents {
  /** The counts of some cells are new; none are named where all may be. */
  counted(changed: Applied["changed"]): void;
  /** Something happened in the hotel, in the counts or not. */
  happened(): void;
  /** The room types or the horizon are others: there is another model. */
  reopened(property: PropertyInfo, model: GridModel): void;
  failed(thrown: unknown): void;
}

/** Enough nights for the widest zoom on a wide screen, so that the first picture needs one small read. */
const FIRST_BEFORE = 40;
const FIRST_AFTER = 140;
/** Three years are read in pieces, between which the window draws and answers. */
const MOST_NIGHTS = 400;

export class Feed {
  model: GridModel;
  private queue: Promise<void> = Promise.resolve();
  private waiting = false;
  /** Another one says that the counts were written anew, whatever the last event's number is. */
  private generation: number;

  constructor(
    private readonly host: Host,
    property: PropertyInfo,
    private readonly events: FeedEvents,
  ) {
    this.model = modelOf(property);
    this.generation = property.generation;
  }

  /** Reads the nights round the business date first, then the rest. */
  async start(businessDate: Day): Promise<void> {
    const { from, to } = this.model;
    const first = Math.max(from, businessDate - FIRST_BEFORE);
    const last = Math.min(to, businessDate + FIRST_AFTER);
    await this.enqueue(() => this.read(first, last));
    void this.enqueue(() => this.read(last, to));
    void this.enqueue(() => this.read(from, first));
  }

  /** Asks what changed. Any number of calls while one read is waiting are one read. */
  poke(): Promise<void> {
    if (this.waiting) return this.queue;
    this.waiting = true;
    return this.enqueue(() => {
      this.waiting = false;
      return this.follow();
    });
  }

  private enqueue(job: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(job).catch((thrown: unknown) => this.events.failed(thrown));
    return this.queue;
  }

  private async read(from: Day, to: Day): Promise<void> {
    for (let start = from; start < to; start += MOST_NIGHTS) {
      const nights = Math.min(MOST_NIGHTS, to - start);
      this.model.load(await this.host.grid({ from: civilOf(start), nights }));
      this.events.counted([]);
    }
  }

  private async follow(): Promise<void> {
    const since = this.model.head;
    if (since === undefined) return this.reread();
    const changes = await this.host.changes({ since, generation: this.generation });
    if (changes.catalogue) return this.reopen();
    const { reread, changed } = this.model.apply(changes);
    if (reread) await this.reread();
    else if (changed.length > 0 || changes.days.length > 0) this.events.counted(changed);
    if (reread || changes.head !== since) this.events.happened();
  }

  private async reread(): Promise<void> {
    this.model.restart();
    await this.read(this.model.from, this.model.to);
  }

  private async reopen(): Promise<void> {
    const property = await this.host.property();
    this.generation = property.generation;
    this.model = modelOf(property);
    await this.read(this.model.from, this.model.to);
    this.events.reopened(property, this.model);
    this.events.happened();
  }
}

export function modelOf(property: PropertyInfo): GridModel {
  const types = property.room_types.map(({ code, name, rooms }) => ({ code, name, rooms }));
  return new GridModel(types, dayOf(property.open_from), dayOf(property.open_to));
}
