import { describe, expect, it } from "vitest";
import type { Charts } from "../../host";
import { occupancy, picture, summary, type Writer } from "./figures";

const charts: Charts = {
  from: "2026-06-01",
  business_date: "2026-06-01",
  capacity: [10, 10, 0],
  sold: [5, 9, 0],
  week_ago: [4, 9, 0],
  last_year: [8, null, 3],
  last_year_capacity: [10, null, 10],
  last_year_then: [2, null, 1],
  arrivals: [5, 4, 0],
  departures: [0, 0, 9],
  room_types: [
    { code: "S", name: "Single", left: [3, 0, null] },
    { code: "D", name: "Double", left: [2, -1, null] },
  ],
};
const write: Writer = { rooms: String, signed: (n) => `${n}!`, percent: (n) => `${n} %`, date: String };

describe("the pictures", () => {
  it("know no occupancy where nothing can be sold", () => {
    expect(occupancy([1, 2, null], [3, 0, 5])).toEqual([33.3, null, null]);
  });

  it("draw occupancy beside that of the year before", () => {
    const shown = picture("occupancy", charts);
    expect(shown.series.map(({ values }) => values)).toEqual([
      [50, 90, null],
      [80, null, 30],
    ]);
    expect(summary("occupancy", shown, write)).toBe("On average 70 %; the fullest night is 20606 with 90 %.");
  });

  it("count what was sold in a week, and what had been sold a year ago by this time", () => {
    const shown = picture("pace", charts);
    expect(shown.series.map(({ values }) => values)).toEqual([
      [5, 9, 0],
      [2, null, 1],
      [1, 0, 0],
    ]);
    expect(summary("pace", shown, write)).toBe(
      "14 room nights are sold. 1! in the last week. 52 weeks ago at this time it was 3.",
    );
  });

  it("leave out what the hotel is too young for", () => {
    const young = { ...charts, week_ago: null, last_year_then: [], last_year: [null, null, null] };
    expect(picture("pace", young).series).toHaveLength(1);
    expect(picture("occupancy", young).series).toHaveLength(1);
  });

  it("say on how many nights nothing is left", () => {
    expect(summary("heat", picture("heat", charts), write)).toBe(
      "Nothing is left on 2 of 4 nights of a type.",
    );
  });

  it("say that no night is open", () => {
    const shut = { ...charts, capacity: [0, 0, 0] };
    expect(summary("occupancy", picture("occupancy", shut), write)).toBe("No night of these is open.");
  });
});
