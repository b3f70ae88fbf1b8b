// Les mots d’avant l’ouverture d’un hôtel.
import type { startEn } from "./start-en";

export const startFr: typeof startEn = {
  title: "Bienvenue dans Keyrack",
  lead: "Les types de chambre et les nuits d’un hôtel en un coup d’œil. Choisissez un début ; tout reste sur cette machine.",
  sample: "Ouvrir l’hôtel d’exemple",
  sampleText:
    "Un vrai hôtel de villégiature, avec les réservations connues au 1er juin 2017. Tout peut s’essayer.",
  own: "Créer votre hôtel",
  ownText: "Nommez-le, listez ses types de chambre, et la vente commence.",
  ownTitle: "Votre hôtel",
  name: "Nom",
  code: "Code court",
  timeZone: "Fuseau horaire",
  unknownZone: (typed) =>
    `« ${typed} » n’est pas un fuseau horaire. Choisissez-en un dans la liste, par exemple Europe/Lisbon.`,
  currency: "Devise",
  businessDate: "Date d’exploitation",
  types: "Types de chambre, du plus simple au plus élevé",
  typeCode: "Code",
  typeName: "Nom",
  typeRooms: "Chambres",
  typeOverbooking: "Surréservation",
  addType: "Ajouter un type de chambre",
  removeType: (line) => `Retirer le type de chambre ${line}`,
  create: "Créer l’hôtel",
  needs: (field) => `${field} : à remplir.`,
  needsCode: (field) => `${field} : un à huit lettres ou chiffres.`,
  twice: (code) => `Le code ${code} figure deux fois.`,
  needsType: "Un hôtel a au moins un type de chambre.",
  needsRooms: (code) => `${code} : le nombre de chambres va de 1 à 10 000.`,
  progress: (done, total) => `${done} sur ${total}`,
  opening: "Ouverture de l’hôtel",
  failedTitle: "L’hôtel n’a pas pu être ouvert",
  newerTitle: "Cet hôtel a été ouvert par un Keyrack plus récent",
  newerText:
    "Mettez Keyrack à jour sur cette machine, puis réessayez. Le fichier n’a pas été modifié et rien n’y est perdu.",
  file: "Fichier",
};
