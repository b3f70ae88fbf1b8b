// The hotel's clock: instants are told by its time zone, wherever the machine stands, as on its papers.

let format = formatOf(undefined);

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
}

/** From now on instants are told by this zone; by the machine's own where the engine does not know it. */
export function readZone(timeZone: string | undefined): void {
  try {
    format = formatOf(timeZone);
  } catch {
    format = formatOf(undefined);
  }
}

export interface LocalTime {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export function localTime(ms: number): LocalTime {
  const parts = format.formatToParts(ms);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { year: of("year"), month: of("month"), day: of("day"), hour: of("hour"), minute: of("minute") };
}

const DAY_MS = 86_400_000;

/** The instant at which a day begins in the hotel. */
export function midnight(day: number): Date {
  const wanted = day * DAY_MS;
  const shown = (ms: number) => {
    const { year, month, day, hour, minute } = localTime(ms);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  // The offset at noon may not be that of the midnight before: where clocks were changed it is asked once more.
  const near = wanted - (shown(wanted) - wanted);
  return new Date(near - (shown(near) - wanted));
}
