import { grouped } from "../../locale";

/** "0 noite", "1 noite", "2 noites" */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${grouped(count)} ${count < 2 ? one : many}`;
