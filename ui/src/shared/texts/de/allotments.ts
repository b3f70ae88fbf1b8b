import type { Texts } from "../en";
import { plural, naechte } from "./count";

export const allotments: Texts["allotments"] = {
  region: "Gruppe",
  title: "Neue Gruppe",
  changeTitle: (number) => `Gruppe ${number} ändern`,
  group: (number) => `Gruppe ${number}`,
  name: "Name der Gruppe",
  kind: "Art",
  kinds: {
    elastic: "elastisch",
    non_elastic: "nicht elastisch",
    committed: "fest zugesagt",
    tentative: "vorläufig",
  },
  kindHints: {
    elastic: "Hält ihre Zimmer zurück; weitere werden aus dem Haus abgerufen.",
    non_elastic: "Hält ihre Zimmer zurück; mehr als die eigenen werden nicht abgerufen.",
    committed: "Zugesagt: behält ihre Zimmer auch nach dem Verfallstag, bis die Leitung sie freigibt.",
    tentative: "Hält noch nichts zurück; ihre Zimmer werden verkauft, bis sie abgerufen sind.",
  },
  statuses: { open: "offen", released: "freigegeben", cancelled: "storniert" },
  addLine: "Weitere Zimmerart",
  withCutOff: "Mit Verfallstag",
  cutOff: "Verfallstag",
  shoulder: "Nächte davor und danach",
  shoulders: (nights) => `± ${naechte(nights)}`,
  until: (date) => `verfällt ${date}`,
  open: "Gruppe anlegen",
  needsName: "Geben Sie den Namen der Gruppe ein.",
  needsShoulder: "Nächte davor und danach ist eine Zahl von 0 bis 30.",
  pickedUp: (picked, total) => `${picked} von ${plural(total, "Zimmernacht", "Zimmernächten")} abgerufen`,
  byNight: "Nacht für Nacht",
  pickUps: "Abgerufen",
  nobody: "Noch hat niemand ein Zimmer abgerufen.",
  pickUp: "Zimmer abrufen",
  pickUpNow: "Für die Gruppe buchen",
  change: "Ändern",
  release: "Freigeben",
  releaseAsks: (nights) =>
    `${plural(nights, "Zimmernacht geht", "Zimmernächte gehen")} an das Haus zurück. Abgerufene bleiben gebucht.`,
  releaseNow: "Freigeben",
  cancel: "Gruppe stornieren",
  cancelAsks: (nights) =>
    `Die Gruppe kommt nicht: ${plural(nights, "Zimmernacht geht", "Zimmernächte gehen")} an das Haus zurück. Abgerufene bleiben gebucht.`,
  cancelNow: "Stornieren",
};
