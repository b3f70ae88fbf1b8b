import type { OfficeTexts } from "./en";

export const officeFr: OfficeTexts = {
  charts: {
    title: "Graphiques",
    names: {
      occupancy: "Taux d’occupation",
      pace: "Nouvelles ventes et avance",
      heat: "Disponibilité par type",
      movements: "Arrivées et départs",
    },
    from: "À partir du",
    span: "Nuits",
    table: "Tableau",
    night: "Nuit",
    occupancy: "Taux d’occupation",
    lastYear: "52 semaines plus tôt",
    onTheBooks: "Chambres vendues",
    lastYearThen: "52 semaines plus tôt, au même stade",
    pickUp: "Vendues la dernière semaine",
    arrivals: "Arrivées",
    departures: "Départs",
    nothing: "Aucune de ces nuits n’est ouverte.",
    occupancySaid: (average: string, most: string, on: string) =>
      `En moyenne ${average} ; la nuit la plus pleine est ${on} avec ${most}.`,
    booksSaid: (rooms: string) => `${rooms} nuitées sont vendues.`,
    pickUpSaid: (rooms: string) => `${rooms} la dernière semaine.`,
    paceSaid: (rooms: string) => `Il y a 52 semaines, au même stade : ${rooms}.`,
    heatSaid: (full: string, all: string) => `Il ne reste rien pour ${full} des ${all} nuits d’un type.`,
    heatKey:
      "Plus c’est foncé, moins il en reste. Une barre : plus rien ; une barre épaisse : surréservation.",
    movementsSaid: (come: string, go: string) => `${come} arrivées et ${go} départs.`,
  },
  browse: "Parcourir…",
  browseFor: (what: string) => `Parcourir : ${what}`,
  papers: {
    title: "Imprimer",
    paper: "Document",
    date: "Jour",
    file: "Fichier (PDF)",
    print: "Imprimer",
    needsFile: "Indiquez dans quel fichier écrire le document.",
    packText:
      "Arrivées de deux jours, départs, clients présents, options, chambres hors service et disponibilités d’un mois : pour travailler sans ordinateur.",
    shown: (file: string) => `Écrit dans ${file} et ouvert.`,
    written: (file: string) => `Écrit dans ${file}. Ce système n’a pas de programme pour l’ouvrir.`,
    names: {
      arrivals: "Arrivées",
      departures: "Départs",
      in_house: "Présents",
      availability: "Disponibilités",
      emergency_pack: "Dossier de secours",
      confirmation: "Confirmation",
      registration_card: "Fiche de police",
    },
  },
};
