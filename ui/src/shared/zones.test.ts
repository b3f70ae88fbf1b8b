import { afterEach, describe, expect, it, vi } from "vitest";
import { zoneOf, zones, zonesLike } from "./zones";

const SOME = ["America/Argentina/Salta", "America/Sao_Paulo", "Asia/Bangkok", "Europe/Lisbon", "Europe/Oslo"];

afterEach(() => vi.unstubAllGlobals());

describe("time zones", () => {
  it("are those of the engine", () => {
    expect(zones()).toContain("Europe/Lisbon");
  });

  it.each([
    ["", SOME],
    ["lisb", ["Europe/Lisbon"]],
    ["sao paulo", ["America/Sao_Paulo"]],
    ["São Paulo", ["America/Sao_Paulo"]],
    ["europe os", ["Europe/Oslo"]],
    ["EUROPE/", ["Europe/Lisbon", "Europe/Oslo"]],
    // What begins with it comes before what has it within.
    ["bon", ["Europe/Lisbon"]],
    ["o", ["Europe/Oslo", "America/Sao_Paulo", "Asia/Bangkok", "Europe/Lisbon"]],
    ["atlantis", []],
  ])("like %o", (typed, found) => {
    expect(zonesLike(typed, SOME)).toEqual(found);
  });

  it.each([
    ["europe/lisbon", "Europe/Lisbon"],
    [" Asia/Bangkok ", "Asia/Bangkok"],
    // Not listed, and known by an older name.
    ["US/Pacific", "US/Pacific"],
    ["Lisbon", undefined],
    ["+01:00", undefined],
    ["", undefined],
  ])("%o is %o", (typed, zone) => expect(zoneOf(typed, SOME)).toBe(zone));

  it("are taken as they are typed where the engine has no list", () => {
    vi.stubGlobal("Intl", { ...Intl, supportedValuesOf: undefined });
    expect(zones()).toEqual([]);
    expect(zoneOf(" Lisbon ")).toBe("Lisbon");
  });
});
