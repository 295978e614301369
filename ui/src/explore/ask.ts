import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { RequestError } from "../api/client";
import { reportRead } from "../app/crumb";
import { ask, countOf, CUT, seconds } from "../dash/data/ask";
import { interpolate, type Builtins } from "../dash/data/interpolate";
import { ROWS_MAX, SERIES_MAX, type Grid, type PromData } from "../dash/data/prometheus";
import type { DataSource } from "../dash/data/sources";
import { gridOf, intervalMs, leastStepMs } from "../dash/data/step";
import type { Exploration } from "./model";
import { askedOf } from "./model";
import { readCost, type Cost } from "./plan";

/** What one query asks; equal ones have the same answer. */
export interface Question {
  refId: string;
  source: DataSource;
  /** With `$__...` filled in. */
  expr: string;
  legend: string;
  kind: "range" | "instant";
  grid: Grid;
  atMs: number;
  /** Asked for the plan, which is of an evaluation of its own. */
  plan: boolean;
}

export interface Got {
  question: Question;
  data: PromData;
  warnings: string[];
  infos: string[];
  cost: Cost;
  /** How many series there are, where more exist than came. */
  total: number;
  /** From asking to having read it, ms. */
  tookMs: number;
}

/** How a query stands: its last good answer stays while a new one is on its way, and when that one fails. */
export interface Asked {
  got: Got | null;
  error: RequestError | null;
  loading: boolean;
  /** The reader cancelled it. */
  cancelled: boolean;
}

export const NOTHING: Asked = { got: null, error: null, loading: false, cancelled: false };

/** The questions of the page's queries, as wide as the chart is. */
export function questionsOf(exploration: Exploration, source: DataSource, fromMs: number, toMs: number, widthPx: number): Question[] {
  const { view, instant, step, queries } = exploration;
  const least = leastStepMs(step);
  const interval = least ?? intervalMs(toMs - fromMs, Math.max(100, widthPx), source.scrapeMs);
  const grid = gridOf(fromMs, toMs, interval, 1);
  const builtins: Builtins = { fromMs, toMs, intervalMs: grid.stepMs, scrapeMs: source.scrapeMs };
  const kind = view === "table" || (view === "plan" && instant) ? "instant" : "range";
  return askedOf(queries).map(({ refId, query }) => ({
    refId,
    source,
    expr: interpolate(query.expr, {}, builtins, "prom"),
    legend: query.legend,
    kind,
    grid,
    atMs: toMs,
    plan: view === "plan",
  }));
}

export async function answerTo(question: Question, signal: AbortSignal): Promise<Got> {
  const began = performance.now();
  const { source, expr, kind, grid, atMs, plan } = question;
  const most = plan ? 1 : kind === "range" ? SERIES_MAX : ROWS_MAX;
  const params = new URLSearchParams({ query: expr, limit: String(most) });
  if (kind === "range") for (const [name, ms] of [["start", grid.startMs], ["end", grid.endMs], ["step", grid.stepMs]] as const) params.set(name, seconds(ms));
  else params.set("time", seconds(atMs));
  if (plan) {
    params.set("stats", "all");
    params.set("nocache", "1"); // an answer made for somebody else cost nothing
  }
  const path = kind === "range" ? "/api/v1/query_range" : "/api/v1/query";
  const { data, warnings, infos } = await ask<PromData>(source, path, params, signal);
  const came = data.resultType === "scalar" || data.resultType === "string" ? 1 : data.result.length;
  const cut = warnings.includes(CUT);
  const cost = readCost(data);
  const total = plan ? (cost.plan?.series ?? came) : cut ? await countOf(source, expr, atMs, came, signal) : came;
  const doubts = warnings.filter((one) => one !== CUT);
  return { question, data, warnings: doubts, infos, cost, total, tookMs: performance.now() - began };
}

/** Asks every question whenever it or the tick changes; `cancel` stops what is under way. Keyed by the query's letter. */
export function useAsked(questions: readonly Question[], tick: number): { asked: ReadonlyMap<string, Asked>; cancel: () => void } {
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const running = useRef(new Map<string, { key: string; stop: AbortController }>());
  const keyed = useMemo(() => questions.map((question) => ({ question, key: `${tick} ${JSON.stringify(question)}` })), [questions, tick]);
  const change = useCallback((refId: string, part: Partial<Asked>) => setAsked((now) => new Map(now).set(refId, { ...(now.get(refId) ?? NOTHING), ...part })), []);
  useEffect(() => {
    const wanted = new Set(keyed.map(({ question }) => question.refId));
    for (const [refId, { stop }] of running.current) {
      if (wanted.has(refId)) continue;
      stop.abort();
      running.current.delete(refId);
    }
    for (const { question, key } of keyed) {
      const { refId } = question;
      const before = running.current.get(refId);
      if (before?.key === key) continue;
      before?.stop.abort();
      const one = { key, stop: new AbortController() };
      running.current.set(refId, one);
      change(refId, { loading: true, cancelled: false });
      const still = (): boolean => running.current.get(refId) === one;
      answerTo(question, one.stop.signal).then(
        (got) => {
          if (!still()) return;
          change(refId, { got, error: null, loading: false });
          reportRead();
        },
        (failure: unknown) => {
          if (!still()) return;
          if (one.stop.signal.aborted) change(refId, { loading: false, cancelled: true });
          else change(refId, { error: failure instanceof RequestError ? failure : new RequestError("unreadable", null, String(failure)), loading: false });
        },
      );
    }
  }, [keyed, change]);
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const { stop } of all.values()) stop.abort();
      all.clear();
    };
  }, []);
  const cancel = useCallback(() => {
    for (const { stop } of running.current.values()) stop.abort();
  }, []);
  const shown = useMemo(() => new Map([...asked].filter(([refId]) => questions.some((question) => question.refId === refId))), [asked, questions]);
  return { asked: shown, cancel };
}
