import type { Texts } from "../en";
import { plural } from "./count";

/** Rooms that may be sold, of which so many are left. */
export const free = (rooms: number, left: number): string => {
  if (rooms <= left) return `au moins ${plural(rooms, "libre")}`;
  const some = left > 0 ? `au moins ${plural(left, "libre")}` : "aucune libre";
  return `${some}, ${rooms - left}${left > 0 ? " de plus" : ""} en surréservation`;
};

export const booking: Texts["booking"] = {
  title: "Nouvelle réservation",
  fromHold: (number) => `Nouvelle réservation depuis l’option ${number}`,
  guest: "Nom du client",
  phone: "Téléphone",
  email: "Courriel",
  type: "Type de chambre",
  arrival: "Arrivée",
  departure: "Départ",
  rooms: "Chambres",
  adults: "Adultes",
  children: "Enfants",
  price: "Prix par nuitée",
  source: "Origine",
  meal: "Repas",
  external: "Numéro externe",
  guarantee: "Garantie",
  notes: "Remarques",
  more: "Plus de détails",
  tentative: "En option",
  optionUntil: "Option jusqu’au",
  walkIn: "Sans réservation : enregistrer l’arrivée",
  addLine: "Ajouter un type de chambre",
  removeLine: (line) => `Retirer la ligne ${line}`,
  book: "Réserver",
  least: (rooms, left, nights) => `${nights}, ${free(rooms, left)}`,
  soldOut: (nights, dates) => `${nights}, rien à vendre le ${dates}`,
  dayUse: "Usage de jour : ne prend aucune nuit",
  phoneHint: "Un téléphone a d’ordinaire des chiffres. Il reste tel qu’il est saisi.",
  emailHint: "Un courriel a d’ordinaire un @ et pas d’espaces. Il reste tel qu’il est saisi.",
  needsName: "Saisissez le nom du client.",
  needsDate: (field) => `${field} : ce n’est pas une date.`,
  needsOrder: "Le départ précède l’arrivée.",
  needsRooms: "Le nombre de chambres va de 1 à 500.",
  needsPrice: "Le prix est un montant tel que 120 ou 99.50.",
  needsCount: (field) => `${field} : il faut un nombre entier.`,
};
