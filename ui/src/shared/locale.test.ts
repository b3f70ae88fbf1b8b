import { afterEach, describe, expect, it } from "vitest";
import { dateRange, dayFrom, longDate, shortDate } from "./dates";
import { money, parseMoney } from "./format";
import { factsOf, readLocale } from "./locale";
import { parseDate } from "./parse-date";
import { localeOf, systemLanguage } from "./texts";

const FRIDAY = dayFrom(2026, 11, 27);

afterEach(() => readLocale("en-GB"));

describe("dates and amounts as the locale writes them", () => {
  it.each([
    ["en-GB", "Fri 27 Nov", "Friday 27 November 2026", "1,234.50"],
    ["en-US", "Fri Nov 27", "Friday November 27 2026", "1,234.50"],
    ["de", "Fr 27. Nov", "Freitag 27. November 2026", "1.234,50"],
    ["fr", "ven 27 nov", "vendredi 27 novembre 2026", "1\u202f234,50"],
    ["es", "vie 27 nov", "viernes 27 noviembre 2026", "1.234,50"],
    ["pt", "sex 27 nov", "sexta-feira 27 novembro 2026", "1.234,50"],
  ])("%s", (tag, short, long, amount) => {
    readLocale(tag);
    expect(shortDate(FRIDAY)).toBe(short);
    expect(longDate(FRIDAY)).toBe(long);
    expect(money(123_450, 2)).toBe(amount);
    expect(parseMoney(amount, 2)).toBe(123_450);
  });

  it("keeps the months of a language apart", () => {
    for (const tag of ["en-GB", "de", "fr", "es", "pt"]) {
      expect(new Set(factsOf(tag).monthsShort).size, tag).toBe(12);
    }
  });

  it("knows on which weekday a week begins", () => {
    expect(factsOf("de").firstWeekday).toBe(0);
    expect(factsOf("en-US").firstWeekday).toBe(6);
  });

  it("shortens a range within a month", () => {
    readLocale("de");
    expect(dateRange(FRIDAY, FRIDAY + 2)).toBe("Fr 27 › So 29. Nov");
  });

  it("reads a point as a decimal one where a comma is the rule", () => {
    readLocale("de");
    expect(parseMoney("99.5", 2)).toBe(9_950);
    expect(parseMoney("99,5", 2)).toBe(9_950);
    expect(parseMoney("1.099", 2)).toBe(109_900);
    expect(parseMoney("1,2,3", 2)).toBeUndefined();
  });

  it("understands months and weekdays in the language in use and in English", () => {
    readLocale("de");
    expect(parseDate("3 märz", FRIDAY)).toBe(dayFrom(2027, 3, 3));
    expect(parseDate("3 marz", FRIDAY)).toBe(dayFrom(2027, 3, 3));
    expect(parseDate("3 march", FRIDAY)).toBe(dayFrom(2027, 3, 3));
    expect(parseDate("son", FRIDAY)).toBe(FRIDAY + 2);
    expect(parseDate("sunday", FRIDAY)).toBe(FRIDAY + 2);
  });
});

describe("the language", () => {
  it("is the first of the system's that there are texts for", () => {
    expect(systemLanguage(["fi-FI", "de-AT", "en-GB"])).toBe("de");
    expect(systemLanguage(["fi-FI"])).toBe("en");
  });

  it("takes the region of the system where it speaks that language", () => {
    expect(localeOf("de", ["de-CH", "en"])).toBe("de-CH");
    expect(localeOf("de", ["en-US"])).toBe("de");
    expect(localeOf("en", ["de-DE"])).toBe("en-GB");
  });
});
