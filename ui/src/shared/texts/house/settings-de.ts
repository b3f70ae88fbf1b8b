// What each setting is for, by its key. A setting that is not here is told in English by the program.
import type { SettingTexts } from "./settings-en";

export const settingsDe: SettingTexts = {
  idle_lock_minutes: "Minuten ohne Berührung, nach denen das Fenster wieder nach dem Passwort fragt.",
  sign_in_hours: "Stunden, nach denen eine Anmeldung von selbst endet.",
  end_of_day_overdue_departure: "Was der Tagesabschluss aus einem Gast macht, der hätte abreisen sollen.",
  end_of_day_arrival_with_guarantee:
    "Was der Tagesabschluss aus einer Anreise mit Garantie macht, die nicht kam.",
  end_of_day_arrival_without_guarantee:
    "Was der Tagesabschluss aus einer Anreise ohne Garantie macht, die nicht kam.",
  guest_retention_days:
    "Tage nach der letzten Abreise, für die Name, Telefon und Texte eines Gastes bleiben.",
  alert_nights_ahead: "Nächte nach dem Geschäftsdatum, die auf Warnungen geprüft werden.",
  low_rooms:
    "Ein Typ ist knapp bei so vielen freien Zimmern und beim Anteil darunter; der kleinere Wert gilt.",
  low_percent: "Ein Typ ist knapp bei diesem Anteil seiner Kapazität, in Prozent.",
  critical_rooms: "Ein Typ ist sehr knapp bei so vielen freien Zimmern und beim Anteil darunter.",
  critical_percent: "Ein Typ ist sehr knapp bei diesem Anteil seiner Kapazität, in Prozent.",
  failed_sales: "Verkäufe, die in einer Stunde scheitern dürfen, bevor gewarnt wird.",
  refused_percent:
    "Anteil der Befehle einer Stunde, der abgelehnt werden darf, bevor gewarnt wird, in Prozent.",
  refused_attempts: "Befehle in einer Stunde, unter denen Ablehnungen keine Warnung sind.",
  backup_hours: "Stunden, die die letzte gute Sicherung alt sein darf, bevor gewarnt wird.",
  backup_hour: "Die Stunde der Hoteluhr, zu der die tägliche Sicherung fällig ist.",
  backup_daily: "Tage, deren letzte Sicherung bleibt.",
  backup_weekly: "Wochen, deren letzte Sicherung bleibt.",
  backup_monthly: "Monate, deren letzte Sicherung bleibt.",
  backup_folder: "Der Ordner der Sicherungen; leer: der Ordner backups neben der Datei.",
  vat_rates: "Prozent Mehrwertsteuer auf eine Nacht, je ab einem Datum; vor dem ersten keine.",
  prices_include_vat: "Ob die Preise der Nächte die Mehrwertsteuer enthalten.",
  tax_number: "Die Steuernummer des Hotels für seine Papiere.",
  hotel_address: "Die Adresse des Hotels für seine Papiere; ein Strichpunkt beginnt eine neue Zeile.",
  paper: "Die Größe gedruckter Papiere.",
  day_end_folder: "Der Ordner der Prüfpakete; leer: einer neben der Datei, nach ihr benannt.",
};

/** What each is called. */
export const settingNamesDe: SettingTexts = {
  idle_lock_minutes: "Sperre bei Untätigkeit (Minuten)",
  sign_in_hours: "Dauer einer Anmeldung (Stunden)",
  end_of_day_overdue_departure: "Überfällige Abreisen am Tagesende",
  end_of_day_arrival_with_guarantee: "Nicht gekommene Anreisen mit Garantie",
  end_of_day_arrival_without_guarantee: "Nicht gekommene Anreisen ohne Garantie",
  guest_retention_days: "Gastdaten bleiben (Tage)",
  alert_nights_ahead: "Auf Warnungen geprüfte Nächte",
  low_rooms: "Knapp: freie Zimmer",
  low_percent: "Knapp: freier Anteil (%)",
  critical_rooms: "Sehr knapp: freie Zimmer",
  critical_percent: "Sehr knapp: freier Anteil (%)",
  failed_sales: "Gescheiterte Verkäufe je Stunde",
  refused_percent: "Abgelehnte Befehle (%)",
  refused_attempts: "Ablehnungen zählen ab (Befehle)",
  backup_hours: "Älteste gute Sicherung (Stunden)",
  backup_hour: "Stunde der täglichen Sicherung",
  backup_daily: "Behaltene Tagessicherungen",
  backup_weekly: "Behaltene Wochensicherungen",
  backup_monthly: "Behaltene Monatssicherungen",
  backup_folder: "Ordner der Sicherungen",
  vat_rates: "Mehrwertsteuersätze",
  prices_include_vat: "Preise enthalten Mehrwertsteuer",
  tax_number: "Steuernummer",
  hotel_address: "Adresse des Hotels",
  paper: "Papierformat",
  day_end_folder: "Ordner der Prüfpakete",
};
