import { describe, expect, it } from "vitest";
import { civilOf, dateRange, dayOf, fullDate, isWeekend, longDate } from "./dates";
import { parseDate } from "./parse-date";

const businessDate = dayOf("2017-06-01");

describe("a typed date", () => {
  it.each([
    ["27/11", "2017-11-27"],
    ["27.11.", "2017-11-27"],
    ["27-11", "2017-11-27"],
    ["1/6", "2017-06-01"],
    ["31/5", "2018-05-31"],
    ["27 nov", "2017-11-27"],
    ["27nov", "2017-11-27"],
    ["Nov 27", "2017-11-27"],
    ["27 November 2026", "2026-11-27"],
    ["27/11/26", "2026-11-27"],
    ["29/2", "2020-02-29"],
    ["2017-07-16", "2017-07-16"],
    ["+14", "2017-06-15"],
    ["-3", "2017-05-29"],
    ["14", "2017-06-14"],
    ["1", "2017-06-01"],
    ["fri", "2017-06-02"],
    ["thursday", "2017-06-01"],
    ["today", "2017-06-01"],
    ["tomorrow", "2017-06-02"],
  ])("%s is %s", (typed, expected) => {
    expect(civilOf(parseDate(typed, businessDate) ?? NaN)).toBe(expected);
  });

  it.each(["", "31/2", "32/1", "2017-13-01", "2017-02-29", "soon", "27 foo", "0", "++3", "1/2/3/4"])(
    "%s is no date",
    (typed) => expect(parseDate(typed, businessDate)).toBeUndefined(),
  );
});

describe("the end of what begins on a day", () => {
  it.each([
    ["31/5", "2017-06-01", "2017-05-31"],
    ["31 may", "2017-06-01", "2017-05-31"],
    ["1/7", "2017-06-01", "2017-07-01"],
    ["2/1", "2017-12-30", "2018-01-02"],
    ["2/1", "2018-01-01", "2018-01-02"],
    ["30/6", "2017-12-29", "2018-06-30"],
    ["1/7", "2017-12-29", "2017-07-01"],
    ["31/12", "2018-01-01", "2018-12-31"],
    ["31/5/2018", "2017-06-01", "2018-05-31"],
    ["+2", "2017-07-01", "2017-06-03"],
    ["14", "2017-07-10", "2017-07-14"],
    ["fri", "2017-07-10", "2017-07-14"],
  ])("%s after %s is %s", (typed, begins, expected) => {
    expect(civilOf(parseDate(typed, businessDate, dayOf(begins)) ?? NaN)).toBe(expected);
  });
});

describe("a day number", () => {
  it("is the same civil date both ways across leap years and the epoch", () => {
    for (const civil of ["1969-12-31", "1970-01-01", "2000-02-29", "2016-02-29", "2017-06-01", "2100-03-01"])
      expect(civilOf(dayOf(civil))).toBe(civil);
  });

  it("is written in full, in words, and as a range", () => {
    expect(fullDate(dayOf("2026-11-27"))).toBe("Fri 27 Nov 2026");
    expect(longDate(dayOf("2017-06-27"))).toBe("Tuesday 27 June 2017");
    expect(dateRange(dayOf("2017-06-24"), dayOf("2017-06-28"))).toBe("Sat 24 › Wed 28 Jun");
    expect(dateRange(dayOf("2017-06-29"), dayOf("2017-07-02"))).toBe("Thu 29 Jun › Sun 2 Jul");
  });

  it("knows its weekend", () => {
    expect(["2017-06-02", "2017-06-03", "2017-06-04", "2017-06-05"].map((d) => isWeekend(dayOf(d)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
