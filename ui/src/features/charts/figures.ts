// What each picture shows: the columns that the program gave, as lines and bars with their names.
import type { Charts } from "../../host";
import { dayOf, type Day } from "../../shared/dates";
import { texts } from "../../shared/texts";

export const PICTURES = ["occupancy", "pace", "heat", "movements"] as const;
export type PictureName = (typeof PICTURES)[number];

/** A figure a night; nothing where there is none. */
export type Column = readonly (number | null)[];

export interface Series {
  name: string;
  values: Column;
  /** A broken line, so that it is told from the other without its colour. */
  kind: "line" | "broken" | "bars" | "hollow";
}

export interface Picture {
  days: readonly Day[];
  series: readonly Series[];
  /** Shares of a hundred with a decimal, or rooms. */
  percent: boolean;
}

/** What is sold of what can be sold, in per cent. */
export function occupancy(sold: Column, capacity: Column): (number | null)[] {
  return sold.map((rooms, at) => {
    const most = capacity[at] ?? 0;
    return rooms === null || most <= 0 ? null : Math.round((rooms / most) * 1000) / 10;
  });
}

function difference(now: Column, then: Column): (number | null)[] {
  return now.map((rooms, at) => {
    const before = then[at] ?? null;
    return rooms === null || before === null ? null : rooms - before;
  });
}

export const isEmpty = (column: Column) => column.every((figure) => figure === null);

export function daysOf(charts: Charts): Day[] {
  const first = dayOf(charts.from);
  return charts.sold.map((_, at) => first + at);
}

export function picture(name: PictureName, charts: Charts): Picture {
  const words = texts.office.charts;
  const days = daysOf(charts);
  switch (name) {
    case "occupancy": {
      const before = occupancy(charts.last_year, charts.last_year_capacity);
      const now: Series = {
        name: words.occupancy,
        values: occupancy(charts.sold, charts.capacity),
        kind: "line",
      };
      const year: Series = { name: words.lastYear, values: before, kind: "broken" };
      return { days, percent: true, series: isEmpty(before) ? [now] : [now, year] };
    }
    case "pace": {
      const series: Series[] = [{ name: words.onTheBooks, values: charts.sold, kind: "line" }];
      if (charts.last_year_then.length > 0 && !isEmpty(charts.last_year_then))
        series.push({ name: words.lastYearThen, values: charts.last_year_then, kind: "broken" });
      if (charts.week_ago)
        series.push({ name: words.pickUp, values: difference(charts.sold, charts.week_ago), kind: "bars" });
      return { days, percent: false, series };
    }
    case "heat": {
      const series = charts.room_types.map(({ name, left }): Series => ({
        name,
        values: left,
        kind: "line",
      }));
      return { days, percent: false, series };
    }
    case "movements":
      return {
        days,
        percent: false,
        series: [
          { name: words.arrivals, values: charts.arrivals, kind: "bars" },
          { name: words.departures, values: charts.departures, kind: "hollow" },
        ],
      };
  }
}

const sum = (column: Column) => column.reduce<number>((all, figure) => all + (figure ?? 0), 0);

/** The picture in a sentence or two: what somebody would say who looked at it. */
export function summary(name: PictureName, shown: Picture, write: Writer): string {
  const words = texts.office.charts;
  const first = shown.series[0]?.values ?? [];
  switch (name) {
    case "occupancy": {
      const known = first.filter((figure) => figure !== null);
      if (known.length === 0) return words.nothing;
      const most = Math.max(...known);
      const on = shown.days[first.indexOf(most)];
      const average = Math.round((sum(known) / known.length) * 10) / 10;
      return words.occupancySaid(write.percent(average), write.percent(most), on ? write.date(on) : "");
    }
    case "pace": {
      const of = (named: string) => shown.series.find((series) => series.name === named)?.values;
      const grown = of(words.pickUp);
      const then = of(words.lastYearThen);
      const said = [words.booksSaid(write.rooms(sum(first)))];
      if (grown) said.push(words.pickUpSaid(write.signed(sum(grown))));
      if (then) said.push(words.paceSaid(write.rooms(sum(then))));
      return said.join(" ");
    }
    case "heat": {
      const cells = shown.series.flatMap(({ values }) => values);
      const full = cells.filter((left) => left !== null && left <= 0).length;
      return words.heatSaid(write.rooms(full), write.rooms(cells.filter((left) => left !== null).length));
    }
    case "movements":
      return words.movementsSaid(write.rooms(sum(first)), write.rooms(sum(shown.series[1]?.values ?? [])));
  }
}

/** How figures and dates are written. */
export interface Writer {
  rooms(figure: number): string;
  signed(figure: number): string;
  percent(figure: number): string;
  date(day: Day): string;
}
