// The language of the page: its messages, its direction, its dates and numbers. Words of the record are not translated.
import { alpha2Of } from './country_codes';
import type en from '../messages/en.json';

export const languages = { en: 'English', fr: 'Français', ar: 'العربية', zh: '中文' } as const;
export type Language = keyof typeof languages;
export type MessageKey = keyof typeof en;
/** A message is words, or words for each plural form that the language has. */
type Message = string | { [form: string]: string };
type Values = Record<string, string | number>;

type Loaded = Promise<{ default: Record<string, Message> }>;
const loaders: Record<Language, () => Loaded> = {
  en: () => import('../messages/en.json'),
  fr: () => import('../messages/fr.json'),
  ar: () => import('../messages/ar.json'),
  zh: () => import('../messages/zh.json'),
};
/** Names of fields and codes; in English they come with the declarations. */
const named: Partial<Record<Language, () => Loaded>> = {
  fr: () => import('../messages/names/fr.json'),
  ar: () => import('../messages/names/ar.json'),
  zh: () => import('../messages/names/zh.json'),
};

// Latin digits and the Gregorian calendar in every language, so that two officers on one call read the same figures.
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', ar: 'ar-u-ca-gregory-nu-latn', zh: 'zh-CN' };

const STORED = 'entente.language';

class Words {
  language = $state<Language>('en');
  #messages = $state.raw<Record<string, Message>>({});

  get locale() {
    return locales[this.language];
  }

  async use(language: Language) {
    const [messages, names] = await Promise.all([loaders[language](), named[language]?.()]);
    this.#messages = { ...messages.default, ...names?.default };
    this.language = language;
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    try {
      localStorage.setItem(STORED, language);
    } catch {
      // Private windows may refuse; the choice then lasts as long as the page.
    }
  }

  message(key: MessageKey, values: Values = {}): string {
    const found = this.#messages[key];
    if (found === undefined) return key;
    const words = typeof found === 'string' ? found : this.#form(found, values);
    return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (typeof value === 'number') return this.number(value);
      // In a text that runs from the right, what is put in keeps its own direction.
      return this.language === 'ar' ? `\u2068${value}\u2069` : value;
    });
  }

  has(key: string): key is MessageKey {
    return key in this.#messages;
  }

  #form(forms: { [form: string]: string }, values: Values): string {
    const count = Object.values(values).find((one) => typeof one === 'number') ?? 0;
    return forms[new Intl.PluralRules(this.locale).select(count as number)] ?? forms.other ?? '';
  }

  number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: digits }).format(value);
  }

  /** A share as people say it. */
  percent(share: number, digits = 0): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent', maximumFractionDigits: digits }).format(share);
  }

  /** The name of a state in the language of the page; what has no ISO code keeps the name of the record. */
  place(code: string, name: string): string {
    if (this.language === 'en' && name !== code) return name;
    const alpha2 = alpha2Of(code);
    return (alpha2 && new Intl.DisplayNames(this.locale, { type: 'region' }).of(alpha2)) || name;
  }

  list(items: string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(items);
  }
}

export const words = new Words();
export const t = (key: MessageKey, values?: Values): string => words.message(key, values);

/** A message with pieces that are more than text, as the parts between and in them: "{n} partners" -> n, " partners". */
export function parts(key: MessageKey, values?: Values): Array<{ text: string } | { slot: string }> {
  return t(key, values)
    .split(/(\[[^\]]+\])/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith('[') ? { slot: piece.slice(1, -1) } : { text: piece }));
}

export function preferredLanguage(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(STORED);
  } catch {
    // As above.
  }
  const asked = new URLSearchParams(location.search).get('language');
  for (const one of [asked, kept, ...navigator.languages]) {
    const short = one?.slice(0, 2);
    if (short && short in languages) return short as Language;
  }
  return 'en';
}
