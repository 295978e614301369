/** What `GET /loki/api/v1/query_range` answers, as far as the page uses it. */
export interface LokiAnswer {
  data: {
    resultType: string;
    result: { stream?: Record<string, string>; metric?: Record<string, string>; values: [string | number, string][] }[];
  };
}

export const LEVELS = ["error", "warning", "info", "debug", "other"] as const;
export type Level = (typeof LEVELS)[number];

/** Words that programs use for the same thing. */
const LEVEL_WORDS: Record<Exclude<Level, "other">, readonly string[]> = {
  error: ["error", "err", "fatal", "critical", "crit", "alert", "emerg", "panic"],
  warning: ["warning", "warn"],
  info: ["info", "notice", "information"],
  debug: ["debug", "trace", "verbose"],
};

export function levelOf(labels: Record<string, string>): Level {
  const word = (labels["level"] ?? labels["detected_level"] ?? labels["severity_text"] ?? labels["severity"] ?? "").toLowerCase();
  for (const level of ["error", "warning", "info", "debug"] as const) {
    if (LEVEL_WORDS[level].includes(word)) return level;
  }
  return "other";
}

export interface Line {
  /** Its instant in nanoseconds and its place among lines of that instant: stays the same when asked again. */
  key: string;
  atMs: number;
  /** Digits after the second: "123456" of a microsecond clock. */
  level: Level;
  service: string;
  /** What a JSON line says first; else the whole line. */
  message: string;
  /** Other fields of a JSON line, in order. */
  fields: [string, string][];
  raw: string;
  labels: [string, string][];
  traceId: string | null;
  spanId: string | null;
}

/** Lines of all streams, newest first. */
export function linesOf(answer: LokiAnswer): Line[] {
  if (answer.data.resultType !== "streams") return [];
  const raw = answer.data.result.flatMap(({ stream, values }) =>
    values.map(([at, text]) => ({ at: String(at), text, labels: stream ?? {} })),
  );
  raw.sort((a, b) => b.at.length - a.at.length || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const seen = new Map<string, number>();
  return raw.map(({ at, text, labels }) => {
    const place = seen.get(at) ?? 0;
    seen.set(at, place + 1);
    return line(`${at}-${place}`, at, text, labels);
  });
}

const IDS = ["trace_id", "span_id", "traceID", "spanID"];
const MESSAGE_FIELDS = ["message", "msg", "body"];
const FIELDS_MAX = 40;
/** A longer text is cut where it is shown in one row; it is whole when opened. */
const MESSAGE_CHARS_MAX = 2_000;

function line(key: string, at: string, raw: string, labels: Record<string, string>): Line {
  const json = fieldsOf(raw);
  const message = MESSAGE_FIELDS.map((name) => json?.[name]).find((value) => value !== undefined);
  const id = (names: string[]): string | null => names.map((name) => labels[name] ?? json?.[name]).find((value) => value) ?? null;
  const traceId = id(["trace_id", "traceID"]);
  return {
    key,
    atMs: Number(at.slice(0, -6)),
    level: levelOf(json === null ? labels : { ...json, ...labels }),
    service: labels["service_name"] ?? labels["job"] ?? labels["app"] ?? "",
    message: (message ?? (json === null ? raw : "")).slice(0, MESSAGE_CHARS_MAX),
    fields: Object.entries(json ?? {})
      .filter(([name]) => !MESSAGE_FIELDS.includes(name) && !IDS.includes(name))
      .slice(0, FIELDS_MAX),
    raw,
    labels: Object.entries(labels).sort(([a], [b]) => a.localeCompare(b)),
    traceId: traceId !== null && /^[0-9a-f]{1,32}$/i.test(traceId) ? traceId : null,
    spanId: id(["span_id", "spanID"]),
  };
}

/** The fields of a line that is a JSON object, nested ones as JSON; null for any other line. */
function fieldsOf(raw: string): Record<string, string> | null {
  if (!raw.startsWith("{")) return null;
  try {
    const parsed: unknown = JSON.parse(raw);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return Object.fromEntries(
      Object.entries(parsed).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    );
  } catch {
    return null;
  }
}

export const EVERYTHING = '{service_name=~".+"}';

export interface Question {
  /** LogQL as the reader wrote it. */
  query: string;
  contains: string;
  levels: Level[];
}

export function readQuestion(params: URLSearchParams): Question {
  const levels = (params.get("level") ?? "").split(",");
  return {
    query: params.get("query") ?? EVERYTHING,
    contains: params.get("q") ?? "",
    levels: LEVELS.filter((level) => level !== "other" && levels.includes(level)),
  };
}

/** The whole LogQL of a question. */
export function logqlOf({ query, contains, levels }: Question): string {
  const words = levels.flatMap((level) => (level === "other" ? [] : LEVEL_WORDS[level]));
  const text = contains === "" ? "" : ` |= ${quote(contains)}`;
  const level = words.length === 0 ? "" : ` | level=~${quote(words.join("|"))}`;
  return query.trim() + text + level;
}

/** A LogQL string. */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** The question narrowed to lines where a field has a value. */
export function narrowed(query: string, name: string, value: string): string {
  return `${query.trim()} | ${name}=${quote(value)}`;
}

export const LINES_MAX = 1_000;
const BARS = 60;

export interface Window {
  fromMs: number;
  toMs: number;
}

export function linesAddress(question: Question, { fromMs, toMs }: Window): string {
  return address({ query: logqlOf(question), start: ns(fromMs), end: ns(toMs), limit: String(LINES_MAX), direction: "backward" });
}

/** Lines per bar and level, counted by the server, so that they are all lines and not only those shown. */
export function volumeAddress(question: Question, window: Window): string {
  const step = stepSeconds(window);
  return address({
    query: `sum by (level) (count_over_time(${logqlOf(question)} [${step}s]))`,
    start: ns(window.fromMs + step * 1_000),
    end: ns(window.toMs + step * 1_000),
    step: String(step),
  });
}

export function stepSeconds({ fromMs, toMs }: Window): number {
  return Math.max(1, Math.ceil((toMs - fromMs) / 1_000 / BARS));
}

function address(params: Record<string, string>): string {
  return `/loki/api/v1/query_range?${new URLSearchParams(params).toString()}`;
}

function ns(ms: number): string {
  return `${Math.floor(ms)}000000`;
}

export interface Bar {
  fromMs: number;
  toMs: number;
  total: number;
  counts: Record<Level, number>;
}

/** The bars of a window, from what the server counted up to the end of each. */
export function barsOf(answer: LokiAnswer | null, window: Window): Bar[] {
  const stepMs = stepSeconds(window) * 1_000;
  const bars = new Map<number, Bar>();
  for (let fromMs = window.fromMs; fromMs < window.toMs; fromMs += stepMs) {
    bars.set(Math.round((fromMs - window.fromMs) / stepMs), {
      fromMs,
      toMs: Math.min(window.toMs, fromMs + stepMs),
      total: 0,
      counts: { error: 0, warning: 0, info: 0, debug: 0, other: 0 },
    });
  }
  for (const series of answer?.data.resultType === "matrix" ? answer.data.result : []) {
    const level = levelOf(series.metric ?? {});
    for (const [seconds, value] of series.values) {
      const bar = bars.get(Math.round((Number(seconds) * 1_000 - window.fromMs) / stepMs) - 1);
      const count = Number(value);
      if (bar === undefined || !Number.isFinite(count)) continue;
      bar.counts[level] += count;
      bar.total += count;
    }
  }
  return [...bars.values()];
}
