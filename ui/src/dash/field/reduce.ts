import type { Cell } from "../data/frames";

/** One number of many, under the names that dashboards use. Gaps are passed over. */
export type Reducer = (values: readonly (number | null)[]) => number | null;

const present = (values: readonly (number | null)[]): number[] => values.filter((value): value is number => value !== null);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const over =
  (of: (values: number[]) => number): Reducer =>
  (values) => {
    const kept = present(values);
    return kept.length === 0 ? null : of(kept);
  };

const mean = over((values) => sum(values) / values.length);
const least = over((values) => values.reduce((a, b) => Math.min(a, b)));
const most = over((values) => values.reduce((a, b) => Math.max(a, b)));
const first = over((values) => values[0] ?? 0);
const last = over((values) => values.at(-1) ?? 0);
const variance = over((values) => {
  const middle = sum(values) / values.length;
  return sum(values.map((value) => (value - middle) ** 2)) / values.length;
});

/** Growth of a counter: what it rose by, a fall counting as a restart from 0. */
const delta = over((values) => values.slice(1).reduce((total, value, at) => total + (value >= (values[at] ?? 0) ? value - (values[at] ?? 0) : value), 0));

const percentile = (share: number): Reducer =>
  over((values) => {
    const ranked = [...values].sort((a, b) => a - b);
    return ranked[Math.min(ranked.length - 1, Math.floor(share * ranked.length))] ?? 0;
  });

export const REDUCERS: Record<string, Reducer> = {
  lastNotNull: last,
  last: (values) => values.at(-1) ?? null,
  firstNotNull: first,
  first: (values) => values[0] ?? null,
  min: least,
  max: most,
  mean,
  avg: mean,
  current: last,
  sum: over(sum),
  total: over(sum),
  count: (values) => values.length,
  range: over((values) => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))),
  delta,
  step: over((values) => Math.min(...values.slice(1).map((value, at) => value - (values[at] ?? 0)))),
  diff: over((values) => (values.at(-1) ?? 0) - (values[0] ?? 0)),
  diffperc: over((values) => ((values.at(-1) ?? 0) - (values[0] ?? 0)) / Math.abs(values[0] ?? 1)),
  logmin: over((values) => Math.min(...values.filter((value) => value > 0))),
  allIsZero: over((values) => (values.every((value) => value === 0) ? 1 : 0)),
  allIsNull: (values) => (present(values).length === 0 ? 1 : 0),
  changeCount: over((values) => values.slice(1).filter((value, at) => value !== values[at]).length),
  distinctCount: over((values) => new Set(values).size),
  variance,
  stdDev: over((values) => Math.sqrt(variance(values) ?? 0)),
  median: percentile(0.5),
  p50: percentile(0.5),
  p90: percentile(0.9),
  p95: percentile(0.95),
  p99: percentile(0.99),
};

/** The reducer of a name, percentiles such as p75 among them; undefined for one that is not known. */
export function reducerOf(name: string): Reducer | undefined {
  if (Object.hasOwn(REDUCERS, name)) return REDUCERS[name];
  const share = /^p(\d{1,2}(?:\.\d+)?)$/.exec(name)?.[1];
  return share === undefined ? undefined : percentile(Number(share) / 100);
}

export function reduced(name: string, values: readonly (number | null)[]): number | null {
  return (reducerOf(name) ?? last)(values);
}

/** The last cell that holds something, for columns of text. */
export function lastCell(values: readonly Cell[]): Cell {
  return values.findLast((value) => value !== null) ?? null;
}
