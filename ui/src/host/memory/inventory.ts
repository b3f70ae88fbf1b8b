// A small inventory in memory: it counts, sells, holds and refuses like the real one, so that the window can be
// tested and drawn without the program behind it. Invariant: every count equals the sum of the things that take it.
import { civilOf, dayOf, type Day } from "../../shared/dates";
import type {
  CellCounts,
  CellPatch,
  Command,
  DayPatch,
  Guest,
  HistoryLine,
  NewProperty,
  RoomTypeInfo,
  StayStatus,
} from "../bindings";

export interface MemoryStay {
  stay: number;
  room_type: string;
  arrival: Day;
  departure: Day;
  freed_from?: Day;
  status: StayStatus;
  before?: StayStatus;
  room?: string;
  price?: number;
  option_until?: Day;
  moved: { night: Day; room_type: string }[];
}
export interface MemoryReservation {
  id: string;
  number: string;
  version: number;
  guest: Guest;
  source?: string;
  external_number?: string;
  meal?: string;
  notes?: string;
  guarantee?: string;
  adults: number;
  children: number;
  created_at: string;
  stays: MemoryStay[];
}
export interface MemoryHold {
  id: string;
  number: string;
  reference?: string;
  expires_ms: number;
  status: "active" | "released" | "converted" | "expired";
  items: { room_type: string; arrival: Day; departure: Day; rooms: number }[];
}
export interface MemoryOutage {
  id: string;
  number: string;
  room_type: string;
  from: Day;
  back_on: Day;
  rooms: number;
  service: boolean;
  reason: string;
  room?: string;
}
export interface LoggedEvent extends HistoryLine {
  cells: Set<number>;
  days: Set<Day>;
  reservation?: string;
}

export const TAKES_ROOMS: ReadonlySet<StayStatus> = new Set([
  "tentative",
  "confirmed",
  "checked_in",
  "checked_out",
]);
const WORDS = { physical: 0, out_of_order: 1, sold: 2, held: 3, overbooking: 4, version: 5 } as const;
type Word = keyof typeof WORDS;

export class MemoryInventory {
  readonly types: RoomTypeInfo[];
  readonly from: Day;
  readonly to: Day;
  readonly reservations = new Map<string, MemoryReservation>();
  readonly holds = new Map<string, MemoryHold>();
  readonly outages = new Map<string, MemoryOutage>();
  readonly events: LoggedEvent[] = [];
  readonly houseLimit = new Map<Day, number>();
  readonly undoStack: { command_id: string; text: string; undo: () => void }[] = [];
  private readonly columns: Int32Array[];
  private touchedCells = new Set<number>();
  private touchedDays = new Set<Day>();
  businessDate: Day;
  private numbers = 0;

  constructor(
    readonly info: NewProperty,
    readonly nowMs: () => number,
    nights = 1096,
    pastNights = 0,
  ) {
    this.types = info.room_types
      .map(({ code, name, rank, rooms, overbooking }, place): RoomTypeInfo => ({
        code,
        name,
        rank: rank ?? place + 1,
        rooms,
        overbooking: overbooking ?? 0,
        status: "on_sale",
      }))
      .sort((a, b) => a.rank - b.rank);
    this.businessDate = dayOf(info.business_date);
    this.from = this.businessDate - pastNights;
    this.to = this.businessDate + nights;
    const cells = this.types.length * this.nights;
    this.columns = Object.keys(WORDS).map(() => new Int32Array(cells));
    for (const [row, type] of this.types.entries()) {
      const limit = info.room_types.find(({ code }) => code === type.code)?.overbooking ?? 0;
      const range = [row * this.nights, (row + 1) * this.nights] as const;
      this.column("physical").fill(type.rooms, ...range);
      this.column("overbooking").fill(limit, ...range);
      this.column("version").fill(1, ...range);
    }
  }

  get nights(): number {
    return this.to - this.from;
  }

  get head(): number {
    return this.events.length;
  }

  nextNumber(): string {
    return `A${++this.numbers}`;
  }

  column(word: Word): Int32Array {
    const found = this.columns[WORDS[word]];
    if (!found) throw new Error(`no column ${word}`);
    return found;
  }

  row(code: string): number {
    return this.types.findIndex((type) => type.code === code);
  }

  index(code: string, night: Day): number {
    return this.row(code) * this.nights + (night - this.from);
  }

  /** Adds to one count over a range of nights and notes the cells for the next event. */
  add(word: Word, code: string, from: Day, to: Day, rooms: number): void {
    for (let night = Math.max(from, this.from); night < Math.min(to, this.to); night++) {
      const index = this.index(code, night);
      const column = this.column(word);
      column[index] = (column[index] ?? 0) + rooms;
      this.touchedCells.add(index);
      this.touchedDays.add(night);
    }
  }

  touchDay(night: Day): void {
    if (night >= this.from && night < this.to) this.touchedDays.add(night);
  }

  addStay(stay: MemoryStay, sign: 1 | -1): void {
    this.touchDay(stay.arrival);
    this.touchDay(stay.departure);
    if (!TAKES_ROOMS.has(stay.status)) return;
    const end = stay.freed_from ?? stay.departure;
    for (let night = stay.arrival; night < end; night++) {
      const code = stay.moved.find((move) => move.night === night)?.room_type ?? stay.room_type;
      this.add("sold", code, night, night + 1, sign);
    }
  }

  addHold(hold: MemoryHold, sign: 1 | -1): void {
    for (const { room_type, arrival, departure, rooms } of hold.items)
      this.add("held", room_type, arrival, departure, sign * rooms);
  }

  counts(code: string, night: Day): CellCounts {
    if (code === "house") return this.houseCounts(night);
    const at = (word: Word) => this.column(word)[this.index(code, night)] ?? 0;
    return derive(
      at("physical"),
      at("out_of_order"),
      at("sold"),
      at("held"),
      at("overbooking"),
      at("version"),
    );
  }

  private houseCounts(night: Day): CellCounts {
    const each = this.types.map(({ code }) => this.counts(code, night));
    const sum = (count: Exclude<keyof CellCounts, "restrictions">) =>
      each.reduce((total, counts) => total + counts[count], 0);
    const limit = this.houseLimit.get(night);
    const all = derive(
      sum("physical"),
      sum("out_of_order"),
      sum("sold"),
      sum("held"),
      limit ?? 0,
      sum("version"),
    );
    if (limit === undefined) {
      all.available = sum("available");
      all.overbooking = Math.max(0, all.available - Math.max(0, all.rooms_left));
      all.free = all.rooms_left + all.overbooking;
    }
    return all;
  }

  /** What may be sold of a type: its own count, and the house's where the house has a limit. */
  available(code: string, night: Day): number {
    const own = this.counts(code, night).available;
    return this.houseLimit.has(night) ? Math.min(own, this.houseCounts(night).available) : own;
  }

  day(night: Day): DayPatch {
    const patch: DayPatch = {
      night,
      arrivals: 0,
      departures: 0,
      in_house: 0,
      day_use: 0,
      house_restrictions: 0,
    };
    for (const { stays } of this.reservations.values())
      for (const stay of stays) {
        if (!TAKES_ROOMS.has(stay.status)) continue;
        const end = stay.freed_from ?? stay.departure;
        if (stay.arrival === night) patch.arrivals++;
        if (end === night) patch.departures++;
        if (stay.arrival === night && end === night) patch.day_use++;
        if (stay.arrival <= night && night < end) patch.in_house++;
      }
    const limit = this.houseLimit.get(night);
    if (limit !== undefined) patch.house_overbooking = limit;
    return patch;
  }

  /** Closes one change: raises the versions of the cells it touched and writes it into the log. */
  log(event: string, text: string, commandId: string, about?: MemoryReservation, reason?: string): void {
    for (const index of this.touchedCells) {
      const versions = this.column("version");
      versions[index] = (versions[index] ?? 0) + 1;
    }
    this.events.push({
      seq: this.events.length + 1,
      instant: new Date(this.nowMs()).toISOString(),
      business_date: civilOf(this.businessDate),
      actor: "Front desk",
      event,
      text,
      command_id: commandId,
      number: about?.number,
      reason,
      reservation: about?.id,
      cells: this.touchedCells,
      days: this.touchedDays,
    });
    this.touchedCells = new Set();
    this.touchedDays = new Set();
  }

  patch(index: number): CellPatch {
    const type = this.types[Math.floor(index / this.nights)];
    if (!type) throw new Error("a touched cell has a room type");
    const night = this.from + (index % this.nights);
    const counts = this.counts(type.code, night);
    const { physical, out_of_order, sold, held, blocked, overbooking, version } = counts;
    const flags = type.status === "on_sale" ? 1 : 3;
    return {
      room_type: type.code,
      night,
      physical,
      out_of_order,
      sold,
      held,
      blocked,
      overbooking,
      flags,
      restrictions: 0,
      group_rooms: 0,
      group_picked_up: 0,
      version,
    };
  }

  /** Lets go every hold whose time has come. */
  sweep(): void {
    for (const hold of this.holds.values()) {
      if (hold.status !== "active" || hold.expires_ms > this.nowMs()) continue;
      this.addHold(hold, -1);
      hold.status = "expired";
      this.log("hold_expired", `Hold ${hold.number} expired`, hold.id);
    }
  }
}

function derive(
  physical: number,
  out_of_order: number,
  sold: number,
  held: number,
  overbooking: number,
  version: number,
): CellCounts {
  const rooms_left = physical - out_of_order - sold - held;
  const free = rooms_left + overbooking;
  const available = Math.max(0, free);
  return {
    physical,
    out_of_order,
    sold,
    held,
    blocked: 0,
    overbooking,
    rooms_left,
    free,
    available,
    may_be_sold: available,
    version,
  };
}

export type CommandOf<K extends Command["kind"]> = Extract<Command, { kind: K }>;
