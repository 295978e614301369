import { field, frameOf, legendText, seriesText, type Cell, type Frame } from "./frames";

/** What `query` and `query_range` answer, as far as it is used. */
export interface PromData {
  resultType: string;
  result: unknown[];
}

interface PromSeries {
  metric?: Record<string, string>;
  values?: [number, string][];
  value?: [number, string];
}

export interface Grid {
  startMs: number;
  endMs: number;
  stepMs: number;
}

/** More series than this are neither asked for nor drawn; the panel says how many there were. */
export const SERIES_MAX = 1_000;
/** Rows of a table; a query of more is not read by anybody. */
export const ROWS_MAX = 5_000;

export interface PromResult {
  frames: Frame[];
  /** How many series came; more than there are frames where the limit cut. */
  total: number;
}

/**
 * A range answer: one frame a series, on one shared grid of times, so that nothing needs joining and a missing sample
 * is a gap.
 */
export function rangeFrames(refId: string, data: PromData, grid: Grid, legend: string, kind: "series" | "heatmap"): PromResult {
  const series = (Array.isArray(data.result) ? data.result : []) as PromSeries[];
  const length = Math.floor((grid.endMs - grid.startMs) / grid.stepMs) + 1;
  const times = Array.from({ length }, (_, at) => grid.startMs + at * grid.stepMs);
  const named = series.length === 1;
  const frames = series.slice(0, SERIES_MAX).map((one) => {
    const labels = one.metric ?? {};
    const values = new Array<number | null>(length).fill(null);
    for (const [at, value] of one.values ?? []) {
      const index = Math.round((at * 1_000 - grid.startMs) / grid.stepMs);
      if (index >= 0 && index < length) values[index] = sample(value);
    }
    const given = legendOf(legend, labels, named);
    return frameOf(refId, kind, given, [field("Time", "time", times), field("Value", "number", values, labels, given)]);
  });
  return { frames, total: series.length };
}

/** An instant answer as series of one moment each. */
export function instantFrames(refId: string, data: PromData, legend: string): PromResult {
  const vector = vectorOf(data);
  const frames = vector.slice(0, SERIES_MAX).map((one) => {
    const labels = one.metric ?? {};
    const [at, value] = one.value ?? [0, "NaN"];
    const given = legendOf(legend, labels, vector.length === 1);
    return frameOf(refId, "series", given, [field("Time", "time", [at * 1_000]), field("Value", "number", [sample(value)], labels, given)]);
  });
  return { frames, total: vector.length };
}

/** Either answer as one table: time, a column a label, the value. */
export function tableFrame(refId: string, data: PromData): PromResult {
  const rows: { at: number; labels: Record<string, string>; value: string }[] = [];
  const series = data.resultType === "matrix" ? (data.result as PromSeries[]) : vectorOf(data);
  for (const one of series) {
    for (const [at, value] of one.values ?? (one.value === undefined ? [] : [one.value])) {
      rows.push({ at: at * 1_000, labels: one.metric ?? {}, value });
    }
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))].sort();
  const frame = frameOf(refId, "table", refId, [
    field("Time", "time", rows.map((row) => row.at)),
    ...names.map((name) => field(name, "string", rows.map((row): Cell => row.labels[name] ?? ""))),
    field("Value", "number", rows.map((row) => sample(row.value)), {}, null),
  ]);
  return { frames: [frame], total: series.length };
}

function vectorOf(data: PromData): PromSeries[] {
  if (data.resultType === "scalar") return [{ metric: {}, value: data.result as unknown as [number, string] }];
  return Array.isArray(data.result) ? (data.result as PromSeries[]) : [];
}

/** Infinities are values that cannot be drawn or counted; they and NaN are gaps. */
function sample(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function legendOf(legend: string, labels: Record<string, string>, alone: boolean): string {
  if (legend !== "" && legend !== "__auto") return legendText(legend, labels);
  if (legend === "__auto" && alone && Object.keys(labels).length === 0) return "Value";
  return seriesText(labels);
}

/** The bounds of histogram buckets from cumulative `le` series, each minus the one below, for a heat map. */
export function bucketCounts(frames: Frame[]): Frame[] {
  const sorted = [...frames].sort((a, b) => bound(a) - bound(b));
  return sorted.map((frame, at) => {
    const below = sorted[at - 1];
    const values = frame.fields[1];
    const lower = below?.fields[1];
    if (values === undefined || lower === undefined) return frame;
    const differences = values.values.map((value, row) => {
      const under = lower.values[row] ?? 0;
      return typeof value === "number" && typeof under === "number" ? Math.max(0, value - under) : null;
    });
    return { ...frame, fields: frame.fields.map((one, column) => (column === 1 ? { ...one, values: differences } : one)) };
  });
}

function bound(frame: Frame): number {
  const le = frame.fields[1]?.labels["le"] ?? frame.name;
  return le === "+Inf" ? Infinity : Number(le);
}
