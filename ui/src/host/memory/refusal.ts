// A refusal is thrown inside the memory inventory and handed out as a value at its door.
import type { Answer, Refusal } from "../bindings";

export class Refusing extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export interface Outcome {
  text: string;
  undo?: () => void;
  facts?: Partial<Extract<Answer, { ok: true }>>;
}

export function refuse(code: string, message: string, facts: Partial<Refusal> = {}): never {
  throw new Refusing({ ...facts, code, message });
}
