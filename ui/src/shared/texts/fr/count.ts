import { grouped } from "../../locale";

/** "0 nuit", "1 nuit", "2 nuits" */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${grouped(count)} ${count < 2 ? one : many}`;
