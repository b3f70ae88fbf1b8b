// The counts that the window holds, as typed columns.
// Invariants: no count outlives a change of its cell's version (an older patch is ignored, a newer one applied);
// no change is skipped (a gap in the head asks for a reread of the whole range, and nothing is applied before it).
import { decodeGrid, CELL_COLUMNS, DAY_COLUMNS, NOT_SET, type CellColumn, type GridChunk } from "./wire";

export interface GridType {
  code: string;
  name: string;
  rooms: number;
}
export interface ModelPatch {
  since: number;
  head: number;
  reread: boolean;
  cells: ({ room_type: string; night: number } & Record<CellColumn, number>)[];
  days: {
    night: number;
    arrivals: number;
    departures: number;
    in_house: number;
    day_use: number;
    house_restrictions: number;
    house_overbooking?: number;
  }[];
}
export interface Applied {
  reread: boolean;
  /** The cells whose counts are other than before. */
  changed: { row: number; night: number }[];
}
export interface Counts {
  physical: number;
  outOfOrder: number;
  sold: number;
  held: number;
  blocked: number;
  overbooking: number;
  capacity: number;
  roomsLeft: number;
  free: number;
  available: number;
  flags: number;
}

/** Conditions of a night, unpacked. */
export interface Conditions {
  stopSell: boolean;
  closedToArrival: boolean;
  closedToDeparture: boolean;
  /** Nights; 0 where there is none. */
  minStay: number;
  maxStay: number;
}

const UNREAD = -1;
const COUNTED = CELL_COLUMNS.filter((name) => name !== "version");
/** What changes without a change of the cell's version: groups that keep nothing back. */
const OF_GROUPS = ["group_rooms", "group_picked_up"] as const;
const STAY_BITS = 0x1ff;
export const FLAG_OPEN = 1;
export const FLAG_NOT_ON_SALE = 2;

export class GridModel {
  /** The row of the whole house comes after the room types. */
  readonly houseRow: number;
  private readonly cells: GridChunk["cells"];
  private readonly days: GridChunk["days"];
  private readonly rows: Map<string, number>;
  private unsettled: ReadonlySet<string> = new Set();
  private knownHead: number | undefined;
  /** What the house has on a night, which three rows ask for: forgotten with each change. */
  private readonly houses = new Map<number, Readonly<Counts>>();

  constructor(
    readonly types: readonly GridType[],
    readonly from: number,
    readonly to: number,
  ) {
    this.houseRow = types.length;
    this.rows = new Map(types.map(({ code }, row) => [code, row]));
    const columns = (names: readonly string[], length: number) =>
      Object.fromEntries(names.map((name) => [name, new Int32Array(length)]));
    this.cells = columns(CELL_COLUMNS, types.length * this.nights) as GridChunk["cells"];
    this.days = columns(DAY_COLUMNS, this.nights) as GridChunk["days"];
    this.cells.version.fill(UNREAD);
    this.days.house_overbooking.fill(NOT_SET);
  }

  /** Says about which nights the centre has something still to say; a type that is not known has none here. */
  mark(nights: readonly { room_type: string; night: number }[]): void {
    this.unsettled = new Set(nights.map(({ room_type, night }) => `${room_type} ${night}`));
  }

  takeMarks(other: GridModel): void {
    this.unsettled = other.unsettled;
  }

  isUnsettled(row: number, night: number): boolean {
    return this.unsettled.size > 0 && this.unsettled.has(`${this.types[row]?.code} ${night}`);
  }

  get nights(): number {
    return this.to - this.from;
  }

  /** The last event that every cell read so far contains; absent until a read, and while a reread is due. */
  get head(): number | undefined {
    return this.knownHead;
  }

  row(code: string): number | undefined {
    return this.rows.get(code);
  }

  /** Forgets what was known, but not what is shown: the next loads replace it whatever its version. */
  restart(): void {
    this.knownHead = undefined;
    this.cells.version.fill(UNREAD);
  }

  load(bytes: ArrayBuffer): void {
    const chunk = decodeGrid(bytes);
    if (chunk.types !== this.types.length)
      throw new Error("The calendar has other room types than the hotel.");
    this.houses.clear();
    const first = Math.max(chunk.from, this.from);
    const last = Math.min(chunk.from + chunk.nights, this.to);
    for (let night = first; night < last; night++) {
      for (let row = 0; row < chunk.types; row++) this.loadCell(chunk, row, night);
      for (const name of DAY_COLUMNS)
        this.days[name][night - this.from] = chunk.days[name][night - chunk.from] ?? 0;
    }
    // Chunks are read one after another: only what the oldest of them saw is known of all.
    this.knownHead = this.knownHead === undefined ? chunk.head : Math.min(this.knownHead, chunk.head);
  }

  private loadCell(chunk: GridChunk, row: number, night: number): void {
    const source = row * chunk.nights + night - chunk.from;
    const target = this.index(row, night);
    if ((chunk.cells.version[source] ?? 0) < (this.cells.version[target] ?? UNREAD)) return;
    for (const name of CELL_COLUMNS) this.cells[name][target] = chunk.cells[name][source] ?? 0;
  }

  apply(patch: ModelPatch): Applied {
    const changed: Applied["changed"] = [];
    if (patch.reread || this.knownHead === undefined || patch.since !== this.knownHead)
      return { reread: true, changed };
    this.houses.clear();
    for (const cell of patch.cells) {
      const row = this.row(cell.room_type);
      if (row === undefined || !this.has(cell.night)) continue;
      if (this.applyCell(this.index(row, cell.night), cell)) changed.push({ row, night: cell.night });
    }
    for (const day of patch.days) {
      if (!this.has(day.night)) continue;
      for (const name of DAY_COLUMNS) this.days[name][day.night - this.from] = day[name] ?? NOT_SET;
    }
    this.knownHead = patch.head;
    return { reread: false, changed };
  }

  private applyCell(index: number, cell: Record<CellColumn, number>): boolean {
    const held = this.cells.version[index] ?? UNREAD;
    // An unread cell is not patched: its chunk is still to come, and brings the change with it.
    if (held === UNREAD || cell.version < held) return false;
    let differs = false;
    for (const name of cell.version === held ? OF_GROUPS : COUNTED) {
      differs ||= this.cells[name][index] !== cell[name];
      this.cells[name][index] = cell[name];
    }
    this.cells.version[index] = cell.version;
    return differs;
  }

  has(night: number): boolean {
    return night >= this.from && night < this.to;
  }

  /** Whether the night has been read at all. */
  isRead(night: number): boolean {
    return (
      this.has(night) && (this.types.length === 0 || this.cells.version[this.index(0, night)] !== UNREAD)
    );
  }

  version(row: number, night: number): number {
    return this.cells.version[this.index(row, night)] ?? UNREAD;
  }

  counts(row: number, night: number): Readonly<Counts> {
    if (row === this.houseRow) return this.house(night);
    const index = this.index(row, night);
    const at = (name: CellColumn) => this.cells[name][index] ?? 0;
    const closed = at("restrictions") & 1 ? FLAG_NOT_ON_SALE : 0;
    return derive(
      at("physical"),
      at("out_of_order"),
      at("sold"),
      at("held"),
      at("blocked"),
      at("overbooking"),
      at("flags") | closed,
    );
  }

  /** The conditions of a type's night, or of the house's. */
  conditions(row: number, night: number): Conditions {
    const bits =
      (row === this.houseRow
        ? this.days.house_restrictions[night - this.from]
        : this.cells.restrictions[this.index(row, night)]) ?? 0;
    return {
      stopSell: (bits & 1) !== 0,
      closedToArrival: (bits & 2) !== 0,
      closedToDeparture: (bits & 4) !== 0,
      minStay: (bits >> 8) & STAY_BITS,
      maxStay: (bits >> 20) & STAY_BITS,
    };
  }

  /** The rooms of groups on a type's night, and how many of them are picked up. */
  group(row: number, night: number): { rooms: number; pickedUp: number } {
    if (row === this.houseRow) {
      const all = { rooms: 0, pickedUp: 0 };
      for (let each = 0; each < this.houseRow; each++) {
        const index = this.index(each, night);
        all.rooms += this.cells.group_rooms[index] ?? 0;
        all.pickedUp += this.cells.group_picked_up[index] ?? 0;
      }
      return all;
    }
    const index = this.index(row, night);
    return {
      rooms: this.cells.group_rooms[index] ?? 0,
      pickedUp: this.cells.group_picked_up[index] ?? 0,
    };
  }

  day(night: number): { arrivals: number; departures: number; inHouse: number; dayUse: number } {
    const at = (name: (typeof DAY_COLUMNS)[number]) => this.days[name][night - this.from] ?? 0;
    return {
      arrivals: at("arrivals"),
      departures: at("departures"),
      inHouse: at("in_house"),
      dayUse: at("day_use"),
    };
  }

  houseLimit(night: number): number | undefined {
    const limit = this.days.house_overbooking[night - this.from] ?? NOT_SET;
    return limit === NOT_SET ? undefined : limit;
  }

  /** What may be sold of a type on a night: its own limit, and the house's where the house has one. */
  sellable(row: number, night: number): number {
    const counts = this.counts(row, night);
    const stopped = this.stopped(row, night);
    const own = stopped ? 0 : counts.available;
    if (row === this.houseRow || this.houseLimit(night) === undefined) return own;
    return Math.min(own, this.house(night).available);
  }

  /** What may be sold without a guest too many: of what may be sold, what is left. */
  left(row: number, night: number): number {
    return Math.min(this.sellable(row, night), Math.max(0, this.counts(row, night).roomsLeft));
  }

  /** Whether nothing is sold: the type is not on sale, or it or the whole house is stopped for the night. */
  stopped(row: number, night: number): boolean {
    const house = this.days.house_restrictions[night - this.from] ?? 0;
    if (house & 1) return true;
    if (row === this.houseRow) return false;
    const index = this.index(row, night);
    const own = (this.cells.restrictions[index] ?? 0) & 1;
    return own !== 0 || ((this.cells.flags[index] ?? 0) & FLAG_NOT_ON_SALE) !== 0;
  }

  private house(night: number): Readonly<Counts> {
    let counts = this.houses.get(night);
    if (counts === undefined) {
      counts = this.ofTypes(night);
      this.houses.set(night, counts);
    }
    return counts;
  }

  private ofTypes(night: number): Counts {
    const sum = derive(0, 0, 0, 0, 0, 0, 0);
    let available = 0;
    let shut = FLAG_NOT_ON_SALE;
    for (let row = 0; row < this.types.length; row++) {
      const each = this.counts(row, night);
      sum.physical += each.physical;
      sum.outOfOrder += each.outOfOrder;
      sum.sold += each.sold;
      sum.held += each.held;
      sum.blocked += each.blocked;
      available += each.flags & FLAG_NOT_ON_SALE ? 0 : each.available;
      sum.flags |= each.flags & FLAG_OPEN;
      shut &= each.flags;
    }
    const { physical, outOfOrder, sold, held, blocked } = sum;
    const flags = sum.flags | (this.types.length > 0 ? shut : 0);
    const limit = this.houseLimit(night);
    if (limit !== undefined) return derive(physical, outOfOrder, sold, held, blocked, limit, flags);
    // Without a limit of its own the house may sell what its types may sell.
    const all = derive(physical, outOfOrder, sold, held, blocked, 0, flags);
    const beyond = Math.max(0, available - Math.max(0, all.roomsLeft));
    return { ...all, overbooking: beyond, free: all.roomsLeft + beyond, available };
  }

  private index(row: number, night: number): number {
    return row * this.nights + night - this.from;
  }
}

function derive(
  physical: number,
  outOfOrder: number,
  sold: number,
  held: number,
  blocked: number,
  overbooking: number,
  flags: number,
): Counts {
  const capacity = physical - outOfOrder;
  const roomsLeft = capacity - sold - held - blocked;
  const free = roomsLeft + overbooking;
  return {
    physical,
    outOfOrder,
    sold,
    held,
    blocked,
    overbooking,
    capacity,
    roomsLeft,
    free,
    available: Math.max(0, free),
    flags,
  };
}
