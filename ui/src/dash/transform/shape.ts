import { field as makeField, frameOf, numbers, type Cell, type Field, type Frame } from "../data/frames";
import { reduced } from "../field/reduce";
import { count, flag, object, text, texts } from "../model/json";
import type { Transform } from "./index";
import { cellKey, fieldName, named, withFields } from "./names";
import { safeRegex } from "./filter";

/** Leaves out, orders and renames columns. */
export const organize: Transform = (frames, options) => {
  const excluded = object(options["excludeByName"]);
  const included = object(options["includeByName"]);
  const names = object(options["renameByName"]);
  const order = object(options["indexByName"]);
  const choosy = Object.values(included).some((value) => value === true);
  return frames.map((frame) => {
    const kept = frame.fields
      .map((field, at) => ({ field, at, name: fieldName(frame, field) }))
      .filter(({ name, field }) => !flag(excluded[name]) && !flag(excluded[field.name]) && (!choosy || flag(included[name])));
    kept.sort((a, b) => count(order[a.name], 1_000 + a.at) - count(order[b.name], 1_000 + b.at));
    const renamed = kept.map(({ field, name }): Field => {
      const to = text(names[name], text(names[field.name]));
      return to === "" ? field : { ...field, name: to, given: field.type === "time" ? null : to };
    });
    return withFields(frame, renamed, frame.kind);
  });
};

export const renameByRegex: Transform = (frames, options) => {
  const pattern = safeRegex(text(options["regex"]));
  const replacement = text(options["renamePattern"]);
  if (pattern === null) return [...frames];
  return frames.map((frame) => {
    const fields = frame.fields.map((field): Field => {
      if (field.type === "time") return field;
      const name = fieldName(frame, field).replace(pattern, replacement);
      return { ...field, name: frame.kind === "table" ? name : field.name, given: name };
    });
    return withFields(frame, fields, frame.kind);
  });
};

/** Rows with equal cells become one, the other columns are reduced. */
export const groupBy: Transform = (frames, options) => {
  const rules = object(options["fields"]);
  return frames.flatMap((frame) => {
    const keys = frame.fields.filter((field) => object(rules[fieldName(frame, field)])["operation"] === "groupby");
    if (keys.length === 0) return [];
    const groups = new Map<string, number[]>();
    for (let row = 0; row < frame.length; row++) {
      const key = cellKey(keys.map((field) => field.values[row] ?? null));
      const rows = groups.get(key);
      if (rows === undefined) groups.set(key, [row]);
      else rows.push(row);
    }
    const all = [...groups.values()];
    const columns = keys.map((field): Field => ({ ...field, values: all.map(([row = 0]) => field.values[row] ?? null) }));
    for (const field of frame.fields) {
      const rule = object(rules[fieldName(frame, field)]);
      if (rule["operation"] !== "aggregate") continue;
      for (const calc of texts(rule["aggregations"])) {
        const values = all.map((rows): Cell => aggregated(calc, rows.map((row) => field.values[row] ?? null)));
        const type = values.every((value) => value === null || typeof value === "number") && field.type !== "time" ? "number" : field.type;
        columns.push({ ...field, name: `${fieldName(frame, field)} (${calc})`, type, values, given: null });
      }
    }
    return [frameOf(frame.refId, "table", frame.name, columns)];
  });
};

function aggregated(calc: string, cells: Cell[]): Cell {
  if (calc === "count") return cells.length;
  if (cells.some((cell) => typeof cell === "string")) {
    if (calc === "distinctCount") return new Set(cells).size;
    return (calc.startsWith("first") ? cells.find((cell) => cell !== null) : cells.findLast((cell) => cell !== null)) ?? null;
  }
  return reduced(calc, cells.map((cell) => (typeof cell === "number" ? cell : null)));
}

/** Each row becomes a field: its name from one column, its value from another. */
export const rowsToFields: Transform = (frames, options) => {
  const mappings = Array.isArray(options["mappings"]) ? options["mappings"].map(object) : [];
  const of = (handler: string): string => text(mappings.find((one) => one["handlerKey"] === handler)?.["fieldName"]);
  return frames.map((frame) => {
    const names = named(frame, of("field.name")) ?? frame.fields.find((field) => field.type === "string");
    const values = named(frame, of("field.value")) ?? frame.fields.find((field) => field.type === "number");
    if (names === undefined || values === undefined) return frame;
    const fields = names.values.map((name, row) => makeField(String(name), "number", [numbers(values)[row] ?? null]));
    return frameOf(frame.refId, "table", frame.name, fields);
  });
};

/** Columns become rows. */
export const transpose: Transform = (frames, options) =>
  frames.map((frame) => {
    const [head, ...rest] = frame.fields;
    if (head === undefined) return frame;
    const first = text(options["firstFieldName"], "Field");
    const columns = head.values.map((name, row) => {
      const cells = rest.map((field) => field.values[row] ?? null);
      const numeric = cells.every((cell) => cell === null || typeof cell === "number");
      return makeField(String(name), numeric ? "number" : "string", cells);
    });
    return frameOf(frame.refId, "table", frame.name, [makeField(first, "string", rest.map((field) => fieldName(frame, field))), ...columns]);
  });

/** One frame for each set of values of the named columns. */
export const partitionByValues: Transform = (frames, options) => {
  const by = texts(options["fields"]);
  return frames.flatMap((frame): Frame[] => {
    const keys = by.flatMap((name) => named(frame, name) ?? []);
    if (keys.length === 0) return [frame];
    const groups = new Map<string, number[]>();
    for (let row = 0; row < frame.length; row++) {
      const key = cellKey(keys.map((field) => field.values[row] ?? null));
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups].map(([key, rows]) => {
      const labels = Object.fromEntries(keys.map((field, at) => [field.name, String((JSON.parse(key) as Cell[])[at])]));
      const name = Object.values(labels).join(" ");
      const fields = frame.fields
        .filter((field) => !keys.includes(field))
        .map((field): Field => ({ ...field, values: rows.map((row) => field.values[row] ?? null), labels: { ...field.labels, ...labels }, given: field.type === "number" ? name : field.given }));
      return frameOf(frame.refId, "series", name, fields);
    });
  });
};
