// What is unusual about a phone or an e-mail. It is told and forbids nothing: guests have odd addresses.
import { texts } from "./texts";

export function phoneHint(typed: string): string | undefined {
  return typed.trim() !== "" && !/\p{Nd}/u.test(typed) ? texts.booking.phoneHint : undefined;
}

export function emailHint(typed: string): string | undefined {
  const text = typed.trim();
  return text !== "" && (!text.includes("@") || /\s/.test(text)) ? texts.booking.emailHint : undefined;
}
