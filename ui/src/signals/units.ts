import type { Words } from "../i18n";

/** A short length of time with its unit, three digits of it: "2.34 ms", "354 ms", "5.68 s", "240 µs"; round ones without
 * digits that say nothing: "2 s". */
export function shortTime({ t, number, age }: Words, us: number, round = false): string {
  const digits = (value: number): number => (round ? fewest(value) : value < 10 ? 2 : value < 100 ? 1 : 0);
  if (us < 1_000) return t("unit.us", { n: number(us) });
  const ms = us / 1_000;
  if (ms < 1_000) return t("unit.ms", { n: number(ms, digits(ms)) });
  const seconds = ms / 1_000;
  return seconds < 100 ? t("unit.s", { n: number(seconds, digits(seconds)) }) : age(seconds);
}

function fewest(value: number): number {
  return [0, 1, 2].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 2;
}
