import { localeOf, type Language } from "../../i18n";
import { intlZone } from "./range";

/** Moments as the page writes them, in its zone. Formats are kept, since making one is slow. */
export interface TimeWords {
  /** "14:26:40" */
  clock: (ms: number) => string;
  /** "20 Nov 14:26:40" */
  moment: (ms: number) => string;
  /** "2026-11-20 14:26:40", in tables and exports */
  full: (ms: number) => string;
  /** "14:00 to 14:27" or with dates where the window spans days */
  window: (fromMs: number, toMs: number) => string;
  /** "UTC+3", "UTC" */
  zone: string;
}

const kept = new Map<string, TimeWords>();

export function timeWords(language: Language, zone: string): TimeWords {
  const key = `${language} ${zone}`;
  let words = kept.get(key);
  if (words === undefined) {
    words = make(localeOf(language), zone);
    kept.set(key, words);
  }
  return words;
}

function make(locale: string, zone: string): TimeWords {
  const timeZone = intlZone(zone);
  const at = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
  const clock = at({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  const minute = at({ hour: "2-digit", minute: "2-digit", hour12: false });
  const day = at({ day: "numeric", month: "short" });
  const full = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const dayMoment = (ms: number): string => `${day.format(ms)} ${minute.format(ms)}`;
  return {
    clock: (ms) => clock.format(ms),
    moment: (ms) => `${day.format(ms)} ${clock.format(ms)}`,
    full: (ms) => full.format(ms),
    window: (fromMs, toMs) => {
      if (toMs - fromMs < 600_000) return `${clock.format(fromMs)} - ${clock.format(toMs)}`;
      const sameDay = day.format(fromMs) === day.format(toMs);
      return sameDay ? `${minute.format(fromMs)} - ${minute.format(toMs)}` : `${dayMoment(fromMs)} - ${dayMoment(toMs)}`;
    },
    zone: at({ timeZoneName: "shortOffset" }).formatToParts(Date.now()).find((part) => part.type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "",
  };
}
