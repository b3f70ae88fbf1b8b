import type { Texts } from "../en";
import { plural } from "./count";

/** Rooms that may be sold, of which so many are left. */
export const free = (rooms: number, left: number): string => {
  if (rooms <= left) return `al menos ${plural(rooms, "libre")}`;
  const some = left > 0 ? `al menos ${plural(left, "libre")}` : "ninguna libre";
  return `${some}, ${rooms - left}${left > 0 ? " más" : ""} con sobreventa`;
};

export const booking: Texts["booking"] = {
  title: "Nueva reserva",
  fromHold: (number) => `Nueva reserva de la retención ${number}`,
  guest: "Nombre del huésped",
  phone: "Teléfono",
  email: "Correo",
  type: "Tipo de habitación",
  arrival: "Llegada",
  departure: "Salida",
  rooms: "Habitaciones",
  adults: "Adultos",
  children: "Niños",
  price: "Precio por noche",
  source: "Origen",
  meal: "Comidas",
  external: "Número externo",
  guarantee: "Garantía",
  notes: "Notas",
  more: "Más detalles",
  tentative: "En opción",
  optionUntil: "Opción hasta",
  walkIn: "Sin reserva: registrar la entrada ahora",
  addLine: "Añadir un tipo de habitación",
  removeLine: (line) => `Quitar la línea ${line}`,
  book: "Reservar",
  least: (rooms, left, nights) => `${nights}, ${free(rooms, left)}`,
  soldOut: (nights, dates) => `${nights}, nada por vender el ${dates}`,
  dayUse: "Uso de día: no ocupa ninguna noche",
  phoneHint: "Un teléfono suele tener cifras. Se guarda como está escrito.",
  emailHint: "Un correo suele tener una @ y ningún espacio. Se guarda como está escrito.",
  needsName: "Escriba el nombre del huésped.",
  needsDate: (field) => `${field}: no es una fecha.`,
  needsOrder: "La salida es anterior a la llegada.",
  needsRooms: "Las habitaciones van de 1 a 500.",
  needsPrice: "El precio es un importe como 120 o 99.50.",
  needsCount: (field) => `${field}: debe ser un número entero.`,
};
