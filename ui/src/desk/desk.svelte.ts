// The state of the window on one open hotel: the calendar, what is selected, what stands on the right, and the one
// way in which a command is given. Features read it and call it; none of them speaks to another.
import type { GridModel } from "../grid/model";
import { departure, factsOf, firstNight, single, type Selection } from "../grid/selection";
import {
  failureOf,
  HOUSE,
  type Alternative,
  type Answer,
  type Command,
  type Failure,
  type Host,
  type UndoInfo,
  type PropertyInfo,
  type StayRequest,
  type TakeRequest,
} from "../host";
import { civilOf, dayOf, type Day } from "../shared/dates";
import { madeAt, uuidV7 } from "../shared/ids";
import { readZone } from "../shared/zone";
import { texts } from "../shared/texts";
import { asksFirst, isSomethingTyped } from "../shared/ui/asks-once";
import { Centre } from "./centre.svelte";
import { Feed } from "./feed";
import { Toasts } from "./toasts.svelte";

export interface BookingStart {
  stays: StayRequest[];
  hold?: { id: string; number: string };
  /** The group whose room is picked up. */
  allotment?: { id: string; number: string };
  /** A name that is known already. */
  guest?: string;
}
export type Side =
  | { kind: "cell"; explain?: number }
  | { kind: "booking"; start: BookingStart }
  | { kind: "card"; id: string; number?: string }
  | { kind: "outage" }
  | { kind: "limits" }
  | { kind: "new_group" }
  | { kind: "groups" }
  | { kind: "group"; id: string }
  | { kind: "waitlist" }
  | { kind: "end_of_day" }
  | { kind: "recent" }
  | { kind: "print"; reservation?: string; paper?: "confirmation" | "registration_card" }
  | { kind: "help" };

const RECENT_AT_MOST = 50;

export class Desk {
  property = $state.raw() as PropertyInfo;
  model = $state.raw() as GridModel;
  selection = $state.raw<Selection>();
  side = $state.raw<Side>({ kind: "cell" });
  /** What can still be taken back, the last first: what was done in this window, or else the last that was done before. */
  recent = $state.raw<readonly Deed[]>([]);
  /** Rises whenever something was taken back here. */
  undone = $state(0);
  /** Rises with every change of the calendar's counts: what is derived from them depends on it. */
  counted = $state(0);
  /** Rises whenever something happened in the hotel: lists and cards read themselves again. */
  happened = $state(0);
  /** A sentence for the polite live region. */
  spoken = $state("");
  /** On a narrow window: whether the panel lies over the grid. */
  drawerOpen = $state(false);
  /** Rises whenever a form on the right asked whether it is to be left. */
  asked = $state(0);
  readonly toasts = new Toasts();
  readonly centre: Centre;
  /** Set by the grid, which alone can scroll and outline. */
  grid: GridPort | undefined;
  private readonly feed: Feed;
  private opener: HTMLElement | undefined;
  private least: number | undefined;

  constructor(
    readonly host: Host,
    property: PropertyInfo,
  ) {
    this.property = property;
    readZone(property.time_zone);
    this.recent = before(property.last_undo);
    this.feed = new Feed(host, property, {
      counted: (changed) => {
        this.counted++;
        this.grid?.refresh(changed);
        this.recheckSelection();
      },
      happened: () => {
        this.happened++;
        if (this.centre.view) void this.centre.look();
      },
      reopened: (fresh, model) => this.reopen(fresh, model),
      failed: (thrown) => this.toasts.failed(failureOf(thrown)),
    });
    this.model = this.feed.model;
    this.selection = single(0, this.businessDate);
    this.centre = new Centre(host, (nights) => {
      this.model.mark(nights);
      this.grid?.refresh([]);
    });
  }

  get businessDate(): Day {
    return dayOf(this.property.business_date);
  }

  start(): Promise<void> {
    void this.centre.look();
    return this.feed.start(this.businessDate);
  }

  refresh(): Promise<void> {
    return this.feed.poke();
  }

  /** Nothing is asked for this desk any more. */
  stop(): void {
    this.centre.stop();
  }

  private reopen(property: PropertyInfo, model: GridModel): void {
    const code = this.typeCodeOf(this.selection?.row);
    this.property = property;
    model.takeMarks(this.model);
    this.model = model;
    if (this.selection) this.selection = { ...this.selection, row: model.row(code) ?? 0 };
  }

  typeName(code: string): string {
    if (code === HOUSE) return texts.house;
    return this.property.room_types.find((type) => type.code === code)?.name ?? code;
  }

  typeCodeOf(row: number | undefined): string {
    return this.model.types[row ?? -1]?.code ?? HOUSE;
  }

  select(selection: Selection | undefined, byHand = false): void {
    this.selection = selection;
    // Who picks a cell wants to see it; a form that is being filled in stays.
    if (byHand && ["card", "help", "group"].includes(this.side.kind) && !isSomethingTyped())
      this.side = { kind: "cell" };
    this.least =
      selection && this.model.isRead(selection.focus) ? factsOf(this.model, selection).least : undefined;
  }

  /** Selects in the grid, as a click would, and brings it into view. */
  selectCells(row: number, from: Day, to: Day): void {
    this.grid?.select({ row, anchor: from, focus: Math.max(from, to - 1) });
  }

  goTo(night: Day): void {
    this.grid?.showNight(night);
    this.grid?.select(single(this.selection?.row ?? 0, night));
    this.grid?.focus();
  }

  takeAlternative({ room_type, arrival, departure: leaves }: Alternative): void {
    this.selectCells(this.model.row(room_type) ?? 0, dayOf(arrival), dayOf(leaves));
    this.grid?.focus();
  }

  /** Puts something on the right and gives whether it is there; a form in which something was typed asks first. */
  show(side: Side): boolean {
    const stays = this.asksFirst();
    if (!stays) this.put(side);
    return !stays;
  }

  private asksFirst(): boolean {
    if (!asksFirst()) return false;
    this.drawerOpen = true;
    this.asked++;
    return true;
  }

  private put(side: Side): void {
    const active = document.activeElement;
    if (active instanceof HTMLElement && !active.closest("aside")) this.opener = active;
    this.side = side;
    this.drawerOpen = true;
  }

  /** Leaves what stands on the right; a form in which something was typed asks first. */
  leaveSide(): void {
    if (!this.asksFirst()) this.closeSide();
  }

  /** Closes what stands on the right and goes back to where it was opened from, or else to the grid. */
  closeSide(): void {
    const back = this.opener;
    this.opener = undefined;
    this.side = { kind: "cell" };
    this.drawerOpen = false;
    this.toasts.clear();
    if (back?.isConnected && back.matches("tr, [role=grid]")) back.focus();
    else this.grid?.focus();
  }

  /** Goes on from a form that was answered. Where something else was opened meanwhile, that stays. */
  answered(form: Side, next?: Side): void {
    if (this.side !== form) return;
    if (next) this.put(next);
    else this.closeSide();
  }

  /** The selection as a stay of one room; none where the house is selected. */
  selectedStay(): StayRequest | undefined {
    const { selection } = this;
    if (!selection || selection.row === this.model.houseRow) return undefined;
    return {
      room_type: this.typeCodeOf(selection.row),
      arrival: civilOf(firstNight(selection)),
      departure: civilOf(departure(selection)),
      rooms: 1,
    };
  }

  /**
   * Gives a command. What was done is told by a toast with its undo; a refusal is handed back to the one who asked,
   * and told by a toast where `tell` says so; a failure is told at the field that it is of, or here by a toast, and
   * gives nothing back.
   */
  async run(
    command: Command,
    options: { ifVersion?: number; tell?: boolean; overrideReason?: string; at?: TellsAtFields } = {},
  ): Promise<Answer | undefined> {
    const ask = (command_id: string) =>
      this.host.execute({
        command_id,
        if_version: options.ifVersion,
        override_reason: options.overrideReason,
        command,
      });
    const answer = await this.give(ask, options.at);
    if (answer?.ok) this.tellDone(answer, command);
    else if (answer && options.tell) this.toasts.refused(answer.error);
    const isGone = answer && (answer.ok || answer.error.why === "already_undone");
    if (isGone && command.kind === "undo") await this.takenBack(command.command);
    return answer;
  }

  /** Where nothing of this window is left, what was done before it can be taken back. */
  private async takenBack(command: string | undefined): Promise<void> {
    this.undone++;
    this.recent = this.recent.filter((each) => each.command_id !== command);
    if (this.recent.length > 0) return;
    try {
      const { last_undo } = await this.host.property();
      if (this.recent.length === 0) this.recent = before(last_undo);
    } catch (thrown) {
      this.toasts.failed(failureOf(thrown));
    }
  }

  /** Takes what can be had instead of what the centre declined. A refusal is handed back, as by `run`. */
  async takeInstead(taken: Omit<TakeRequest, "command_id">): Promise<Answer | undefined> {
    const answer = await this.give((command_id) => this.host.take_alternative({ command_id, ...taken }));
    if (answer?.ok) this.tellDone(answer, { kind: "reserve" });
    return answer;
  }

  private async give(
    ask: (command_id: string) => Promise<Answer>,
    at?: TellsAtFields,
  ): Promise<Answer | undefined> {
    try {
      const answer = await ask(uuidV7());
      void this.refresh();
      return answer;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (!at?.takes(failure)) this.toasts.failed(failure);
      return undefined;
    }
  }

  private tellDone(answer: Extract<Answer, { ok: true }>, command: { kind: Command["kind"] }): void {
    const { command_id, undoable, text } = answer;
    if (undoable) {
      const about = answer.reservation?.id ?? answer.done?.[0]?.split("/")[0];
      this.recent = [{ command_id, text, at: Date.now(), about }, ...this.recent].slice(0, RECENT_AT_MOST);
    }
    // Nobody may take a request for a booking: what was kept says so where it is told.
    const { reservation } = answer;
    const asks = command.kind === "reserve" && reservation?.status === "needs_confirmation";
    const told = asks ? texts.centre.request(reservation.number) : text;
    this.toasts.add({
      tone: "done",
      text: told,
      undo: undoable ? () => void this.undo(command_id) : undefined,
    });
    const failed = (answer.failed ?? []).map(({ id, error }) => `${id}: ${error.message}`);
    if (failed.length > 0) this.toasts.add({ tone: "refused", text: texts.toasts.partly(failed.join(" ")) });
  }

  /** Takes back the last of what can be, or the one that is named. */
  async undo(command = this.recent[0]?.command_id): Promise<void> {
    await this.run(command ? { kind: "undo", command } : { kind: "undo" }, { tell: true });
  }

  /** One key: the selection is held at once, for ten minutes. */
  async holdSelection(): Promise<void> {
    const stay = this.selectedStay();
    if (!stay) {
      this.toasts.add({ tone: "refused", text: texts.holds.pickType });
      return;
    }
    await this.run({ kind: "place_hold", stays: [stay] }, { tell: true });
  }

  book(start?: BookingStart): boolean {
    const stay = this.selectedStay();
    return this.show({ kind: "booking", start: start ?? { stays: [stay ?? this.firstSellable()] } });
  }

  /** On the row of the house a booking begins with the lowest type that has a room. */
  firstSellable(): StayRequest {
    const from = this.selection ? firstNight(this.selection) : this.businessDate;
    const to = this.selection ? departure(this.selection) : from + 1;
    const rows = this.model.types.map((_, row) => row);
    const row = rows.find(
      (each) => factsOf(this.model, { row: each, anchor: from, focus: to - 1 }).least > 0,
    );
    return {
      room_type: this.typeCodeOf(row ?? 0),
      arrival: civilOf(from),
      departure: civilOf(to),
      rooms: 1,
    };
  }

  /** A selection of several nights is recalculated when its counts change, and says so where its worth is another. */
  private recheckSelection(): void {
    const { selection, model } = this;
    if (!selection || !model.isRead(selection.focus)) return;
    const { least } = factsOf(model, selection);
    const worthIsOther = this.least !== undefined && this.least !== least;
    if (worthIsOther) this.spoken = texts.live.selectionChanged(least);
    this.least = least;
  }
}

/** What was done before this window was opened; its id says when. */
function before(done: UndoInfo | undefined): Deed[] {
  return done ? [{ ...done, at: madeAt(done.command_id) }] : [];
}

/** The fields of the form that gives a command. */
export interface TellsAtFields {
  takes(failure: Failure): boolean;
}

/** What was done in this window: when, and the booking it was about, where there is one. */
export interface Deed extends UndoInfo {
  /** In milliseconds. */
  at: number;
  about?: string;
}

export interface GridPort {
  select(selection: Selection | undefined): void;
  showNight(night: Day): void;
  page(screens: number): void;
  refresh(changed: readonly { row: number; night: Day }[]): void;
  focus(): void;
}
