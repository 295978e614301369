import { getJson, postForm, RequestError, type Asking } from "../../api/client";
import type { DataSource } from "./sources";
import type { Grid, PromData } from "./prometheus";

const QUERY_TIMEOUT_MS = 60_000;

interface PromAnswer<T> {
  status: string;
  data: T;
  error?: string;
  warnings?: string[];
  infos?: string[];
}

export interface Answered<T> {
  data: T;
  /** What may make the answer wrong: a panel says it. */
  warnings: string[];
  /** What is good to know, and no cause for doubt: for who writes the query, in Explore. */
  infos: string[];
}

export async function ask<T>(source: DataSource, path: string, params: URLSearchParams, signal: AbortSignal | undefined): Promise<Answered<T>> {
  const asking: Asking = { timeoutMs: QUERY_TIMEOUT_MS, repeated: true, ...(signal === undefined ? {} : { signal }) };
  const answer = await postForm<PromAnswer<T> | null>(source.base + path, params, asking);
  if (answer === null || typeof answer !== "object" || answer.status !== "success") {
    throw new RequestError("unreadable", null, answer?.error ?? `${source.name} did not answer as ${source.type} does.`);
  }
  const { warnings = [], infos = [] } = answer;
  return { data: answer.data, warnings, infos };
}

export const seconds = (ms: number): string => String(ms / 1_000);

/** The server names this where it cut; it is told by us, with numbers. */
export const CUT = "results truncated due to limit";

/** An answer of no more series than the reader can see. */
export interface Bounded extends Answered<PromData> {
  /** How many series there are, where more exist than came. */
  total: number;
}

export async function askRange(source: DataSource, expr: string, grid: Grid, most: number, signal?: AbortSignal): Promise<Bounded> {
  const params = new URLSearchParams({ query: expr, start: seconds(grid.startMs), end: seconds(grid.endMs), step: seconds(grid.stepMs), limit: String(most) });
  return counted(await ask<PromData>(source, "/api/v1/query_range", params, signal), source, expr, grid.endMs, signal);
}

export async function askInstant(source: DataSource, expr: string, atMs: number, most: number, signal?: AbortSignal): Promise<Bounded> {
  const params = new URLSearchParams({ query: expr, time: seconds(atMs), limit: String(most) });
  return counted(await ask<PromData>(source, "/api/v1/query", params, signal), source, expr, atMs, signal);
}

async function counted(answered: Answered<PromData>, source: DataSource, expr: string, atMs: number, signal: AbortSignal | undefined): Promise<Bounded> {
  const came = answered.data.resultType === "scalar" || !Array.isArray(answered.data.result) ? 1 : answered.data.result.length;
  if (!answered.warnings.includes(CUT)) return { ...answered, total: came };
  return { ...answered, warnings: answered.warnings.filter((one) => one !== CUT), total: await countOf(source, expr, atMs, came, signal) };
}

/** How many series a query has at a moment; what came, where that cannot be counted. */
export async function countOf(source: DataSource, expr: string, atMs: number, came: number, signal: AbortSignal | undefined): Promise<number> {
  const params = new URLSearchParams({ query: `count(${expr}\n)`, time: seconds(atMs) });
  try {
    const { data } = await ask<{ result: { value: [number, string] }[] }>(source, "/api/v1/query", params, signal);
    return Math.max(came, Number(data.result[0]?.value[1] ?? 0));
  } catch (failure) {
    if (signal?.aborted === true) throw failure;
    return came;
  }
}

export async function askSeries(source: DataSource, selector: string, fromMs: number, toMs: number, signal?: AbortSignal): Promise<Record<string, string>[]> {
  const params = new URLSearchParams({ "match[]": selector, start: seconds(fromMs), end: seconds(toMs) });
  return (await ask<Record<string, string>[]>(source, "/api/v1/series", params, signal)).data;
}

/** Label names (`label` null) or the values of one, of the series that a selector matches. */
export async function askLabels(
  source: DataSource,
  label: string | null,
  selector: string,
  fromMs: number,
  toMs: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const params = new URLSearchParams({ start: seconds(fromMs), end: seconds(toMs) });
  if (selector !== "") params.set("match[]", selector);
  const path = label === null ? "/api/v1/labels" : `/api/v1/label/${encodeURIComponent(label)}/values`;
  const asking: Asking = { timeoutMs: QUERY_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const answer = await getJson<PromAnswer<string[]>>(`${source.base}${path}?${params.toString()}`, asking);
  return Array.isArray(answer.data) ? answer.data : [];
}

export interface LokiStream {
  stream: Record<string, string>;
  values: [string, string, Record<string, unknown>?][];
}

export interface LokiData {
  resultType: string;
  result: unknown[];
}

/** Log lines newest first, or samples where the query counts. Nanoseconds go as text: they do not fit a number. */
export async function askLoki(
  source: DataSource,
  query: string,
  grid: Grid,
  limit: number,
  direction: "backward" | "forward",
  signal?: AbortSignal,
): Promise<LokiData> {
  const params = new URLSearchParams({
    query,
    start: `${grid.startMs}000000`,
    end: `${grid.endMs}000000`,
    step: seconds(grid.stepMs),
    limit: String(limit),
    direction,
  });
  const asking: Asking = { timeoutMs: QUERY_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const answer = await getJson<PromAnswer<LokiData>>(`${source.base}/loki/api/v1/query_range?${params.toString()}`, asking);
  return answer.data;
}

export async function askLokiLabels(source: DataSource, label: string | null, fromMs: number, toMs: number, signal?: AbortSignal): Promise<string[]> {
  const params = new URLSearchParams({ start: `${fromMs}000000`, end: `${toMs}000000` });
  const path = label === null ? "/loki/api/v1/labels" : `/loki/api/v1/label/${encodeURIComponent(label)}/values`;
  const asking: Asking = { timeoutMs: QUERY_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const answer = await getJson<PromAnswer<string[]>>(`${source.base}${path}?${params.toString()}`, asking);
  return Array.isArray(answer.data) ? answer.data : [];
}

export interface JaegerSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  startTime: number;
  duration: number;
  processID: string;
  references?: { refType: string; spanID: string }[];
  tags?: { key: string; value: unknown }[];
}

export interface JaegerTrace {
  traceID: string;
  spans: JaegerSpan[];
  processes: Record<string, { serviceName: string }>;
}

export async function askTraces(source: DataSource, params: URLSearchParams, signal?: AbortSignal): Promise<JaegerTrace[]> {
  const asking: Asking = { timeoutMs: QUERY_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const { data } = await getJson<{ data: JaegerTrace[] | null }>(`${source.base}/api/traces?${params.toString()}`, asking);
  return data ?? [];
}
