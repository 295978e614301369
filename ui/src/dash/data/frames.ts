/** Results as tables of named columns. A series is a frame of two: its times and its values. Read only once made. */
export type FieldType = "time" | "number" | "string" | "boolean" | "other";

export type Cell = number | string | boolean | null;

export interface Field {
  name: string;
  type: FieldType;
  values: Cell[];
  labels: Record<string, string>;
  /** What the legend format of its query gives; null where that says nothing. */
  given: string | null;
}

export interface Frame {
  refId: string;
  name: string;
  fields: Field[];
  length: number;
  /** What the frame is: a series, a table, buckets of a heat map, log lines, traces. */
  kind: "series" | "table" | "heatmap" | "logs" | "traces";
}

export function frameOf(refId: string, kind: Frame["kind"], name: string, fields: Field[]): Frame {
  return { refId, kind, name, fields, length: fields[0]?.values.length ?? 0 };
}

export function field(name: string, type: FieldType, values: Cell[], labels: Record<string, string> = {}, given: string | null = null): Field {
  return { name, type, values, labels, given };
}

export function timeField(frame: Frame): Field | undefined {
  return frame.fields.find((one) => one.type === "time");
}

export function numbers(of: Field): (number | null)[] {
  return of.type === "number" || of.type === "time" ? (of.values as (number | null)[]) : of.values.map(asNumber);
}

export function asNumber(cell: Cell): number | null {
  if (typeof cell === "number") return Number.isNaN(cell) ? null : cell;
  if (typeof cell === "boolean") return cell ? 1 : 0;
  if (cell === null || cell.trim() === "") return null;
  const value = Number(cell);
  return Number.isNaN(value) ? null : value;
}

/** `{{label}}` filled in, as Prometheus legends are written. */
export function legendText(format: string, labels: Record<string, string>): string {
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
}

/** `name{a="b"}`, what a series is called where nothing else says. */
export function seriesText(labels: Record<string, string>): string {
  const { __name__: name = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 && name !== "" ? name : `${name}{${pairs.join(", ")}}`;
}
