import type { Metadata, MetadataOf } from "./client";

/** A label matcher as completion knows it; `type` is the number of its operator in the grammar. */
export interface LabelMatch {
  name: string;
  value: string;
  matchesEmpty: () => boolean;
}

/** Names that may stand in PromQL as they are; any other is written in quotes. */
const PLAIN = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A label's name as it stands in a matcher or in `by (...)`. */
export function labelText(name: string): string {
  return PLAIN_LABEL.test(name) ? name : quoted(name);
}

/** A metric as a selector: `up`, or `{"name with dots"}`. */
export function metricText(name: string): string {
  return isPlainName(name) ? name : `{${quoted(name)}}`;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A metric's series with these labels, as a reader would write it; no metric for those of any. */
export function seriesText(metric: string, labels: Readonly<Record<string, string>>): string {
  const equal = Object.entries(labels).map(([name, value]) => `${labelText(name)}=${quoted(value)}`);
  return isPlainName(metric) || metric === "" ? `${metric}{${equal.join(",")}}` : `{${[quoted(metric), ...equal].join(",")}}`;
}

/** A selector of a metric with the matchers that are whole. Only those for equality narrow: the others cost more than they spare. */
export function selectorOf(metric: string, equals: readonly LabelMatch[]): string {
  const parts = [
    ...(metric === "" ? [] : [isPlainName(metric) ? `__name__=${quoted(metric)}` : quoted(metric)]),
    ...equals.filter((one) => !one.matchesEmpty()).map((one) => `${labelText(one.name)}=${quoted(one.value)}`),
  ];
  return `{${parts.length === 0 ? '__name__!=""' : parts.join(",")}}`;
}

const SUFFIX = /(_bucket|_count|_sum|_total|_created|_info)$/;

/** What is known of a metric: of its own name, else of the family that it is a part of. */
export function metadataOf(name: string, all: MetadataOf): Metadata | null {
  return all[name]?.[0] ?? all[name.replace(SUFFIX, "")]?.[0] ?? null;
}

export type Kind = "counter" | "gauge" | "histogram" | "summary" | "other";

/** What a series of this name is, from its family's type and its own ending. */
export function kindOf(name: string, metadata: Metadata | null): Kind {
  const type = metadata?.type ?? "";
  if (type === "histogram" && !/_(count|sum|created)$/.test(name)) return "histogram";
  if ((type === "summary" || type === "histogram") && /_(count|sum)$/.test(name)) return "counter";
  if (type === "counter" || type === "gauge" || type === "summary") return type;
  if (name.endsWith("_bucket")) return "histogram";
  return /_(total|count|sum)$/.test(name) ? "counter" : "other";
}

/** Queries that make sense for a metric, the most usual first. */
export function usualQueries(name: string, metadata: Metadata | null): string[] {
  const metric = metricText(name);
  const rate = `rate(${metric}[$__rate_interval])`;
  switch (kindOf(name, metadata)) {
    case "counter":
      return [rate, `sum(${rate})`, `increase(${metric}[$__range])`, metric];
    case "histogram":
      return name.endsWith("_bucket")
        ? [`histogram_quantile(0.95, sum by (le) (${rate}))`, `sum by (le) (${rate})`, metric]
        : [`histogram_quantile(0.95, sum(${rate}))`, `histogram_avg(sum(${rate}))`, metric];
    case "summary":
    case "gauge":
    case "other":
      return [metric, `sum(${metric})`, `max_over_time(${metric}[$__range])`];
  }
}
