// What each setting is for, by its key. A setting that is not here is told in English by the program.
import type { SettingTexts } from "./settings-en";

export const settingsEs: SettingTexts = {
  idle_lock_minutes: "Minutos sin actividad tras los que la ventana vuelve a pedir la contraseña.",
  sign_in_hours: "Horas tras las que una sesión termina por sí sola.",
  end_of_day_overdue_departure: "Qué hace el cierre del día con un huésped que debía haberse ido.",
  end_of_day_arrival_with_guarantee: "Qué hace el cierre del día con una llegada garantizada que no vino.",
  end_of_day_arrival_without_guarantee:
    "Qué hace el cierre del día con una llegada sin garantía que no vino.",
  guest_retention_days:
    "Días tras la última salida durante los que se guardan nombre, teléfono y textos de un huésped.",
  alert_nights_ahead: "Noches desde la fecha hotelera que se revisan para las alertas.",
  low_rooms: "Un tipo está bajo con estas habitaciones libres y con la parte de abajo, lo que sea menos.",
  low_percent: "Un tipo está bajo con esta parte de su capacidad, en por ciento.",
  critical_rooms: "Un tipo está muy bajo con estas habitaciones libres y con la parte de abajo.",
  critical_percent: "Un tipo está muy bajo con esta parte de su capacidad, en por ciento.",
  failed_sales: "Ventas que pueden fallar en una hora antes de una alerta.",
  refused_percent:
    "Parte de las órdenes de una hora que puede rechazarse antes de una alerta, en por ciento.",
  refused_attempts: "Órdenes en una hora por debajo de las cuales los rechazos no son alerta.",
  backup_hours: "Horas que puede tener la última copia buena antes de una alerta.",
  backup_hour: "La hora del reloj del hotel en que toca la copia diaria.",
  backup_daily: "Días de los que se guarda la última copia.",
  backup_weekly: "Semanas de las que se guarda la última copia.",
  backup_monthly: "Meses de los que se guarda la última copia.",
  backup_folder: "La carpeta de las copias; vacía: la carpeta backups junto al archivo.",
  vat_rates: "Por ciento de IVA sobre una noche, desde cada fecha; antes de la primera, ninguno.",
  prices_include_vat: "Si los precios de las noches incluyen el IVA.",
  tax_number: "El número fiscal del hotel, para sus papeles.",
  hotel_address: "La dirección del hotel para sus papeles; un punto y coma empieza otra línea.",
  paper: "El tamaño de los papeles impresos.",
  day_end_folder: "La carpeta de los paquetes de auditoría; vacía: una junto al archivo, con su nombre.",
};

/** What each is called. */
export const settingNamesEs: SettingTexts = {
  idle_lock_minutes: "Bloqueo por inactividad (minutos)",
  sign_in_hours: "Duración de una sesión (horas)",
  end_of_day_overdue_departure: "Salidas atrasadas al cierre del día",
  end_of_day_arrival_with_guarantee: "Llegadas con garantía que no vinieron",
  end_of_day_arrival_without_guarantee: "Otras llegadas que no vinieron",
  guest_retention_days: "Los huéspedes se guardan (días)",
  alert_nights_ahead: "Noches vigiladas para avisos",
  low_rooms: "Bajo: habitaciones libres",
  low_percent: "Bajo: parte libre (%)",
  critical_rooms: "Crítico: habitaciones libres",
  critical_percent: "Crítico: parte libre (%)",
  failed_sales: "Ventas fallidas por hora",
  refused_percent: "Órdenes rechazadas (%)",
  refused_attempts: "Los rechazos cuentan desde (órdenes)",
  backup_hours: "Antigüedad de la última copia buena (horas)",
  backup_hour: "Hora de la copia diaria",
  backup_daily: "Copias diarias guardadas",
  backup_weekly: "Copias semanales guardadas",
  backup_monthly: "Copias mensuales guardadas",
  backup_folder: "Carpeta de las copias",
  vat_rates: "Tipos de IVA",
  prices_include_vat: "Precios con IVA incluido",
  tax_number: "Número fiscal",
  hotel_address: "Dirección del hotel",
  paper: "Tamaño del papel",
  day_end_folder: "Carpeta de los paquetes de auditoría",
};
