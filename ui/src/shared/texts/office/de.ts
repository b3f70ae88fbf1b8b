import type { OfficeTexts } from "./en";

export const officeDe: OfficeTexts = {
  charts: {
    title: "Bilder",
    names: {
      occupancy: "Belegung",
      pace: "Zuwachs und Buchungsstand",
      heat: "Frei nach Zimmertyp",
      movements: "Anreisen und Abreisen",
    },
    from: "Ab",
    span: "Nächte",
    table: "Tabelle",
    night: "Nacht",
    occupancy: "Belegung",
    lastYear: "52 Wochen zuvor",
    onTheBooks: "Verkaufte Zimmer",
    lastYearThen: "52 Wochen zuvor, zur selben Zeit",
    pickUp: "In der letzten Woche verkauft",
    arrivals: "Anreisen",
    departures: "Abreisen",
    nothing: "Keine dieser Nächte ist offen.",
    occupancySaid: (average: string, most: string, on: string) =>
      `Im Schnitt ${average}; die vollste Nacht ist ${on} mit ${most}.`,
    booksSaid: (rooms: string) => `${rooms} Zimmernächte sind verkauft.`,
    pickUpSaid: (rooms: string) => `${rooms} in der letzten Woche.`,
    paceSaid: (rooms: string) => `Vor 52 Wochen waren es um diese Zeit ${rooms}.`,
    heatSaid: (full: string, all: string) =>
      `In ${full} von ${all} Nächten eines Zimmertyps ist nichts frei.`,
    heatKey: "Je dunkler, desto weniger ist frei. Ein Querbalken: nichts frei; ein dicker: überbucht.",
    movementsSaid: (come: string, go: string) => `${come} Anreisen und ${go} Abreisen.`,
  },
  browse: "Durchsuchen…",
  browseFor: (what: string) => `Durchsuchen: ${what}`,
  papers: {
    title: "Drucken",
    paper: "Papier",
    date: "Tag",
    file: "Datei (PDF)",
    print: "Drucken",
    needsFile: "Sagen Sie, in welche Datei das Papier soll.",
    packText:
      "Anreisen von zwei Tagen, Abreisen, Gäste im Haus, Vormerkungen, Sperrungen und Freies für einen Monat: um ohne Rechner weiterzuarbeiten.",
    shown: (file: string) => `Nach ${file} geschrieben und geöffnet.`,
    written: (file: string) => `Nach ${file} geschrieben. Dieses System hat kein Programm dafür.`,
    names: {
      arrivals: "Anreisen",
      departures: "Abreisen",
      in_house: "Im Haus",
      availability: "Verfügbarkeit",
      emergency_pack: "Notfallmappe",
      confirmation: "Bestätigung",
      registration_card: "Meldeschein",
    },
  },
};
