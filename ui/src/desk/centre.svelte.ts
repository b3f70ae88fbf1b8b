// How the desk stands with its centre, and which bookings and nights are not settled with it. The program follows the
// centre by itself; the window looks at how that goes.
import type { CentreView, Host } from "../host";
import { dayOf } from "../shared/dates";

/** What comes and goes with the network is on the screen soon; a file without a centre seldom gets one. */
const LOOK_EVERY_MS = 2_000;
const NO_CENTRE_MS = 15_000;
/** Of what went to and fro the last moments are kept. */
const KEPT = 50;

/** What was seen of the exchange at one look. */
export interface Moment {
  /** Milliseconds since 1970. */
  at: number;
  /** Commands that were answered, and entries of the feed that came down. */
  answered: number;
  cameDown: number;
  /** How the centre is reached from then on, where that became another. */
  reach?: string;
}

export class Centre {
  /** Nothing while it is not known, null where there is none. */
  view = $state.raw<CentreView | null>();
  /** What went to and fro since the window was opened, the last first. */
  log = $state.raw<readonly Moment[]>([]);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private reservations = $state.raw<readonly string[]>([]);
  private shown = "";

  constructor(
    private readonly host: Host,
    private readonly marked: (nights: { room_type: string; night: number }[]) => void,
  ) {}

  get isAway(): boolean {
    return this.view !== undefined && this.view !== null && this.view.status.reach !== "online";
  }

  /** This program cannot read what the centre says until it is updated. */
  get isNewer(): boolean {
    return this.view?.status.newer === true;
  }

  /** A booking about which the centre has something still to say. */
  isUnsettled(reservation: string): boolean {
    return this.reservations.includes(reservation);
  }

  /** Looks now, and from then on again and again. */
  async look(): Promise<void> {
    try {
      this.become(await this.host.centre());
    } catch {
      // A shut door or a busy file: what was known stays.
    }
    clearTimeout(this.timer);
    // An answer may come when nobody looks any more.
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(), this.view ? LOOK_EVERY_MS : NO_CENTRE_MS);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private become(view: CentreView | null): void {
    this.note(this.view, view);
    this.view = view;
    const marks = JSON.stringify([view?.reservations ?? [], view?.nights ?? []]);
    if (marks === this.shown) return;
    this.shown = marks;
    this.reservations = view?.reservations ?? [];
    const nights = view?.nights ?? [];
    this.marked(nights.map(({ room_type, night }) => ({ room_type, night: dayOf(night) })));
  }

  private note(before: CentreView | null | undefined, now: CentreView | null): void {
    if (!before || !now) return;
    const moment = {
      at: Date.now(),
      answered: Math.max(0, before.status.queued - now.status.queued),
      cameDown: Math.max(0, now.status.cursor - before.status.cursor),
      reach: now.status.reach === before.status.reach ? undefined : now.status.reach,
    };
    if (moment.answered + moment.cameDown === 0 && !moment.reach) return;
    this.log = [moment, ...this.log].slice(0, KEPT);
  }
}
