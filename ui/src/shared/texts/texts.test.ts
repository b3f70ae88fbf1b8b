import { afterEach, describe, expect, it } from "vitest";
import { parseDate } from "../parse-date";
import { dayFrom } from "../dates";
import { readLocale } from "../locale";
import { de } from "./de";
import { en, type Texts } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { LANGUAGES, LANGUAGE_NAMES, localeOf, type Language } from "./index";
import { pt } from "./pt";

const all: Record<Language, Texts> = { en, de, fr, es, pt };
const foreign = LANGUAGES.filter((each) => each !== "en");

/** What is written alike in more than one language: keys and examples of what is typed. */
const ALIKE = new Set(["27/11, +14, 27 nov", "2 dbl 14-17 jul"]);

/** Every text with its place; one that is made of values is made of numbers here, for 0, 1, 2 and 7 of them. */
function textsOf(value: unknown, place: string): [string, string][] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function") {
    return [0, 1, 2, 7].map((count) => [
      `${place}(${count})`,
      String((value as (...values: number[]) => unknown)(count, count, count, count, count)),
    ]);
  }
  return Object.entries(value as object).flatMap(([key, each]) => textsOf(each, `${place}.${key}`));
}

/** Without the values within it, so that a text of values alone is not taken for one left in English. */
const letters = (text: string) => text.replace(/[^\p{L}]/gu, "");

afterEach(() => readLocale("en-GB"));

describe("the texts", () => {
  it.each(LANGUAGES)("of %s are all filled", (each) => {
    expect(LANGUAGE_NAMES[each]).not.toBe("");
    const found = textsOf(all[each], each);
    expect(found.length).toBeGreaterThan(500);
    for (const [place, text] of found) {
      expect(text.trim(), place).not.toBe("");
      expect(text, place).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it.each(foreign)("of %s have the places of the English ones", (each) => {
    const places = (of: Texts) => textsOf(of, "").map(([place]) => place);
    expect(places(all[each]).sort()).toEqual(places(en).sort());
  });

  it.each(foreign)("of %s leave nothing in English", (each) => {
    const english = new Map(textsOf(en, ""));
    const same = textsOf(all[each], "").filter(
      ([place, text]) =>
        english.get(place) === text && text.length > 15 && letters(text) !== "" && !ALIKE.has(text),
    );
    expect(same).toEqual([]);
  });

  it.each([
    ["en", "booking"],
    ["de", "buchung"],
    ["fr", "réservation"],
    ["es", "reserva"],
    ["pt", "reserva"],
  ] as const)(
    "of %s give up a booking in other words than those that leave its card or form",
    (each, what) => {
      const { card, close, cancelForm, beside } = all[each];
      const words = (text: string) => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
      const leaves = new Set([close, cancelForm, beside.close, beside.door.back].flatMap(words));
      for (const text of [card.actions.cancel, card.now.cancel]) {
        expect(words(text), text).toContain(what);
        expect(words(text).filter((word) => leaves.has(word))).toEqual([]);
      }
    },
  );

  it("count nothing as one in French and Portuguese only", () => {
    const nights = (of: Texts) => [0, 1, 2].map((count) => of.nights(count));
    expect(nights(fr)).toEqual(["0 nuit", "1 nuit", "2 nuits"]);
    expect(nights(pt)).toEqual(["0 noite", "1 noite", "2 noites"]);
    expect(nights(es)).toEqual(["0 noches", "1 noche", "2 noches"]);
    expect(nights(de)).toEqual(["0 Nächte", "1 Nacht", "2 Nächte"]);
  });

  it("write Portuguese as Portugal does, where the system names no region", () => {
    expect(localeOf("pt", ["en-US"])).toBe("pt-PT");
    expect(localeOf("pt", ["pt-BR"])).toBe("pt-BR");
  });

  it.each(foreign)("of %s give examples of dates that are understood", (each) => {
    readLocale(localeOf(each, []));
    const friday = dayFrom(2026, 11, 27);
    for (const typed of ["27/11", "27 nov", "+0"]) expect(parseDate(typed, friday), typed).toBe(friday);
  });
});
