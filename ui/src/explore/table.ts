import type { Column } from "../chart/DataTable";
import type { Cell } from "../dash/data/frames";
import type { PromData } from "../dash/data/prometheus";

interface Sample {
  metric: Record<string, string>;
  at: number | null;
  value: string;
}

/** More samples than this of a range selector are not shown. */
const SAMPLES_MAX = 10_000;

interface Answered {
  metric?: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
  histogram?: [number, { count?: string; sum?: string }];
  histograms?: [number, { count?: string; sum?: string }][];
}

/** An instant answer as rows: a column for each label that any series has, then the value. A range selector has a row a sample. */
export function tableOf(data: PromData, full: (ms: number) => string): { columns: Column[]; rows: number; series: number } {
  const series = data.resultType === "vector" || data.resultType === "matrix" ? (data.result as Answered[]) : null;
  const samples = series === null ? [alone(data)] : series.flatMap(samplesOf).slice(0, SAMPLES_MAX);
  const names = [...new Set(samples.flatMap(({ metric }) => Object.keys(metric)))].sort(byName);
  const timed = data.resultType === "matrix";
  const columns: Column[] = [
    ...(timed ? [column("Time", samples.map(({ at }) => at), false, (cell) => (typeof cell === "number" ? full(cell) : ""))] : []),
    ...names.map((name) => column(name, samples.map(({ metric }) => metric[name] ?? ""), false, String)),
    column("Value", samples.map(({ value }) => numberOr(value)), true, (cell) => (cell === null ? "" : String(cell))),
  ];
  return { columns, rows: samples.length, series: series === null ? 1 : series.length };
}

function alone(data: PromData): Sample {
  const [at, value] = data.result as [number, string];
  return { metric: {}, at: at * 1_000, value };
}

function samplesOf({ metric = {}, value, values, histogram, histograms }: Answered): Sample[] {
  const plain = [...(value === undefined ? [] : [value]), ...(values ?? [])].map(([at, text]): Sample => ({ metric, at: at * 1_000, value: text }));
  const native = [...(histogram === undefined ? [] : [histogram]), ...(histograms ?? [])].map(
    ([at, { count = "?", sum = "?" }]): Sample => ({ metric, at: at * 1_000, value: `histogram: ${count} observations, sum ${sum}` }),
  );
  return [...plain, ...native];
}

/** NaN and the infinities stay as the server wrote them: they are values too. */
function numberOr(text: string): Cell {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : text;
}

/** The metric's own name first. */
function byName(a: string, b: string): number {
  if (a === "__name__" || b === "__name__") return a === b ? 0 : a === "__name__" ? -1 : 1;
  return a < b ? -1 : 1;
}

function column(name: string, values: Cell[], right: boolean, write: (cell: Cell) => string): Column {
  return { name, values, right, write };
}
