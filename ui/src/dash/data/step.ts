import { durationMs } from "../../app/time/range";
import type { Grid } from "./prometheus";

/** Prometheus refuses more points a series; and no panel has more pixels. */
const POINTS_MAX = 11_000;

/** Steps that read well, so that every panel of a width asks the same and shares the answer. */
const STEPS_MS = [
  10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000,
  2_592_000_000, 31_536_000_000,
];

/** The interval of a panel: its range over its points, rounded to a step that reads well, no less than the minimum. */
export function intervalMs(rangeMs: number, points: number, leastMs: number): number {
  const exact = rangeMs / Math.max(1, points);
  const after = STEPS_MS.findIndex((step) => step >= exact);
  const upper = STEPS_MS[after] ?? exact;
  const lower = STEPS_MS[after - 1] ?? upper;
  const rounded = exact < (lower + upper) / 2 && lower >= exact / 1.5 ? lower : upper;
  return Math.max(rounded, leastMs, 1);
}

/** The grid to ask for: aligned to the step, so that a refresh within a step asks the same question again. */
export function gridOf(fromMs: number, toMs: number, interval: number, factor: number): Grid {
  const safe = Math.ceil((toMs - fromMs) / POINTS_MAX);
  const stepMs = Math.max(1_000, Math.ceil(Math.max(interval * factor, safe) / 1_000) * 1_000);
  return { startMs: Math.floor(fromMs / stepMs) * stepMs, endMs: Math.floor(toMs / stepMs) * stepMs, stepMs };
}

/** "1m", ">30s", "$x" filled in before; null for nothing. */
export function leastStepMs(text: string): number | null {
  return durationMs(text.replace(/^>\s*/, "").trim());
}
