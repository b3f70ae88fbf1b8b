// The time zones that the engine knows, for who picks one; nothing where it cannot tell.

interface Listing {
  supportedValuesOf?: (key: "timeZone") => string[];
}

/** Their names by the alphabet; empty in an engine that has no list, where a zone is typed. */
export function zones(): string[] {
  try {
    return (Intl as Listing).supportedValuesOf?.("timeZone") ?? [];
  } catch {
    return [];
  }
}

/** As they are compared: "são_paulo" and "Sao Paulo" are one. */
const plain = (text: string) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[/_]/g, " ").toLowerCase();

/** Those whose name has every word that was typed; those where the first word begins a part of it come first. */
export function zonesLike(typed: string, all: readonly string[]): string[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const found = all.filter((zone) => words.every((word) => plain(zone).includes(word)));
  const [first] = words;
  if (first === undefined) return found;
  const begins = (zone: string) =>
    plain(zone)
      .split(" ")
      .some((part) => part.startsWith(first));
  return [...found.filter(begins), ...found.filter((zone) => !begins(zone))];
}

/** The zone that was typed, as it is spelled; nothing where the engine has a list and knows no such zone. */
export function zoneOf(typed: string, all: readonly string[] = zones()): string | undefined {
  const text = typed.trim();
  const listed = all.find((zone) => zone.toLowerCase() === text.toLowerCase());
  if (listed !== undefined || text === "") return listed;
  if (all.length === 0) return text;
  // Older names are not listed and still known; an offset like "+01:00" is no zone.
  if (!/^[a-z]/i.test(text)) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text;
  } catch {
    return undefined;
  }
}
