import type { Words } from "../i18n";
import type { Tone } from "./parts";

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

export interface Limit {
  key: string;
  max: number;
  unit: "bytes" | "ms" | "count";
  /** The own metric that says how much is used; empty where none does. */
  metric: string;
}

export interface Query {
  tenant: string;
  language: string;
  text: string;
  spanMs: number;
  startedMs: number;
}

export interface SlowQuery extends Query {
  tookMs: number;
  failure: string;
}

export interface Status {
  version: string;
  java: string;
  mode: string;
  folder: string;
  startedAtMs: number;
  nowMs: number;
  store: "embedded" | "clickhouse" | "memory";
  hotDays: number;
  days: number;
  limits: Limit[];
  tenants: { tenant: string; series: number }[];
  slowMs: number;
  running: Query[];
  slow: SlowQuery[];
  metrics: Record<string, Sample[]>;
}

export interface RuleGroup {
  name: string;
  file: string;
  interval: number;
  evaluationTime: number;
  lastEvaluation: string;
  rules: { name: string; health: string; lastError?: string; type: string; state?: string }[];
}

export interface Found {
  tone: Tone;
  what: string;
  todo?: string;
}

/** The sum of a metric's samples; null where there are none. */
export function sum(status: Status, name: string, labels: Record<string, string> = {}): number | null {
  const fit = (status.metrics[name] ?? []).filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value));
  return fit.length === 0 ? null : fit.reduce((all, { value }) => all + value, 0);
}

/** Readings kept of the last minute, oldest first. */
export const KEPT_MS = 60_000;

export function keep(before: readonly Status[], next: Status): Status[] {
  const restarted = before.some(({ startedAtMs }) => startedAtMs !== next.startedAtMs);
  return [...(restarted ? [] : before).filter(({ nowMs }) => nowMs < next.nowMs && next.nowMs - nowMs <= KEPT_MS), next];
}

/** How fast a counter grows, per second, over the readings; null before there are two. */
export function rate(readings: readonly Status[], name: string, labels: Record<string, string> = {}): number | null {
  const first = readings[0];
  const last = readings[readings.length - 1];
  if (first === undefined || last === undefined || last.nowMs <= first.nowMs) return null;
  return Math.max(0, (sum(last, name, labels) ?? 0) - (sum(first, name, labels) ?? 0)) / ((last.nowMs - first.nowMs) / 1_000);
}

/** Samples come in bursts, one a scrape: over less than two of those a rate would be 0 or twice what it is. */
const BURSTS_MS = 30_000;

function takenRate(readings: readonly Status[], labels: Record<string, string>): number | null {
  const watchedMs = (readings.at(-1)?.nowMs ?? 0) - (readings[0]?.nowMs ?? 0);
  return labels["signal"] === "samples" && watchedMs < BURSTS_MS ? null : rate(readings, TAKEN, labels);
}

export interface Way {
  signal: string;
  way: string;
  total: number;
  perSecond: number | null;
  refused: { reason: string; total: number; perSecond: number | null }[];
}

const TAKEN = "framewatch_ingest_taken_total";
const REFUSED = "framewatch_ingest_refused_total";
const SIGNALS = ["samples", "lines", "spans"];

/** Every way by which something came or was refused, by signal, the busiest first. */
export function waysOf(readings: readonly Status[]): Way[] {
  const last = readings[readings.length - 1];
  if (last === undefined) return [];
  const seen = new Map<string, { signal: string; way: string }>();
  for (const { labels } of [...(last.metrics[TAKEN] ?? []), ...(last.metrics[REFUSED] ?? [])]) {
    const signal = labels["signal"] ?? "";
    const way = labels["way"] ?? "";
    seen.set(`${signal} ${way}`, { signal, way });
  }
  return [...seen.values()]
    .map((of): Way => ({
      ...of,
      total: sum(last, TAKEN, of) ?? 0,
      perSecond: takenRate(readings, of),
      refused: (last.metrics[REFUSED] ?? [])
        .filter(({ labels }) => labels["signal"] === of.signal && labels["way"] === of.way)
        .map(({ labels, value }) => ({ reason: labels["reason"] ?? "", total: value, perSecond: rate(readings, REFUSED, labels) })),
    }))
    .sort((a, b) => SIGNALS.indexOf(a.signal) - SIGNALS.indexOf(b.signal) || b.total - a.total);
}

export function ingestFinding(readings: readonly Status[], ways: readonly Way[], t: Words["t"], number: Words["number"]): Found {
  const refusing = ways.flatMap((way) => way.refused.filter(({ perSecond }) => (perSecond ?? 0) > 0).map((one) => ({ ...one, way: way.way, signal: way.signal })));
  const worst = [...refusing].sort((a, b) => (b.perSecond ?? 0) - (a.perSecond ?? 0))[0];
  if (worst !== undefined) {
    const later = worst.reason.startsWith("wal_");
    return {
      tone: later ? "broken" : "degraded",
      what: t("status.ingest.refusing", { rate: number(worst.perSecond ?? 0, 1), signal: t(`status.signal.${signalKey(worst.signal)}`), way: worst.way, reason: worst.reason }),
      todo: t(later ? "status.ingest.later.todo" : "status.ingest.refusing.todo", { reason: worst.reason }),
    };
  }
  const samples = takenRate(readings, { signal: "samples" });
  if (samples === null) return { tone: "unknown", what: t("status.measuring") };
  const lines = rate(readings, TAKEN, { signal: "lines" }) ?? 0;
  const spans = rate(readings, TAKEN, { signal: "spans" }) ?? 0;
  const few = (n: number): string => number(n, n > 0 && n < 10 ? 1 : 0);
  return { tone: "fine", what: t("status.ingest.fine", { samples: few(samples), lines: few(lines), spans: few(spans) }) };
}

export function signalKey(signal: string): "samples" | "lines" | "spans" {
  return signal === "lines" || signal === "spans" ? signal : "samples";
}

/** Seconds that the oldest unflushed record may wait before that is news. */
const FLUSH_LATE_S = 60;
const NEAR = 0.8;

export function storageFinding(status: Status, readings: readonly Status[], t: Words["t"], age: Words["age"]): Found {
  if (status.store === "memory") return { tone: "degraded", what: t("status.store.memory"), todo: t("status.store.memory.todo") };
  const lag = sum(status, "framewatch_flush_lag_seconds") ?? 0;
  const failing = rate(readings, "framewatch_flush_failures_total") ?? 0;
  if (lag > FLUSH_LATE_S) return { tone: failing > 0 ? "broken" : "degraded", what: t("status.store.late", { age: age(lag) }), todo: t("status.store.late.todo") };
  const wal = (sum(status, "framewatch_wal_bytes") ?? 0) / (sum(status, "framewatch_wal_limit_bytes") ?? Infinity);
  if (wal > NEAR) return { tone: "broken", what: t("status.store.wal", { percent: Math.round(wal * 100) }), todo: t("status.store.late.todo") };
  const dropped = sum(status, "framewatch_store_days_dropped_total") ?? 0;
  if (dropped > 0) return { tone: "degraded", what: t("status.store.dropped", { n: dropped }), todo: t("status.store.dropped.todo") };
  return { tone: "fine", what: t("status.store.fine", { age: age(lag) }) };
}

const ERRORS = "framewatch_engine_errors_total";

/** Calls of the engine that failed since the start, and apart from them those that came before it had ever answered. */
export function engineErrors(status: Status): { failed: number; starting: number } {
  const starting = sum(status, ERRORS, { kind: "starting" }) ?? 0;
  return { failed: (sum(status, ERRORS) ?? 0) - starting, starting };
}

/** The kind of failing that grows fastest over the readings; null where none does. */
function failingNow(readings: readonly Status[]): { kind: string; perSecond: number } | null {
  const kinds = (readings.at(-1)?.metrics[ERRORS] ?? []).map(({ labels }) => labels["kind"] ?? "").filter((kind) => kind !== "starting");
  const growing = kinds.map((kind) => ({ kind, perSecond: rate(readings, ERRORS, { kind }) ?? 0 })).filter(({ perSecond }) => perSecond > 0);
  return growing.sort((a, b) => b.perSecond - a.perSecond)[0] ?? null;
}

export function engineFinding(status: Status, readings: readonly Status[], t: Words["t"], number: Words["number"]): Found {
  if (status.store !== "embedded") return { tone: "fine", what: t(status.store === "memory" ? "status.engine.none" : "status.engine.remote") };
  const up = sum(status, "framewatch_engine_up");
  const restarts = sum(status, "framewatch_engine_restarts_total") ?? 0;
  if (up === null) return { tone: "unknown", what: t("status.engine.unknown") };
  if (up === 0) return { tone: "broken", what: t("status.engine.down"), todo: t("status.engine.down.todo") };
  if (restarts > 0) return { tone: "degraded", what: t("status.engine.restarted", { n: restarts }), todo: t("status.engine.restarted.todo") };
  const failing = failingNow(readings);
  if (failing !== null) return { tone: "degraded", what: t("status.engine.failing", { rate: number(failing.perSecond, 1), kind: failing.kind }), todo: t("status.engine.failing.todo") };
  return { tone: "fine", what: t("status.engine.fine") };
}

export interface Used extends Limit {
  used: number | null;
  share: number | null;
}

/** Limits with what is used of them, the fullest first; those without a measure keep their order after them. */
export function usedOf(status: Status): Used[] {
  return status.limits
    .map((limit): Used => {
      const used = limit.metric === "" ? null : sum(status, limit.metric);
      return { ...limit, used, share: used === null ? null : used / limit.max };
    })
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
}

/** The hot window and shared results fill up by design: full is not wrong there. */
export const FILLS: readonly string[] = ["store.hotMemory", "sharing.bytesMax"];

export function limitFinding(used: readonly Used[], t: Words["t"]): Found {
  const worst = used.find(({ key, share }) => share !== null && share >= NEAR && !FILLS.includes(key));
  if (worst === undefined) return { tone: "fine", what: t("status.limits.fine") };
  return { tone: (worst.share ?? 0) >= 0.95 ? "broken" : "degraded", what: t("status.limits.near", { key: worst.key, percent: Math.round((worst.share ?? 0) * 100) }), todo: t("status.limits.near.todo", { key: worst.key }) };
}

export function queryFinding(status: Status, readings: readonly Status[], t: Words["t"]): Found {
  const refused = rate(readings, "framewatch_queries_refused_total") ?? 0;
  if (refused > 0) return { tone: "broken", what: t("status.queries.refused"), todo: t("status.queries.refused.todo") };
  const waiting = sum(status, "framewatch_queries_waiting") ?? 0;
  if (waiting > 0) return { tone: "degraded", what: t("status.queries.waiting", { n: waiting }), todo: t("status.queries.refused.todo") };
  if (status.slow.length > 0) return { tone: "fine", what: t("status.queries.slow", { n: status.slow.length }), todo: t("status.queries.slow.todo") };
  return { tone: "fine", what: t("status.queries.fine") };
}

export function ruleFinding(groups: readonly RuleGroup[], t: Words["t"]): Found {
  const failing = groups.flatMap((group) => group.rules.filter(({ health }) => health === "err").map((rule) => ({ rule, group })));
  const first = failing[0];
  if (first !== undefined) return { tone: "broken", what: t("status.rules.failing", { n: failing.length, name: first.rule.name }), todo: t("status.rules.failing.todo") };
  const slow = groups.filter(({ evaluationTime, interval }) => evaluationTime > interval);
  if (slow[0] !== undefined) return { tone: "degraded", what: t("status.rules.slow", { n: slow.length, name: slow[0].name }), todo: t("status.rules.slow.todo") };
  return { tone: "fine", what: t("status.rules.fine", { n: groups.reduce((all, { rules }) => all + rules.length, 0) }) };
}

export function reloadFinding(status: Status, t: Words["t"]): Found {
  const good = sum(status, "framewatch_config_last_reload_successful");
  if (good === 0) return { tone: "broken", what: t("status.config.bad"), todo: t("status.config.bad.todo") };
  return { tone: "fine", what: t("status.config.good") };
}

const TONE_ORDER: Tone[] = ["broken", "degraded", "unknown", "fine"];

/** The page's own finding: the worst of its parts. */
export function worstOf(all: readonly Found[]): Found | undefined {
  return [...all].sort((a, b) => TONE_ORDER.indexOf(a.tone) - TONE_ORDER.indexOf(b.tone))[0];
}
