import { RequestError } from "../../api/client";
import { resolveTime } from "../../app/time/range";
import { flag, number, text } from "../model/json";
import type { Panel, Target } from "../model/types";
import { Unsupported } from "../transform";
import { withFilters, type Filter } from "./adhoc";
import { askInstant, askLoki, askRange, askTraces } from "./ask";
import { askExemplars, type Exemplar } from "./exemplars";
import type { Frame } from "./frames";
import { interpolate, type Builtins, type Values } from "./interpolate";
import { lokiFrames, traceFrame } from "./loki";
import { bucketCounts, instantFrames, rangeFrames, ROWS_MAX, SERIES_MAX, tableFrame, type PromResult } from "./prometheus";
import { shared } from "./shared";
import { findSource, type DataSource } from "./sources";
import { gridOf, intervalMs, leastStepMs } from "./step";

/** What a panel asks: everything that its answer depends on, so that equal questions have equal keys. */
export interface Question {
  refId: string;
  source: DataSource;
  expr: string;
  kind: "range" | "instant" | "table" | "heatmap" | "logs" | "traces";
  legend: string;
  fromMs: number;
  toMs: number;
  stepMs: number;
  startMs: number;
  endMs: number;
  limit: number;
  /** Whether exemplars are asked for beside the series. */
  exemplars: boolean;
  /** Of a trace search: its parameters. */
  search: string;
}

export interface PanelResult {
  frames: Frame[];
  /** What went wrong, by refId, where other targets may have answered. */
  failures: { refId: string; error: unknown }[];
  notes: string[];
  /** Of targets that ask for them, the highest first. */
  exemplars: Exemplar[];
  /** How many series came in all, and how many are shown. */
  total: number;
  shown: number;
  /** The time asked for. */
  fromMs: number;
  toMs: number;
}

export interface Circumstances {
  fromMs: number;
  toMs: number;
  widthPx: number;
  values: Values;
  filters: readonly Filter[];
  sources: readonly DataSource[];
  /** Panels of the board, for targets that use another panel's queries. */
  targetsOf: (panelId: number) => Target[] | null;
}

const LOG_LINES = 500;
const TRACES = 50;

/** A panel may have a range of its own (`timeFrom`) and lie in the past (`timeShift`). */
export function panelWindow(panel: Pick<Panel, "timeFrom" | "timeShift">, fromMs: number, toMs: number): { fromMs: number; toMs: number } {
  let [from, to] = [fromMs, toMs];
  const own = panel.timeFrom === "" ? null : resolveTime(panel.timeFrom.startsWith("now") ? panel.timeFrom : `now-${panel.timeFrom}`, toMs, "utc", "from");
  if (own !== null && own < to) from = own;
  const shift = panel.timeShift === "" ? null : resolveTime(panel.timeShift.startsWith("now") ? panel.timeShift : `now-${panel.timeShift}`, toMs, "utc", "from");
  if (shift !== null) {
    const by = toMs - shift;
    [from, to] = [from - by, to - by];
  }
  return { fromMs: from, toMs: to };
}

/** The interval of a panel and what `$__...` means in it. */
export function panelBuiltins(panel: Pick<Panel, "interval" | "maxDataPoints">, c: Circumstances, source: DataSource | null, targetInterval = ""): Builtins {
  const scrapeMs = source?.scrapeMs ?? 15_000;
  const plain = interpolate(targetInterval || panel.interval, c.values, null, "raw");
  const least = leastStepMs(plain) ?? scrapeMs;
  const points = panel.maxDataPoints ?? Math.max(100, Math.round(c.widthPx));
  return { fromMs: c.fromMs, toMs: c.toMs, intervalMs: intervalMs(c.toMs - c.fromMs, points, least), scrapeMs };
}

/** The questions of a panel. Throws {@link Unsupported} for a kind of query that we cannot ask. */
export function questionsOf(panel: Panel, c: Circumstances, depth = 0): Question[] {
  return panel.targets.flatMap((target) => {
    const other = target.source?.uid === "-- Dashboard --" ? number(target.raw["panelId"]) : null;
    if (other !== null && depth < 4) {
      const targets = c.targetsOf(other);
      return targets === null ? [] : questionsOf({ ...panel, targets }, c, depth + 1);
    }
    const question = target.hide ? null : questionOf(panel, target, c);
    return question === null ? [] : [question];
  });
}

function questionOf(panel: Panel, target: Target, c: Circumstances): Question | null {
  const uid = target.source?.uid ?? "";
  if (uid === "__expr__" || target.source?.type === "__expr__") throw new Unsupported("server-side expressions");
  const source = findSource(target.source, c.sources, c.values);
  if (source === null) throw new Unsupported(`data source ${target.source?.type || uid}`);
  const { fromMs, toMs } = panelWindow(panel, c.fromMs, c.toMs);
  const here = { ...c, fromMs, toMs };
  const builtins = panelBuiltins(panel, here, source, target.interval);
  const grid = gridOf(fromMs, toMs, builtins.intervalMs, target.intervalFactor);
  const filled = interpolate(target.expr, c.values, { ...builtins, intervalMs: grid.stepMs }, "prom").trim();
  const base = { refId: target.refId, source, legend: interpolate(target.legend, c.values, builtins, "csv"), fromMs, toMs, ...grid, limit: LOG_LINES, exemplars: false, search: "" };
  if (source.type === "jaeger") return { ...base, expr: filled, kind: "traces", search: traceSearch(target, filled, fromMs, toMs) };
  if (filled === "") return null;
  if (source.type === "loki") {
    const lines = number(target.raw["maxLines"]) ?? LOG_LINES;
    return { ...base, expr: filled, kind: "logs", limit: Math.min(5_000, lines) };
  }
  const expr = withFilters(filled, c.filters);
  if (target.format === "table") return { ...base, expr, kind: target.range && !target.instant ? "table" : "instant", ...(target.instant || !target.range ? { search: "table" } : {}) };
  const exemplars = flag(target.raw["exemplar"]);
  if (target.format === "heatmap") return { ...base, expr, exemplars, kind: "heatmap" };
  return { ...base, expr, exemplars: exemplars && !target.instant, kind: target.instant && !flag(target.raw["range"]) ? "instant" : "range" };
}

/** Jaeger's search, from a Jaeger target's own fields, or a trace id. */
function traceSearch(target: Target, filled: string, fromMs: number, toMs: number): string {
  const params = new URLSearchParams({ start: `${fromMs}000`, end: `${toMs}000`, limit: String(number(target.raw["limit"]) ?? TRACES) });
  for (const key of ["service", "operation", "minDuration", "maxDuration", "tags"]) {
    const value = text(target.raw[key], text(target.raw[`${key}Name`]));
    if (value !== "") params.set(key, value);
  }
  if (/^[0-9a-f]{16,32}$/i.test(filled)) params.set("traceID", filled);
  else if (filled !== "" && !params.has("service")) params.set("service", filled);
  return params.toString();
}

/**
 * Asks all questions at once and puts the answers together in the order of the queries. Panels that want the same at
 * one tick share a request; another tick, a refresh, asks anew.
 */
export async function answered(questions: readonly Question[], tick: number, signal: AbortSignal): Promise<PanelResult> {
  const results = await Promise.allSettled(questions.map((question) => answer(question, tick, signal)));
  const out: PanelResult = { frames: [], failures: [], notes: [], exemplars: [], total: 0, shown: 0, fromMs: questions[0]?.fromMs ?? 0, toMs: questions[0]?.toMs ?? 0 };
  const parts: Frame[][] = [];
  results.forEach((result, at) => {
    const refId = questions[at]?.refId ?? "";
    if (result.status === "rejected") {
      out.failures.push({ refId, error: result.reason });
      return;
    }
    parts.push(result.value.frames);
    out.notes.push(...result.value.notes);
    out.exemplars.push(...(result.value.exemplars ?? []));
    out.total += result.value.total;
    out.shown += result.value.shown;
  });
  if (out.failures.length > 0 && out.failures.length === questions.length) throw out.failures[0]?.error;
  out.frames = joined(parts);
  return out;
}

async function answer(question: Question, tick: number, signal: AbortSignal): Promise<PromResult & { shown: number; notes: string[]; exemplars?: Exemplar[] }> {
  const { source, expr, refId, kind, legend } = question;
  const grid = { startMs: question.startMs, endMs: question.endMs, stepMs: question.stepMs };
  const key = JSON.stringify([tick, source.uid, kind === "heatmap" || kind === "table" ? "range" : kind, expr, kind === "instant" ? question.toMs : grid, question.search, question.limit]);
  switch (kind) {
    case "instant": {
      const table = question.search === "table";
      const { data, total, warnings: notes } = await shared(key, signal, (stop) => askInstant(source, expr, question.toMs, table ? ROWS_MAX : SERIES_MAX, stop));
      const { frames, total: came } = table ? tableFrame(refId, data) : instantFrames(refId, data, legend);
      return { frames, total, shown: table ? came : frames.length, notes };
    }
    case "logs": {
      const data = await shared(key, signal, (stop) => askLoki(source, expr, grid, question.limit, "backward", stop));
      const result = lokiFrames(refId, data, grid, legend);
      return { ...result, shown: result.frames.some(({ kind: of }) => of === "series") ? result.frames.length : result.total, notes: [] };
    }
    case "traces": {
      const traces = await shared(key, signal, (stop) => askTraces(source, new URLSearchParams(question.search), stop));
      return { frames: [traceFrame(refId, traces)], total: traces.length, shown: traces.length, notes: [] };
    }
    default: {
      const beside = question.exemplars ? exemplarsOf(question, tick, signal) : null;
      const { data, total, warnings } = await shared(key, signal, (stop) => askRange(source, expr, grid, SERIES_MAX, stop));
      const { exemplars, notes: missed } = (await beside) ?? { exemplars: [], notes: [] };
      const notes = [...warnings, ...missed];
      if (kind === "table") {
        const { frames, total: came } = tableFrame(refId, data);
        return { frames, total, shown: came, notes };
      }
      const frames = remembered(data, JSON.stringify([refId, grid, legend, kind]), () => {
        const { frames: series } = rangeFrames(refId, data, grid, legend, kind === "heatmap" ? "heatmap" : "series");
        return kind === "heatmap" ? bucketCounts(series) : series;
      });
      return { frames, total, shown: frames.length, notes, exemplars };
    }
  }
}

const made = new WeakMap<object, Map<string, Frame[]>>();

/** Made once of an answer: where a refresh brings the same answer, the same frames follow, and nothing is drawn anew. */
function remembered(answer: object, key: string, make: () => Frame[]): Frame[] {
  const known = made.get(answer) ?? new Map<string, Frame[]>();
  made.set(answer, known);
  const frames = known.get(key) ?? make();
  known.set(key, frames);
  return frames;
}

const joins = new WeakMap<Frame[], { parts: Frame[][]; all: Frame[] }>();

/** The frames of all queries in one list; the same list for the same frames. */
function joined(parts: Frame[][]): Frame[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  if (others.length === 0) return first;
  const known = joins.get(first);
  if (known !== undefined && known.parts.length === parts.length && known.parts.every((part, at) => part === parts[at])) return known.all;
  const all = parts.flat();
  joins.set(first, { parts, all });
  return all;
}

/** A chart without its exemplars is a chart all the same: what went wrong is noted on it. */
async function exemplarsOf({ source, expr, fromMs, toMs, refId }: Question, tick: number, signal: AbortSignal): Promise<{ exemplars: Exemplar[]; notes: string[] }> {
  const key = JSON.stringify([tick, source.uid, "exemplars", expr, fromMs, toMs]);
  try {
    return { exemplars: await shared(key, signal, (stop) => askExemplars(source, expr, fromMs, toMs, stop)), notes: [] };
  } catch (failure) {
    return { exemplars: [], notes: [`${refId}: exemplars: ${reason(failure).what}`] };
  }
}

/** An error in words: what happened, and what to do where the server said it. */
export function reason(error: unknown): { what: string; todo: string; kind: RequestError["kind"] | "page" } {
  if (error instanceof RequestError) return { what: error.detail, todo: error.todo, kind: error.kind };
  return { what: error instanceof Error ? error.message : String(error), todo: "", kind: "page" };
}
