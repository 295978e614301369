import type { Words } from "../i18n";

/** A short length of time with its unit, three digits of it: "2.34 ms", "354 ms", "5.68 s", "240 µs". */
export function shortTime({ t, number, age }: Words, us: number): string {
  if (us < 1_000) return t("unit.us", { n: number(us) });
  const ms = us / 1_000;
  if (ms < 1_000) return t("unit.ms", { n: number(ms, digits(ms)) });
  const seconds = ms / 1_000;
  return seconds < 100 ? t("unit.s", { n: number(seconds, digits(seconds)) }) : age(seconds);
}

function digits(value: number): number {
  return value < 10 ? 2 : value < 100 ? 1 : 0;
}
