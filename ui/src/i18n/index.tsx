import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { en, type Key, type Message, type Messages } from "./en";
import { ru } from "./ru";

export type Language = "en" | "ru";
const tables: Record<Language, Messages> = { en, ru };
const STORED = "framewatch.language";

export type Values = Record<string, string | number>;

/** Words and numbers in the reader's language. */
export interface Words {
  language: Language;
  /** The text of a key; with `n` in the values, its plural form. */
  t: (key: Key, values?: Values) => string;
  /** A length of time in at most two units: "4 s", "3 min 52 s", "1 d 3 h". */
  age: (seconds: number) => string;
  /** "14:26:40" */
  time: (iso: string | number) => string;
  /** "14:26" */
  minute: (iso: string | number) => string;
  /** "Friday 20 November, 14:26:40 GMT+3" */
  moment: (iso: string) => string;
  number: (value: number, digits?: number) => string;
  /** 612000 becomes "612 kb/s". */
  bitrate: (bitsPerSecond: number) => string;
}

/** How numbers and times are written in a language. */
export function localeOf(language: Language): string {
  return language === "en" ? "en-GB" : "ru-RU";
}

export function wordsOf(language: Language): Words {
  const table = tables[language];
  const locale = localeOf(language);
  // Each is made when first needed: together they cost a page several milliseconds of its first draw.
  const plural = once(() => new Intl.PluralRules(locale));
  const clock = once(() => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }));
  const minutes = once(() => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false }));
  const day = once(() => new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }));
  const zone = once(() => new Intl.DateTimeFormat(locale, { timeZoneName: "short" }));
  const t: Words["t"] = (key, values) => fill(form(table[key], values?.["n"], plural), values);
  return {
    language,
    t,
    age: (seconds) => spell(seconds, t),
    time: (at) => clock().format(new Date(at)),
    minute: (at) => minutes().format(new Date(at)),
    moment: (iso) => {
      const at = new Date(iso);
      const zoneName = zone().formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
      return `${day().format(at).replace(",", "")}, ${clock().format(at)} ${zoneName}`;
    },
    number: (value, digits = 0) =>
      value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    bitrate: (bits) => {
      const latin = language === "en";
      if (bits >= 1e6) return `${(bits / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} ${latin ? "Mb/s" : "Мбит/с"}`;
      return `${Math.round(bits / 1e3).toLocaleString(locale)} ${latin ? "kb/s" : "кбит/с"}`;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function form(message: Message, n: string | number | undefined, plural: () => Intl.PluralRules): string {
  if (typeof message === "string") return message;
  return message[plural().select(Number(n ?? 0))] ?? message["other"] ?? "";
}

function fill(text: string, values: Values | undefined): string {
  if (values === undefined) return text;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

function spell(seconds: number, t: Words["t"]): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t("unit.s", { n: whole });
  if (whole < 600) {
    const rest = whole % 60;
    return rest === 0 ? t("unit.min", { n: whole / 60 }) : t("unit.minS", { n: Math.floor(whole / 60), s: rest });
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t("unit.min", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24 && minutes % 60 === 0) return t("unit.hour", { n: hours });
  if (hours < 24) return t("unit.h", { n: hours, m: minutes % 60 });
  return t("unit.d", { n: Math.floor(hours / 24), h: hours % 24 });
}

interface Speech extends Words {
  speak: (language: Language) => void;
}
const Context = createContext<Speech>({ ...wordsOf("en"), speak: () => undefined });

export function useWords(): Speech {
  return useContext(Context);
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, speak] = useState<Language>(firstLanguage);
  const speech = useMemo(() => ({ ...wordsOf(language), speak }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(STORED, language);
  }, [language]);
  return <Context value={speech}>{children}</Context>;
}

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "en" || stored === "ru") return stored;
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}
