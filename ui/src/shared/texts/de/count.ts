import { grouped } from "../../locale";

export const plural = (count: number, one: string, many: string) =>
  `${grouped(count)} ${count === 1 ? one : many}`;
export const naechte = (count: number) => plural(count, "Nacht", "Nächte");
