// The bytes of one read of the grid: little-endian 32-bit words, a header of eight, then whole columns.
export const GRID_MAGIC = 0x3147524b;
export const NOT_SET = -2147483648;
export const CELL_COLUMNS = [
  "physical",
  "out_of_order",
  "sold",
  "held",
  "blocked",
  "overbooking",
  "version",
  "flags",
  "restrictions",
  "group_rooms",
  "group_picked_up",
] as const;
export const DAY_COLUMNS = [
  "arrivals",
  "departures",
  "in_house",
  "day_use",
  "house_restrictions",
  "house_overbooking",
] as const;
export type CellColumn = (typeof CELL_COLUMNS)[number];
export type DayColumn = (typeof DAY_COLUMNS)[number];

const HEADER_WORDS = 8;

/** A rectangle of the calendar: every room type over a run of nights. */
export interface GridChunk {
  from: number;
  nights: number;
  types: number;
  head: number;
  cells: Record<CellColumn, Int32Array>;
  days: Record<DayColumn, Int32Array>;
}

/** Reads the bytes of a grid; throws where they are not a grid, since nothing could be drawn from them. */
export function decodeGrid(bytes: ArrayBuffer): GridChunk {
  const header = new DataView(bytes);
  if (bytes.byteLength < HEADER_WORDS * 4 || header.getInt32(0, true) !== GRID_MAGIC)
    throw new Error("The program sent something that is not a calendar.");
  const word = (at: number) => header.getInt32(at * 4, true);
  const [from, nights, types] = [word(1), word(2), word(3)];
  const head = (word(4) >>> 0) + word(5) * 2 ** 32;
  const expected = HEADER_WORDS + CELL_COLUMNS.length * types * nights + DAY_COLUMNS.length * nights;
  if (bytes.byteLength !== expected * 4) throw new Error("The program sent a calendar of the wrong length.");
  let at = HEADER_WORDS;
  // Every machine that Keyrack runs on is little-endian, so the words are used where they lie.
  const take = (length: number) => new Int32Array(bytes, (at += length) * 4 - length * 4, length);
  const cells = Object.fromEntries(CELL_COLUMNS.map((name) => [name, take(types * nights)]));
  const days = Object.fromEntries(DAY_COLUMNS.map((name) => [name, take(nights)]));
  return {
    from,
    nights,
    types,
    head,
    cells: cells as GridChunk["cells"],
    days: days as GridChunk["days"],
  };
}
