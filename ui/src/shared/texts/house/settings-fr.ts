// What each setting is for, by its key. A setting that is not here is told in English by the program.
import type { SettingTexts } from "./settings-en";

export const settingsFr: SettingTexts = {
  idle_lock_minutes: "Minutes d’inactivité après lesquelles la fenêtre redemande le mot de passe.",
  sign_in_hours: "Heures après lesquelles une connexion prend fin d’elle-même.",
  end_of_day_overdue_departure: "Ce que la clôture fait d’un client qui aurait dû partir.",
  end_of_day_arrival_with_guarantee: "Ce que la clôture fait d’une arrivée garantie qui n’est pas venue.",
  end_of_day_arrival_without_guarantee:
    "Ce que la clôture fait d’une arrivée sans garantie qui n’est pas venue.",
  guest_retention_days:
    "Jours après le dernier départ pendant lesquels le nom, le téléphone et les textes d’un client sont gardés.",
  alert_nights_ahead: "Nuits après la date hôtelière examinées pour les alertes.",
  low_rooms:
    "Un type est bas à ce nombre de chambres libres et à la part ci-dessous, la plus petite des deux.",
  low_percent: "Un type est bas à cette part de sa capacité, en pour cent.",
  critical_rooms: "Un type est très bas à ce nombre de chambres libres et à la part ci-dessous.",
  critical_percent: "Un type est très bas à cette part de sa capacité, en pour cent.",
  failed_sales: "Ventes qui peuvent échouer en une heure avant une alerte.",
  refused_percent: "Part des commandes d’une heure qui peut être refusée avant une alerte, en pour cent.",
  refused_attempts: "Commandes en une heure au-dessous desquelles des refus ne sont pas une alerte.",
  backup_hours: "Heures que peut avoir la dernière bonne sauvegarde avant une alerte.",
  backup_hour: "L’heure, à l’horloge de l’hôtel, où la sauvegarde quotidienne est due.",
  backup_daily: "Jours dont la dernière sauvegarde est gardée.",
  backup_weekly: "Semaines dont la dernière sauvegarde est gardée.",
  backup_monthly: "Mois dont la dernière sauvegarde est gardée.",
  backup_folder: "Le dossier des sauvegardes ; vide : le dossier backups à côté du fichier.",
  vat_rates: "Pour cent de TVA sur une nuit, à partir de chaque date ; aucune avant la première.",
  prices_include_vat: "Si les prix des nuits comprennent la TVA.",
  tax_number: "Le numéro fiscal de l’hôtel, pour ses papiers.",
  hotel_address: "L’adresse de l’hôtel pour ses papiers ; un point-virgule commence une autre ligne.",
  paper: "Le format des papiers imprimés.",
  day_end_folder: "Le dossier des dossiers d’audit ; vide : un à côté du fichier, à son nom.",
};

/** What each is called. */
export const settingNamesFr: SettingTexts = {
  idle_lock_minutes: "Verrouillage après inactivité (minutes)",
  sign_in_hours: "Durée d’une connexion (heures)",
  end_of_day_overdue_departure: "Départs en retard à la clôture",
  end_of_day_arrival_with_guarantee: "Arrivées garanties non venues",
  end_of_day_arrival_without_guarantee: "Autres arrivées non venues",
  guest_retention_days: "Conservation des clients (jours)",
  alert_nights_ahead: "Nuits surveillées pour les alertes",
  low_rooms: "Bas : chambres restantes",
  low_percent: "Bas : part restante (%)",
  critical_rooms: "Critique : chambres restantes",
  critical_percent: "Critique : part restante (%)",
  failed_sales: "Ventes échouées par heure",
  refused_percent: "Commandes refusées (%)",
  refused_attempts: "Refus comptés à partir de (commandes)",
  backup_hours: "Âge de la dernière bonne sauvegarde (heures)",
  backup_hour: "Heure de la sauvegarde quotidienne",
  backup_daily: "Sauvegardes quotidiennes gardées",
  backup_weekly: "Sauvegardes hebdomadaires gardées",
  backup_monthly: "Sauvegardes mensuelles gardées",
  backup_folder: "Dossier des sauvegardes",
  vat_rates: "Taux de TVA",
  prices_include_vat: "Prix TVA comprise",
  tax_number: "Numéro fiscal",
  hotel_address: "Adresse de l’hôtel",
  paper: "Format du papier",
  day_end_folder: "Dossier des liasses d’audit",
};
