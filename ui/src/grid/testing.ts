// Makes the bytes of a grid by hand, for the tests of what reads them.
import { dayOf } from "../shared/dates";
import { GridModel, type ModelPatch } from "./model";
import { CELL_COLUMNS, DAY_COLUMNS, GRID_MAGIC, NOT_SET, type CellColumn } from "./wire";

export type Cell = Record<CellColumn, number>;
export const cell = (counts: Partial<Cell> = {}): Cell => ({
  physical: 12,
  out_of_order: 0,
  sold: 0,
  held: 0,
  blocked: 0,
  overbooking: 0,
  version: 1,
  flags: 1,
  restrictions: 0,
  group_rooms: 0,
  group_picked_up: 0,
  ...counts,
});

export function gridBytes(
  from: number,
  rows: Cell[][],
  head = 1,
  days: Partial<Record<(typeof DAY_COLUMNS)[number], number[]>> = {},
): ArrayBuffer {
  const nights = rows[0]?.length ?? 0;
  const words = [GRID_MAGIC, from, nights, rows.length, head | 0, Math.floor(head / 2 ** 32), 0, 0];
  for (const name of CELL_COLUMNS) for (const row of rows) words.push(...row.map((each) => each[name]));
  for (const name of DAY_COLUMNS)
    words.push(
      ...(days[name] ?? Array.from({ length: nights }, () => (name === "house_overbooking" ? NOT_SET : 0))),
    );
  return new Int32Array(words).buffer;
}

export const FROM = dayOf("2026-11-27");
export const TYPES = [
  { code: "D", name: "Standard double", rooms: 12 },
  { code: "S", name: "Suite", rooms: 4 },
];

/** A hotel of two types, read from the given rows. */
export function modelWith(rows: Cell[][], days?: Parameters<typeof gridBytes>[3]): GridModel {
  const model = new GridModel(TYPES, FROM, FROM + (rows[0]?.length ?? 0));
  model.load(gridBytes(FROM, rows, 1, days));
  return model;
}

export const patchOf = (cells: ModelPatch["cells"], since: number, head: number): ModelPatch => ({
  since,
  head,
  reread: false,
  cells,
  days: [],
});
