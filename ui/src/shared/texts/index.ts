// The words on the screen in the language that was chosen. English comes with the page; another language is fetched
// before the window is drawn, so that no screen is ever half translated.
import { readLocale } from "../locale";
import { en, type Texts } from "./en";

export type { Texts } from "./en";

export const LANGUAGES = ["en", "de", "fr", "es", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];
/** Each language under its own name, which is how people look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  pt: "Português",
};

const KEY = "keyrack.language";
const others: Record<Exclude<Language, "en">, () => Promise<Texts>> = {
  de: async () => (await import("./de")).de,
  fr: async () => (await import("./fr")).fr,
  es: async () => (await import("./es")).es,
  pt: async () => (await import("./pt")).pt,
};

/** The words of the language in use. */
export let texts: Texts = en;
export let language: Language = "en";

/** What was chosen on this machine; nothing where the system's language is followed. */
export function chosenLanguage(): Language | undefined {
  const kept = localStorage.getItem(KEY);
  return LANGUAGES.find((each) => each === kept);
}

/** The first of the system's languages that there are texts for. */
export function systemLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((each) => tag.toLowerCase().split("-")[0] === each);
    if (found) return found;
  }
  return "en";
}

/** Fetches the words of the chosen language, or else of the system's, and follows its locale. */
export async function speak(system: readonly string[]): Promise<void> {
  const wanted = chosenLanguage() ?? systemLanguage(system);
  texts = wanted === "en" ? en : await others[wanted]();
  language = wanted;
  readLocale(localeOf(wanted, system));
  document.documentElement.lang = wanted;
}

/** Remembers the choice; the window is drawn anew in it. */
export function chooseLanguage(choice: Language | undefined): void {
  if (choice) localStorage.setItem(KEY, choice);
  else localStorage.removeItem(KEY);
  location.reload();
}

/** The region comes from the system where it speaks the language: de-CH writes amounts in another way than de-DE. */
export function localeOf(wanted: Language, system: readonly string[]): string {
  const regional = system.find((tag) => tag.toLowerCase().split("-")[0] === wanted);
  return regional ?? (wanted === "en" ? "en-GB" : wanted === "pt" ? "pt-PT" : wanted);
}
