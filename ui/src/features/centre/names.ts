// What a command of the queue is called: as the audit trail calls it.
import { texts } from "../../shared/texts";

export const commandName = (kind: string): string =>
  texts.beside.audit.deeds[kind] ?? kind.replaceAll("_", " ");
