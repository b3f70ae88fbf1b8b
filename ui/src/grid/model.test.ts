import { describe, expect, it } from "vitest";
import { GridModel } from "./model";
import { cell, FROM, gridBytes, modelWith, patchOf, TYPES } from "./testing";
import { decodeGrid } from "./wire";

const two = () =>
  modelWith([
    [cell({ sold: 9 }), cell()],
    [cell({ physical: 4 }), cell({ physical: 4 })],
  ]);
const sold = (model: GridModel) => model.counts(0, FROM).sold;
const patch = (version: number, count: number, since = 1, head = 2) =>
  patchOf([{ room_type: "D", night: FROM, ...cell({ sold: count, version }) }], since, head);

describe("the bytes of a grid", () => {
  it("are read column by column, type after type, with a head beyond 32 bits", () => {
    const chunk = decodeGrid(
      gridBytes(
        FROM,
        [
          [cell({ sold: 1 }), cell({ sold: 2 })],
          [cell({ sold: 3 }), cell()],
        ],
        2 ** 33 + 5,
      ),
    );
    expect([...chunk.cells.sold]).toEqual([1, 2, 3, 0]);
    expect(chunk).toMatchObject({ from: FROM, nights: 2, types: 2, head: 2 ** 33 + 5 });
  });

  it("are refused where they are none, or cut off", () => {
    expect(() => decodeGrid(new ArrayBuffer(64))).toThrow("not a calendar");
    expect(() => decodeGrid(gridBytes(FROM, [[cell()]]).slice(0, -4))).toThrow("wrong length");
  });
});

describe("no count outlives a change of its cell's version", () => {
  it("a newer patch takes the place of the count", () => {
    const model = two();
    expect(model.apply(patch(2, 10))).toEqual({ reread: false, changed: [{ row: 0, night: FROM }] });
    expect(sold(model)).toBe(10);
    expect(model.head).toBe(2);
  });

  it("an older patch, and one of the same version, is ignored", () => {
    const model = two();
    model.apply(patch(7, 10));
    for (const version of [7, 6, 1])
      expect(model.apply(patch(version, 3, 2, 2)), `version ${version}`).toEqual({
        reread: false,
        changed: [],
      });
    expect(sold(model)).toBe(10);
    expect(model.version(0, FROM)).toBe(7);
  });

  it("a read that is older than a patch does not bring the old count back", () => {
    const model = two();
    model.apply(patch(7, 10));
    model.load(
      gridBytes(
        FROM,
        [
          [cell({ sold: 9 }), cell()],
          [cell(), cell()],
        ],
        1,
      ),
    );
    expect(sold(model)).toBe(10);
  });

  it("a gap in the head asks for a reread and applies nothing", () => {
    const model = two();
    expect(model.apply(patch(9, 4, 5, 6))).toEqual({ reread: true, changed: [] });
    expect(sold(model)).toBe(9);
    expect(model.head).toBe(1);
  });

  it("too many changes ask for a reread, after which even a lower version counts", () => {
    const model = two();
    model.apply(patch(7, 10));
    expect(model.apply({ ...patch(8, 1, 2, 3), reread: true }).reread).toBe(true);
    model.restart();
    expect(sold(model)).toBe(10);
    expect(model.apply(patch(9, 2, 2, 3)).reread).toBe(true);
    model.load(
      gridBytes(
        FROM,
        [
          [cell({ sold: 5, version: 3 }), cell()],
          [cell(), cell()],
        ],
        12,
      ),
    );
    expect(sold(model)).toBe(5);
    expect(model.head).toBe(12);
  });

  it("a change of the version alone is taken in, and is no change to look at", () => {
    const model = two();
    expect(model.apply(patch(4, 9)).changed).toEqual([]);
    expect(model.version(0, FROM)).toBe(4);
  });

  it("chunks read one after another know only what the oldest of them saw", () => {
    const model = new GridModel(TYPES, FROM, FROM + 2);
    model.load(gridBytes(FROM, [[cell()], [cell()]], 10));
    expect(model.isRead(FROM + 1)).toBe(false);
    model.load(gridBytes(FROM + 1, [[cell({ sold: 2, version: 5 })], [cell()]], 14));
    expect(model.head).toBe(10);
    const again = [{ room_type: "D", night: FROM + 1, ...cell({ sold: 1, version: 4 }) }];
    model.apply(patchOf(again, 10, 14));
    expect(model.counts(0, FROM + 1).sold).toBe(2);
  });

  it("a cell that is not read yet is not patched: its read brings the change", () => {
    const model = new GridModel(TYPES, FROM, FROM + 2);
    model.load(gridBytes(FROM, [[cell()], [cell()]], 1));
    model.apply(patchOf([{ room_type: "D", night: FROM + 1, ...cell({ sold: 3, version: 2 }) }], 1, 2));
    expect(model.isRead(FROM + 1)).toBe(false);
  });

  it("patches of unknown types and nights are left alone", () => {
    const model = two();
    const cells = [
      { room_type: "X", night: FROM, ...cell({ version: 9 }) },
      { room_type: "D", night: FROM + 99, ...cell({ version: 9 }) },
    ];
    expect(model.apply(patchOf(cells, 1, 2))).toEqual({ reread: false, changed: [] });
  });

  it("a read with other room types than the hotel's is refused", () => {
    expect(() => two().load(gridBytes(FROM, [[cell(), cell()]], 3))).toThrow("other room types");
  });
});

describe("the row of the house", () => {
  it("sums its types, which alone decide where the house has no limit", () => {
    const model = modelWith([[cell({ sold: 13, overbooking: 2 })], [cell({ physical: 4, sold: 3 })]]);
    expect(model.counts(2, FROM)).toMatchObject({
      physical: 16,
      sold: 16,
      roomsLeft: 0,
      available: 2,
      overbooking: 2,
    });
  });

  it("has a limit of its own that also bounds what each type may sell", () => {
    const limited = modelWith([[cell({ sold: 10 })], [cell({ physical: 4 })]], { house_overbooking: [-5] });
    expect(limited.counts(2, FROM)).toMatchObject({ roomsLeft: 6, available: 1 });
    expect([limited.sellable(0, FROM), limited.sellable(1, FROM)]).toEqual([1, 1]);
    expect(two().sellable(1, FROM)).toBe(4);
  });

  it("sells nothing of a type that is not on sale", () => {
    const model = modelWith([[cell({ flags: 3 })], [cell({ physical: 4 })]]);
    expect(model.sellable(0, FROM)).toBe(0);
    expect(model.counts(2, FROM).available).toBe(4);
  });

  it("is added up anew after each change of a cell, of a night, and with each read", () => {
    const model = two();
    const sold = () => model.counts(2, FROM).sold;
    const before = sold();
    model.apply(patch(4, 9));
    expect(sold()).toBe(before);
    model.apply(patchOf([{ room_type: "D", night: FROM, ...cell({ sold: 7, version: 10 }) }], 2, 3));
    const after = sold();
    expect(after).not.toBe(before);
    const day = { night: FROM, arrivals: 0, departures: 0, in_house: 0, day_use: 0, house_restrictions: 0 };
    model.apply({ since: 3, head: 4, reread: false, cells: [], days: [{ ...day, house_overbooking: -9 }] });
    expect(model.counts(2, FROM).overbooking).toBe(-9);
    model.load(gridBytes(FROM, [[cell({ sold: 9, version: 11 })], [cell({ sold: 1, version: 11 })]], 5));
    expect(sold()).toBe(10);
  });

  it("takes arrivals and departures from the patches of days", () => {
    const model = two();
    const day = { night: FROM, arrivals: 3, departures: 2, in_house: 9, day_use: 1, house_restrictions: 0 };
    model.apply({ since: 1, head: 2, reread: false, cells: [], days: [{ ...day, house_overbooking: 4 }] });
    expect(model.day(FROM)).toEqual({ arrivals: 3, departures: 2, inHouse: 9, dayUse: 1 });
    expect(model.houseLimit(FROM)).toBe(4);
    model.apply({ since: 2, head: 3, reread: false, cells: [], days: [day] });
    expect(model.houseLimit(FROM)).toBeUndefined();
  });
});
