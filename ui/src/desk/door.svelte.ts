// The door of the desk as the window sees it. The program decides who is in and when it locks; the page tells it that
// somebody is at work, asks how it stands, and hides the hotel as soon as it is shut.
import { failureOf, type Host, type LockState, type Role } from "../host";
import { texts } from "../shared/texts";

/** What is typed or clicked is told to the program this often at most. */
const TOUCH_EVERY_MS = 15_000;
/** Another process may end a sign-in: the page asks again after this time at the latest. */
const LOOK_EVERY_MS = 15_000;
const AFTER_LOCK_MS = 250;

/** A call waits for a sign-in that is minutes old. */
interface Waiting {
  again: () => void;
  giveUp: () => void;
}

export class Door {
  state = $state.raw<LockState>();
  /** Set while somebody is asked to sign in again for what they were about to do. */
  waiting = $state.raw<Waiting>();
  /** Who was signed in last: their work is still in the window. */
  lastName = $state("");
  private touchedAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Host) {}

  get shut(): boolean {
    return this.state?.state === "locked" || this.state?.state === "sign_in";
  }

  get name(): string | undefined {
    return this.state?.state === "in" ? this.state.name : undefined;
  }

  get role(): Role | undefined {
    return this.state?.state === "in" ? this.state.role : undefined;
  }

  get hasStaff(): boolean {
    return this.state !== undefined && this.state.state !== "no_staff";
  }

  /** Until the file has staff, whoever runs the program may do everything. */
  may(permission: string): boolean {
    if (this.state?.state === "in") return this.state.may.includes(permission);
    return this.state?.state === "no_staff";
  }

  /** Who has a permission, told to who has it not; nothing while the roles are not known. */
  async onlyFor(permission: string): Promise<string> {
    const words = texts.beside;
    const roles = await this.host.roles().catch(() => []);
    const names = roles
      .filter(({ may }) => may.includes(permission))
      .map(({ role }) => words.roles[role] ?? role);
    return names.length > 0 ? words.onlyFor(names.join(", ")) : "";
  }

  /** Asks how the door stands, and asks again when it may have locked. */
  async look(): Promise<void> {
    try {
      this.become(await this.host.lock_state());
    } catch {
      // Before a hotel is open, or while its file is busy, nothing is known: what was known stays.
    }
    this.lookLater();
  }

  /** Somebody is at work. */
  touch(now: number = performance.now()): void {
    if (this.name === undefined || now - this.touchedAt < TOUCH_EVERY_MS) return;
    this.touchedAt = now;
    void this.host.touch().then(
      () => this.look(),
      () => this.look(),
    );
  }

  async signIn(name: string, password: string): Promise<void> {
    this.become(await this.host.sign_in({ name, password }));
    this.lookLater();
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.again();
  }

  async lock(): Promise<void> {
    await this.host.lock();
    await this.look();
  }

  async signOut(): Promise<void> {
    await this.host.sign_out();
    this.lastName = "";
    await this.look();
  }

  /** Makes a call; where it needs a sign-in that is minutes old, asks for one and makes it again. */
  async fresh<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      const { why } = failureOf(thrown);
      if (why !== "fresh") {
        if (why === "locked" || why === "ended" || why === "sign_in") void this.look();
        throw thrown;
      }
      return new Promise<T>((resolve, reject) => {
        this.waiting = {
          again: () => void call().then(resolve, reject),
          giveUp: () => {
            this.waiting = undefined;
            reject(thrown);
          },
        };
      });
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private become(state: LockState): void {
    if (state.state === "in") this.lastName = state.name;
    this.state = state;
  }

  private lookLater(): void {
    clearTimeout(this.timer);
    if (!this.hasStaff) return;
    const left = this.state?.state === "in" ? this.state.locks_in_seconds * 1_000 + AFTER_LOCK_MS : Infinity;
    this.timer = setTimeout(() => void this.look(), Math.min(left, LOOK_EVERY_MS));
  }
}
