// How the desk stands with its centre, and which bookings and nights are not settled with it. The program follows the
// centre by itself; the window looks at how that goes.
import type { CentreView, Host } from "../host";
import { dayOf } from "../shared/dates";

/** What comes and goes with the network is on the screen soon; a file without a centre seldom gets one. */
const LOOK_EVERY_MS = 2_000;
const NO_CENTRE_MS = 15_000;

export class Centre {
  /** Nothing while it is not known, null where there is none. */
  view = $state.raw<CentreView | null>();
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
    this.view = view;
    const marks = JSON.stringify([view?.reservations ?? [], view?.nights ?? []]);
    if (marks === this.shown) return;
    this.shown = marks;
    this.reservations = view?.reservations ?? [];
    const nights = view?.nights ?? [];
    this.marked(nights.map(({ room_type, night }) => ({ room_type, night: dayOf(night) })));
  }
}
