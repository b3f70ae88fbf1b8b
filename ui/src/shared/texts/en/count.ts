import { grouped } from "../../locale";

/** "1 night", "2 nights" */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${grouped(count)} ${count === 1 ? one : many}`;
