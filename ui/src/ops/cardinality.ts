import type { Words } from "../i18n";
import type { Tone } from "./parts";

export interface Counted {
  name: string;
  value: number;
}

/** Prometheus's answer of status/tsdb, as far as the page shows it. */
export interface Tsdb {
  headStats: { numSeries: number; numLabelPairs: number };
  seriesCountByMetricName: Counted[];
  labelValueCountByLabelName: Counted[];
  seriesCountByLabelValuePair: Counted[];
}

/** Our own: what the tenant has and may have, what is new. */
export interface Own {
  activeSeries: number;
  seriesPerTenantMax: number;
  seriesPerMetricMax: number;
  cappedMetrics: Counted[];
  new: { series: number; seriesBefore: number; metrics: Counted[] };
}

export interface ShapeLabel {
  name: string;
  values: number;
  /** Series that would be left without the label. */
  seriesWithout: number;
  top: Counted[];
}

export interface MetricShape {
  metric: string;
  series: number;
  labels: ShapeLabel[];
}

/** From this share of the limit on, and of new series among all, somebody should look. */
const NEAR = 0.8;
const CHURN = 0.5;
const CHURN_SERIES_MIN = 1_000;

interface Found {
  tone: Tone;
  what: string;
  todo?: string;
}

/** What the page found, worst first. */
export function findingOf(tsdb: Tsdb, own: Own, { t, number }: Pick<Words, "t" | "number">): Found {
  const n = own.activeSeries;
  const capped = own.cappedMetrics[0];
  if (capped !== undefined) return { tone: "broken", what: t("card.find.capped", { name: capped.name, n: own.cappedMetrics.length }), todo: t("card.find.capped.todo") };
  const share = n / own.seriesPerTenantMax;
  if (share >= NEAR) return { tone: share >= 1 ? "broken" : "degraded", what: t("card.find.near", { percent: Math.round(share * 100), n, shown: number(n) }), todo: t("card.find.near.todo") };
  const fresh = own.new;
  if (fresh.seriesBefore > 0 && fresh.series >= CHURN_SERIES_MIN && fresh.series > CHURN * tsdb.headStats.numSeries) {
    const name = fresh.metrics[0]?.name ?? "";
    return { tone: "degraded", what: t("card.find.churn", { n: fresh.series, shown: number(fresh.series), name }), todo: t("card.find.churn.todo") };
  }
  return { tone: "fine", what: t("card.find.fine", { n, shown: number(n), percent: number(share * 100, share < 0.1 ? 1 : 0) }) };
}

/** A rule for metric_relabel_configs: drops a label of a metric, or with null the whole metric. */
export function ruleFor(metric: string, label: string | null): string {
  const name = yaml(escapeRegex(metric));
  if (label === null) return ["metric_relabel_configs:", "  - source_labels: [__name__]", `    regex: ${name}`, "    action: drop"].join("\n");
  return [
    "metric_relabel_configs:",
    "  - source_labels: [__name__]",
    `    regex: ${name}`,
    `    target_label: ${yaml(label)}`,
    '    replacement: ""',
    "    action: replace",
  ].join("\n");
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** As it stands where YAML reads it as the same text, else in single quotes. */
function yaml(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
