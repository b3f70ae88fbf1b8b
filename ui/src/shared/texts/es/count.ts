import { grouped } from "../../locale";

/** "0 noches", "1 noche", "2 noches" */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${grouped(count)} ${count === 1 ? one : many}`;
