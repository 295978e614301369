import type { Words } from "../i18n";

const SIZES = ["unit.b", "unit.kib", "unit.mib", "unit.gib", "unit.tib"] as const;

/** A size in powers of 1024 with two or three digits: "768 MiB", "1.4 GiB". */
export function bytes({ t, number }: Pick<Words, "t" | "number">, value: number): string {
  let size = Math.abs(value);
  let at = 0;
  while (size >= 1_000 && at < SIZES.length - 1) {
    size /= 1_024;
    at++;
  }
  return t(SIZES[at] ?? "unit.b", { n: number(value < 0 ? -size : size, at > 0 && size < 10 ? 1 : 0) });
}
