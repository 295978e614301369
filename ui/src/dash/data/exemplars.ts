import { ask, seconds } from "./ask";
import type { DataSource } from "./sources";

/** One measurement among those that a series counts, and the trace of what was measured. */
export interface Exemplar {
  atMs: number;
  value: number;
  labels: Record<string, string>;
  /** Where its trace is shown; null where it has none here. */
  url: string | null;
}

/** More dots than this would cover a chart: the highest values stay, which are who is looked for. */
export const EXEMPLARS_MAX = 60;

const TRACE_LABELS = ["trace_id", "traceID", "traceId"];

/** The exemplars of what a query reads. Traces of our own are linked; those of another source are not here. */
export async function askExemplars(source: DataSource, expr: string, fromMs: number, toMs: number, signal: AbortSignal): Promise<Exemplar[]> {
  const params = new URLSearchParams({ query: expr, start: seconds(fromMs), end: seconds(toMs) });
  const { data } = await ask<unknown>(source, "/api/v1/query_exemplars", params, signal);
  return readExemplars(data, source.base === "");
}

/** What `query_exemplars` answers, the highest first; what is no exemplar is passed over. */
export function readExemplars(data: unknown, own: boolean): Exemplar[] {
  const series = (Array.isArray(data) ? data : []) as { seriesLabels?: Record<string, string>; exemplars?: { labels?: Record<string, string>; value?: unknown; timestamp?: unknown }[] }[];
  const all = series.flatMap(({ exemplars }) =>
    (Array.isArray(exemplars) ? exemplars : []).flatMap(({ labels = {}, value, timestamp }): Exemplar[] => {
      const [atMs, number] = [Number(timestamp) * 1_000, Number(value)];
      if (!Number.isFinite(atMs) || !Number.isFinite(number)) return [];
      const id = TRACE_LABELS.map((name) => labels[name]).find((one) => one !== undefined && /^[0-9a-f]{1,32}$/i.test(one));
      return [{ atMs, value: number, labels, url: own && id !== undefined ? `/trace/${id}` : null }];
    }),
  );
  return all.sort((a, b) => b.value - a.value).slice(0, EXEMPLARS_MAX);
}
