import type { Texts } from "../en";
import { plural } from "./count";

/** Rooms that may be sold, of which so many are left. */
export const free = (rooms: number, left: number): string => {
  if (rooms <= left) return `pelo menos ${plural(rooms, "livre")}`;
  const some = left > 0 ? `pelo menos ${plural(left, "livre")}` : "nenhum livre";
  return `${some}, ${rooms - left}${left > 0 ? " a mais" : ""} em overbooking`;
};

export const booking: Texts["booking"] = {
  title: "Nova reserva",
  fromHold: (number) => `Nova reserva da retenção ${number}`,
  guest: "Nome do hóspede",
  phone: "Telefone",
  email: "E-mail",
  type: "Tipo de quarto",
  arrival: "Chegada",
  departure: "Saída",
  rooms: "Quartos",
  adults: "Adultos",
  children: "Crianças",
  price: "Preço por noite",
  source: "Origem",
  meal: "Refeições",
  external: "Número externo",
  guarantee: "Garantia",
  notes: "Notas",
  more: "Mais detalhes",
  tentative: "Em opção",
  optionUntil: "Opção até",
  walkIn: "Sem reserva: fazer a entrada agora",
  addLine: "Acrescentar um tipo de quarto",
  removeLine: (line) => `Retirar a linha ${line}`,
  book: "Reservar",
  least: (rooms, left, nights) => `${nights}, ${free(rooms, left)}`,
  soldOut: (nights, dates) => `${nights}, nada para vender em ${dates}`,
  dayUse: "Uso de dia: não ocupa nenhuma noite",
  phoneHint: "Um telefone costuma ter algarismos. Fica como está escrito.",
  emailHint: "Um e-mail costuma ter um @ e nenhum espaço. Fica como está escrito.",
  needsName: "Escreva o nome do hóspede.",
  needsDate: (field) => `${field}: não é uma data.`,
  needsOrder: "A saída é anterior à chegada.",
  needsRooms: "Os quartos vão de 1 a 500.",
  needsPrice: "O preço é um valor como 120 ou 99.50.",
  needsCount: (field) => `${field}: tem de ser um número inteiro.`,
};
