import type { Cell, Field, Frame } from "../data/frames";

/** What a field is called in the options of transformations: by its legend, its frame, or its own name. */
export function fieldName(frame: Frame, field: Field): string {
  if (field.given !== null && field.given !== "") return field.given;
  if (field.type === "time" || frame.kind === "table") return field.name;
  return frame.name === "" ? field.name : frame.name;
}

export function named(frame: Frame, name: string): Field | undefined {
  return frame.fields.find((field) => fieldName(frame, field) === name) ?? frame.fields.find((field) => field.name === name);
}

/** The frame with only these rows, in this order. */
export function withRows(frame: Frame, rows: readonly number[]): Frame {
  return {
    ...frame,
    length: rows.length,
    fields: frame.fields.map((field) => ({ ...field, values: rows.map((row): Cell => field.values[row] ?? null) })),
  };
}

export function withFields(frame: Frame, fields: Field[], kind: Frame["kind"] = "table"): Frame {
  return { ...frame, kind, fields, length: fields[0]?.values.length ?? 0 };
}

/** A key under which equal cells meet and others do not. */
export function cellKey(cells: readonly Cell[]): string {
  return JSON.stringify(cells);
}

export function compareCells(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
