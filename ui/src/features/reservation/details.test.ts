import { describe, expect, it } from "vitest";
import { changedSince, over, readDetails, type DetailsDraft } from "./details";

const before: DetailsDraft = {
  name: "Ana Costa",
  phone: "+351 289",
  email: "",
  adults: "2",
  children: "0",
  meal: "BB",
  guarantee: "",
  notes: "quiet",
};
const read = (change: Partial<DetailsDraft>) => readDetails("A1", before, { ...before, ...change });

describe("what is known of a booking", () => {
  it("is not said where nothing of it changed", () => {
    expect(read({ name: " Ana Costa " })).toEqual({ ok: true, value: undefined });
  });

  it("says what changed, and of the guest the whole", () => {
    expect(read({ phone: " ", notes: "late " })).toEqual({
      ok: true,
      value: {
        kind: "set_details",
        id: "A1",
        guest: { name: "Ana Costa", phone: undefined, email: undefined },
        meal: undefined,
        guarantee: undefined,
        notes: "late",
      },
    });
    expect(read({ children: "1", meal: "" })).toMatchObject({
      value: { guest: undefined, adults: 2, children: 1, meal: "", notes: undefined },
    });
  });

  it("says what is wrong, and where", () => {
    expect(read({ name: " " })).toMatchObject({ ok: false, field: "name" });
    expect(read({ adults: "two" })).toMatchObject({ ok: false, field: "adults" });
    expect(read({ children: "" })).toMatchObject({ ok: false, field: "children" });
  });

  it("is saved without a name where nobody is known yet", () => {
    const nobody = { ...before, name: "" };
    expect(readDetails("A1", nobody, { ...nobody, notes: "late" })).toMatchObject({
      value: { notes: "late" },
    });
  });

  it("keeps what was typed over what others changed meanwhile, and nothing else", () => {
    const now = { ...before, phone: "1", notes: "late" };
    expect(over(now, before, { ...before, notes: "early" })).toEqual({ ...now, notes: "early" });
  });

  it("shows what others wrote where something was typed too", () => {
    const now = { ...before, phone: "1", notes: "late" };
    expect(changedSince(now, before, { ...before, notes: "early", meal: "HB" })).toEqual({ notes: "late" });
  });
});
