import { describe, expect, it } from "vitest";
import { civilOf, dayFrom } from "../../shared/dates";
import { readLocale } from "../../shared/locale";
import { parseWish, typesLike } from "./parse";

const TYPES = [
  { code: "SGL", name: "Single" },
  { code: "A", name: "Standard double" },
  { code: "D", name: "Superior double" },
  { code: "FAM", name: "Family room" },
];
const TODAY = dayFrom(2026, 6, 1);

describe("what is typed", () => {
  it.each([
    ["2 dbl 14-17 jul", 2, "A D", "2026-07-14", "2026-07-17", ""],
    ["dbl 14-17 jul", 1, "A D", "2026-07-14", "2026-07-17", ""],
    ["14-17 jul", 1, "", "2026-07-14", "2026-07-17", ""],
    ["14 - 17 jul 2027 sgl", 1, "SGL", "2027-07-14", "2027-07-17", ""],
    ["28 jun - 3 jul fam", 1, "FAM", "2026-06-28", "2026-07-03", ""],
    ["28-3 jul fam", 1, "FAM", "2026-06-28", "2026-07-03", ""],
    ["a 27/11-30/11", 1, "A", "2026-11-27", "2026-11-30", ""],
    ["a 27.11.-30.11.", 1, "A", "2026-11-27", "2026-11-30", ""],
    ["a 27/12-3/1", 1, "A", "2026-12-27", "2027-01-03", ""],
    ["2026-07-14..2026-07-17 a", 1, "A", "2026-07-14", "2026-07-17", ""],
    ["jul 14 to jul 17", 1, "", "2026-07-14", "2026-07-17", ""],
    ["2 dbl 14 jul 3n", 2, "A D", "2026-07-14", "2026-07-17", ""],
    ["dbl 14 jul 3 nights", 1, "A D", "2026-07-14", "2026-07-17", ""],
    ["dbl 14 jul", 1, "A D", "2026-07-14", "2026-07-15", ""],
    ["3n sgl", 1, "SGL", "2026-06-01", "2026-06-04", ""],
    ["+14 2n 3 sgl", 3, "SGL", "2026-06-15", "2026-06-17", ""],
    ["fri 2n dbl", 1, "A D", "2026-06-05", "2026-06-07", ""],
    ["2x dbl tomorrow", 2, "A D", "2026-06-02", "2026-06-03", ""],
    ["dbl 14-17 jul Peter Müller", 1, "A D", "2026-07-14", "2026-07-17", "Peter Müller"],
    ["31 may - 2 jun", 1, "", "2027-05-31", "2027-06-02", ""],
    ["31-2 jun", 1, "", "2027-05-31", "2027-06-02", ""],
    ["28-2 dec", 1, "", "2026-11-28", "2026-12-02", ""],
    ["1-28 dec", 1, "", "2026-12-01", "2026-12-28", ""],
    ["28 nov - 2", 1, "", "2026-11-28", "2026-12-02", ""],
    ["30 dec - 2 jan", 1, "", "2026-12-30", "2027-01-02", ""],
    ["30-2 jan", 1, "", "2026-12-30", "2027-01-02", ""],
    ["1 nov - 15 mar", 1, "", "2026-11-01", "2027-03-15", ""],
    ["17 dec 2026 - 14 dec 2027", 1, "", "2026-12-17", "2027-12-14", ""],
    ["fri-mon", 1, "", "2026-06-05", "2026-06-08", ""],
  ])("%s", (typed, rooms, types, arrival, departure, guest) => {
    const wish = wishOf(typed);
    expect(wish && { ...wish, types: wish.types.map(({ code }) => code).join(" ") }).toEqual({
      rooms,
      types,
      arrival: dayFrom(...civil(arrival)),
      departure: dayFrom(...civil(departure)),
      guest,
    });
  });

  it.each([
    ["2 dbl 17-14 dec"],
    ["2 dbl 17-14 dec Meyer"],
    ["17-14"],
    ["17 dec - 14"],
    ["17 dec - 14 dec"],
    ["17-14 dec 2027"],
    ["17/12-14/12"],
    ["17.12.2026-14.12.2026"],
    ["2026-12-17..2026-12-14"],
    ["17 dec - 14 nov"],
    ["31 may - 29 may"],
  ])("%s ends before it begins", (typed) => {
    expect(parseWish(typed, TYPES, TODAY)).toBe("backwards");
  });

  it.each([[""], ["dbl"], ["2 dbl"], ["Peter Müller"], ["17-17 dec"], ["17 dec - 17 dec"]])(
    "%s names no nights",
    (typed) => {
      expect(parseWish(typed, TYPES, TODAY)).toBeUndefined();
    },
  );

  it.each([
    ["fr", "2 dbl 14-17 juil", "2026-07-14", "2026-07-17"],
    ["es", "2 dbl 14-17 jul", "2026-07-14", "2026-07-17"],
    ["pt-PT", "2 dbl 14-17 jul", "2026-07-14", "2026-07-17"],
    ["fr", "dbl ven 2n", "2026-06-05", "2026-06-07"],
    ["es", "dbl vie 2n", "2026-06-05", "2026-06-07"],
    ["pt-PT", "dbl sex 2n", "2026-06-05", "2026-06-07"],
  ])("is understood in %s as its examples have it: %s", (tag, typed, arrival, departure) => {
    readLocale(tag);
    const wish = wishOf(typed);
    readLocale("en-GB");
    expect(wish?.types.map(({ code }) => code)).toEqual(["A", "D"]);
    expect(wish && [civilOf(wish.arrival), civilOf(wish.departure)]).toEqual([arrival, departure]);
  });

  it("never goes back in time, whatever is typed", () => {
    const pieces = ["14", "-", "jul", "2", "dbl", "27/11", "+3", "3n", "x", "..", "2026-01-01", "fri", "Ana"];
    for (let seed = 0; seed < 4_000; seed++) {
      const words = [0, 1, 2, 3, 4].map((i) => pieces[(seed * 7 + i * seed * 3 + i) % pieces.length]);
      const wish = wishOf(words.join(" "));
      if (wish) expect(wish.departure, words.join(" ")).toBeGreaterThan(wish.arrival);
      if (wish) expect(civilOf(wish.arrival)).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe("a room type", () => {
  it.each([
    ["a", "A"],
    ["fam", "FAM"],
    ["dbl", "A D"],
    ["stdrd", "A"],
    ["sup", "D"],
    ["room", "FAM"],
    ["sing", "SGL"],
    ["xyz", ""],
    ["", ""],
  ])("%s", (word, codes) => {
    expect(
      typesLike(word, TYPES)
        .map(({ code }) => code)
        .join(" "),
    ).toBe(codes);
  });
});

function wishOf(typed: string) {
  const wish = parseWish(typed, TYPES, TODAY);
  return typeof wish === "object" ? wish : undefined;
}

function civil(text: string): [number, number, number] {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return [year, month, day];
}
