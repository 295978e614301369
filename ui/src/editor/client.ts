import type { PrometheusClient } from "@prometheus-io/codemirror-promql";
import { getJson, postForm, RequestError } from "../api/client";
import { timeStore } from "../app/time/store";
import type { DataSource } from "../dash/data/sources";
import { selectorOf, type LabelMatch } from "./names";

export interface Metadata {
  type: string;
  help: string;
  unit: string;
}

export type MetadataOf = Record<string, Metadata[]>;

/** What a source says of a query's text: nothing wrong, something at a place, or nothing at all. */
export type Verdict = { wrong: string; todo: string } | "fine" | "unknown";

const KEPT_MS = 60_000;
const KEPT_MAX = 100;
const NAMES_MAX = 20_000;
const VALUES_MAX = 2_000;
const TIMEOUT_MS = 10_000;

interface Kept {
  at: number;
  answer: Promise<unknown>;
}

/**
 * Names, labels, values and help of one source, for completion and the metric browser. Answers are kept for a minute,
 * at most a hundred; they are of the page's time range. A source that does not answer gives nothing to choose.
 */
export class SourceClient implements PrometheusClient {
  static readonly #all = new Map<string, SourceClient>();
  readonly #kept = new Map<string, Kept>();

  private constructor(readonly source: DataSource) {}

  static of(source: DataSource): SourceClient {
    const known = SourceClient.#all.get(source.uid);
    if (known !== undefined && known.source.base === source.base) return known;
    const made = new SourceClient(source);
    SourceClient.#all.set(source.uid, made);
    return made;
  }

  metricNames(): Promise<string[]> {
    return this.names();
  }

  /** Names of all metrics; fails where the source does. */
  allNames(): Promise<string[]> {
    return this.#list("/api/v1/label/__name__/values", {}, NAMES_MAX);
  }

  names(): Promise<string[]> {
    return this.allNames().catch(() => []);
  }

  metricMetadata(): Promise<MetadataOf> {
    return this.#keep("metadata", async () => {
      const { data } = await getJson<{ data?: unknown }>(`${this.source.base}/api/v1/metadata`, { timeoutMs: TIMEOUT_MS });
      return readMetadata(data);
    }).catch(() => ({}));
  }

  labelNames(metricName = ""): Promise<string[]> {
    const names = this.#list("/api/v1/labels", metricName === "" ? {} : { "match[]": selectorOf(metricName, []) }, VALUES_MAX);
    return names.then((all) => all.filter((name) => name !== "__name__"), () => []);
  }

  labelValues(labelName: string, metricName = "", matchers: LabelMatch[] = []): Promise<string[]> {
    const others = matchers.filter((one) => one.name !== labelName && one.value !== "");
    const narrow = metricName === "" && others.length === 0 ? {} : { "match[]": selectorOf(metricName, others) };
    return this.#list(`/api/v1/label/${encodeURIComponent(labelName)}/values`, narrow, VALUES_MAX).catch(() => []);
  }

  series(): Promise<Map<string, string>[]> {
    return Promise.resolve([]);
  }

  flags(): Promise<Record<string, string>> {
    return Promise.resolve({});
  }

  /** How many series each of these metrics has at an instant; a name without any is not in it. */
  async counts(names: readonly string[], atMs: number, signal: AbortSignal): Promise<Map<string, number>> {
    const pattern = names.map((name) => name.replace(/[\\^$*+?.()|[\]{}]/g, "\\$&")).join("|");
    const query = `count by (__name__) ({__name__=~${JSON.stringify(pattern)}})`;
    const params = new URLSearchParams({ query, time: String(atMs / 1_000) });
    const { data } = await postForm<{ data: { result: { metric: Record<string, string>; value: [number, string] }[] } }>(`${this.source.base}/api/v1/query`, params, { timeoutMs: TIMEOUT_MS, signal });
    return new Map(data.result.map(({ metric, value }) => [metric["__name__"] ?? "", Number(value[1])]));
  }

  /** Reads a query without running it. */
  async check(query: string): Promise<Verdict> {
    try {
      await postForm(`${this.source.base}/api/v1/parse_query`, new URLSearchParams({ query }), { timeoutMs: TIMEOUT_MS });
      return "fine";
    } catch (failure) {
      if (failure instanceof RequestError && failure.status === 400) return { wrong: failure.detail, todo: failure.todo };
      return "unknown";
    }
  }

  async format(query: string): Promise<string> {
    const { data } = await postForm<{ data: unknown }>(`${this.source.base}/api/v1/format_query`, new URLSearchParams({ query }), { timeoutMs: TIMEOUT_MS });
    if (typeof data !== "string") throw new RequestError("unreadable", null, "format_query");
    return data;
  }

  #list(path: string, narrow: Record<string, string>, most: number): Promise<string[]> {
    const { fromMs, toMs } = timeStore.time();
    // To the minute: a name that came since is found by the next question.
    const minute = (ms: number): string => String(Math.floor(ms / 60_000) * 60);
    const params = new URLSearchParams({ start: minute(fromMs), end: String(Number(minute(toMs)) + 60), limit: String(most), ...narrow });
    const address = `${this.source.base}${path}?${params.toString()}`;
    return this.#keep(address, async () => {
      const { data } = await getJson<{ data?: unknown }>(address, { timeoutMs: TIMEOUT_MS });
      return Array.isArray(data) ? data.filter((one): one is string => typeof one === "string").slice(0, most) : [];
    });
  }

  #keep<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined && performance.now() - known.at < KEPT_MS) return known.answer as Promise<T>;
    const answer = ask();
    answer.catch(() => this.#kept.delete(key));
    this.#kept.delete(key);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size < KEPT_MAX) break;
      this.#kept.delete(old);
    }
    this.#kept.set(key, { at: performance.now(), answer });
    return answer;
  }
}

/** What `metadata` answers, and nothing else: a source may say anything. */
export function readMetadata(data: unknown): MetadataOf {
  if (typeof data !== "object" || data === null) return {};
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const read = Object.entries(data as Record<string, unknown>).map(([name, list]): [string, Metadata[]] => [
    name,
    (Array.isArray(list) ? (list as Partial<Record<keyof Metadata, unknown>>[]) : []).map((one) => ({ type: text(one.type), help: text(one.help), unit: text(one.unit) })),
  ]);
  return Object.assign(Object.create(null) as MetadataOf, Object.fromEntries(read));
}
