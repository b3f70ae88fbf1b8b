// What each setting is for, by its key. A setting that is not here is told in English by the program.

export const settingsEn = {
  idle_lock_minutes: "Minutes without a touch after which the window asks for the password again.",
  sign_in_hours: "Hours after which a sign-in ends by itself.",
  end_of_day_overdue_departure: "What the end of day makes of a guest who should have left.",
  end_of_day_arrival_with_guarantee:
    "What the end of day makes of an arrival with a guarantee who has not come.",
  end_of_day_arrival_without_guarantee:
    "What the end of day makes of an arrival without a guarantee who has not come.",
  guest_retention_days: "Days after the last departure for which a guest's name, phone and texts are kept.",
  alert_nights_ahead: "Nights ahead of the business date that are looked at for alerts.",
  low_rooms: "A type is low at so many rooms left, and at the share below, whichever is less.",
  low_percent: "A type is low at this share of its capacity, in per cent.",
  critical_rooms: "A type is critically low at so many rooms left, and at the share below.",
  critical_percent: "A type is critically low at this share of its capacity, in per cent.",
  failed_sales: "Sales that may fail in an hour before there is an alert.",
  refused_percent: "Share of an hour's commands that may be refused before there is an alert, in per cent.",
  refused_attempts: "Commands in an hour below which refusals are no alert.",
  backup_hours: "Hours that the last good backup may be old before there is an alert.",
  backup_hour: "The hour of the hotel's own clock at which the daily backup is due.",
  backup_daily: "Days of which the last backup is kept.",
  backup_weekly: "Weeks of which the last backup is kept.",
  backup_monthly: "Months of which the last backup is kept.",
  backup_folder: "The folder of the backups; where empty, the folder backups beside the database.",
  vat_rates: "Per cent of VAT on a night, from each date on; before the first there is none.",
  prices_include_vat: "Whether the prices of nights have the VAT in them.",
  tax_number: "The hotel's tax number, for its papers.",
  hotel_address: "The hotel's address for its papers; a semicolon begins another line.",
  paper: "The size of printed papers.",
  day_end_folder: "The folder of the audit packs; where empty, one beside the database, by its name.",
};

export type SettingTexts = Record<keyof typeof settingsEn, string>;

/** What each is called. */
export const settingNamesEn = {
  idle_lock_minutes: "Lock when idle (minutes)",
  sign_in_hours: "Sign-in lasts (hours)",
  end_of_day_overdue_departure: "Overdue departures at the end of day",
  end_of_day_arrival_with_guarantee: "Guaranteed arrivals that did not come",
  end_of_day_arrival_without_guarantee: "Other arrivals that did not come",
  guest_retention_days: "Guests are kept for (days)",
  alert_nights_ahead: "Nights watched for alerts",
  low_rooms: "Low: rooms left",
  low_percent: "Low: share left (%)",
  critical_rooms: "Critical: rooms left",
  critical_percent: "Critical: share left (%)",
  failed_sales: "Failed sales an hour",
  refused_percent: "Refused commands (%)",
  refused_attempts: "Refusals count from (commands)",
  backup_hours: "Oldest good backup (hours)",
  backup_hour: "Hour of the daily backup",
  backup_daily: "Daily backups kept",
  backup_weekly: "Weekly backups kept",
  backup_monthly: "Monthly backups kept",
  backup_folder: "Folder of the backups",
  vat_rates: "VAT rates",
  prices_include_vat: "Prices include VAT",
  tax_number: "Tax number",
  hotel_address: "Address of the hotel",
  paper: "Size of paper",
  day_end_folder: "Folder of the audit packs",
};
