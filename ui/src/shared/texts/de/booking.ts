import type { Texts } from "../en";

/** Rooms that may be sold, of which so many are left. */
export const free = (rooms: number, left: number): string => {
  if (rooms <= left) return `mindestens ${rooms} frei`;
  return `${left > 0 ? `mindestens ${left}` : "keins"} frei, ${rooms - left}${left > 0 ? " mehr" : ""} durch Überbuchen`;
};

export const booking: Texts["booking"] = {
  title: "Neue Buchung",
  fromHold: (number) => `Neue Buchung aus Vormerkung ${number}`,
  guest: "Name des Gastes",
  phone: "Telefon",
  email: "E-Mail",
  type: "Zimmerart",
  arrival: "Anreise",
  departure: "Abreise",
  rooms: "Zimmer",
  adults: "Erwachsene",
  children: "Kinder",
  price: "Preis je Nacht",
  source: "Quelle",
  meal: "Verpflegung",
  external: "Fremde Nummer",
  guarantee: "Garantie",
  notes: "Notizen",
  more: "Weitere Angaben",
  tentative: "Unter Option",
  optionUntil: "Option bis",
  walkIn: "Ohne Anmeldung: gleich einchecken",
  addLine: "Weitere Zimmerart",
  removeLine: (line) => `Zeile ${line} entfernen`,
  book: "Buchen",
  least: (rooms, left, nights) => `${nights}, ${free(rooms, left)}`,
  soldOut: (nights, dates) => `${nights}, nichts zu verkaufen am ${dates}`,
  dayUse: "Tagesgast: belegt keine Nacht",
  phoneHint: "Ein Telefon hat sonst Ziffern. Es bleibt, wie es eingegeben ist.",
  emailHint: "Eine E-Mail hat sonst ein @ und keine Leerzeichen. Sie bleibt, wie sie eingegeben ist.",
  needsName: "Geben Sie den Namen des Gastes ein.",
  needsDate: (field) => `${field} ist kein Datum.`,
  needsOrder: "Die Abreise liegt vor der Anreise.",
  needsRooms: "Zimmer ist eine Zahl von 1 bis 500.",
  needsPrice: "Der Preis ist ein Betrag wie 120 oder 99,50.",
  needsCount: (field) => `${field}: bitte eine ganze Zahl.`,
};
