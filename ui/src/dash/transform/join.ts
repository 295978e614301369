import { field as makeField, frameOf, timeField, type Cell, type Field, type Frame } from "../data/frames";
import { object, objects, text, texts } from "../model/json";
import type { Transform } from "./index";
import { cellKey, compareCells, fieldName, named } from "./names";

/** All frames as one table: rows whose shared columns are equal become one row. */
export const merge: Transform = (frames) => {
  const tables = frames.filter((frame) => frame.length > 0).map(asTable);
  const [only] = tables;
  if (only === undefined) return frames.slice(0, 1);
  if (tables.length === 1) return [only];
  const columns = new Map<string, Field>();
  for (const table of tables) for (const one of table.fields) if (!columns.has(one.name)) columns.set(one.name, one);
  const names = [...columns.keys()];
  const shared = names.filter((name) => tables.every((table) => table.fields.some((one) => one.name === name)));
  const rows: Map<string, Cell>[] = [];
  const open = new Map<string, Map<string, Cell>[]>();
  for (const table of tables) {
    for (let row = 0; row < table.length; row++) {
      const cells = new Map(table.fields.map((one) => [one.name, one.values[row] ?? null]));
      const key = cellKey(shared.map((name) => cells.get(name) ?? null));
      const mergeable = open.get(key)?.find((known) => [...cells].every(([name, cell]) => !known.has(name) || known.get(name) === cell));
      if (mergeable === undefined) {
        rows.push(cells);
        open.set(key, [...(open.get(key) ?? []), cells]);
      } else for (const [name, cell] of cells) mergeable.set(name, cell);
    }
  }
  return [frameOf(only.refId, "table", "merged", names.map((name) => rebuilt(columns.get(name), name, rows.map((row) => row.get(name) ?? null))))];
};

function rebuilt(of: Field | undefined, name: string, values: Cell[]): Field {
  return { ...(of ?? makeField(name, "string", [])), name, values, given: null };
}

/** A series as a table: its labels become columns, its value is named as its query where there are several. */
function asTable(frame: Frame): Frame {
  if (frame.kind !== "series") return { ...frame, fields: frame.fields.map((one) => ({ ...one, name: one.given ?? one.name, given: null })) };
  const labels = frame.fields.find((one) => one.type === "number")?.labels ?? {};
  const columns = Object.entries(labels).filter(([label]) => label !== "__name__");
  return frameOf(frame.refId, "table", frame.name, [
    ...frame.fields.filter((one) => one.type === "time"),
    ...columns.map(([label, value]) => makeField(label, "string", new Array<Cell>(frame.length).fill(value))),
    ...frame.fields.filter((one) => one.type !== "time").map((one) => ({ ...one, given: null })),
  ]);
}

/** One table whose rows meet at a field, time unless another is named; outer unless asked otherwise. */
export const joinByField: Transform = (frames, options) => {
  const by = text(options["byField"]);
  const inner = options["mode"] === "inner";
  const sides = frames.flatMap((frame) => {
    const key = by === "" ? timeField(frame) : named(frame, by);
    return key === undefined ? [] : [{ frame, key, rows: new Map(key.values.map((cell, row) => [cellKey([cell]), row])) }];
  });
  const [first] = sides;
  if (first === undefined) return [...frames];
  const cells = new Map<string, Cell>();
  for (const { key } of sides) for (const cell of key.values) cells.set(cellKey([cell]), cell);
  const keys = [...cells]
    .filter(([id]) => !inner || sides.every(({ rows }) => rows.has(id)))
    .sort(([, a], [, b]) => compareCells(a, b));
  const seen = new Map<string, number>();
  const unique = (name: string): string => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  };
  const joined = sides.flatMap(({ frame, key, rows }) =>
    frame.fields
      .filter((one) => one !== key)
      .map((one): Field => ({
        ...one,
        name: unique(fieldName(frame, one)),
        given: null,
        values: keys.map(([id]) => {
          const row = rows.get(id);
          return row === undefined ? null : (one.values[row] ?? null);
        }),
      })),
  );
  const keyField: Field = { ...first.key, values: keys.map(([, cell]) => cell) };
  return [frameOf(first.frame.refId, "table", "joined", [keyField, ...joined])];
};

/** A row for each set of labels, a column for each value of one label. */
export const joinByLabels: Transform = (frames, options) => {
  const label = text(options["value"]);
  const chosen = texts(options["join"]);
  const rows = new Map<string, { labels: Record<string, string>; cells: Map<string, Cell> }>();
  const columns = new Set<string>();
  const join = chosen.length > 0 ? chosen : [...new Set(frames.flatMap((frame) => Object.keys(frame.fields.find((one) => one.type === "number")?.labels ?? {})))].filter((name) => name !== label && name !== "__name__");
  for (const frame of frames) {
    const value = frame.fields.find((one) => one.type === "number");
    const column = value?.labels[label];
    if (value === undefined || column === undefined) continue;
    columns.add(column);
    const key = cellKey(join.map((name) => value.labels[name] ?? null));
    const row = rows.get(key) ?? { labels: value.labels, cells: new Map<string, Cell>() };
    row.cells.set(column, value.values.at(-1) ?? null);
    rows.set(key, row);
  }
  const all = [...rows.values()];
  return [
    frameOf(frames[0]?.refId ?? "A", "table", "joined", [
      ...join.map((name) => makeField(name, "string", all.map((row) => row.labels[name] ?? ""))),
      ...[...columns].map((name) => makeField(name, "number", all.map((row) => row.cells.get(name) ?? null))),
    ]),
  ];
};

/** Labels become columns (or the names of the values), so that a table can show them. */
export const labelsToFields: Transform = (frames, options) => {
  const keep = texts(options["keepLabels"]);
  const nameLabel = text(options["valueLabel"]);
  if (options["mode"] === "rows") {
    return frames.map((frame) => {
      const pairs = Object.entries(frame.fields.find((one) => one.type === "number")?.labels ?? {}).filter(([label]) => keep.length === 0 || keep.includes(label));
      return frameOf(frame.refId, "table", frame.name, [makeField("label", "string", pairs.map(([label]) => label)), makeField("value", "string", pairs.map(([, value]) => value))]);
    });
  }
  const tables = frames.map((frame) => {
    if (frame.kind !== "series") return frame;
    const value = frame.fields.find((one) => one.type === "number");
    const labels = Object.entries(value?.labels ?? {}).filter(([label]) => label !== "__name__" && label !== nameLabel && (keep.length === 0 || keep.includes(label)));
    return frameOf(frame.refId, "table", frame.name, [
      ...frame.fields.filter((one) => one.type === "time"),
      ...labels.map(([label, text]) => makeField(label, "string", new Array<Cell>(frame.length).fill(text))),
      ...frame.fields
        .filter((one) => one.type !== "time")
        .map((one): Field => ({ ...one, name: one.labels[nameLabel] ?? one.labels["__name__"] ?? one.name, labels: {}, given: null })),
    ]);
  });
  return merge(tables, {}, {});
};

/** All series under each other: time, metric, value. */
export const seriesToRows: Transform = (frames) => {
  const rows = frames.flatMap((frame) => {
    const time = timeField(frame);
    return frame.fields
      .filter((one) => one.type === "number")
      .flatMap((one) => one.values.map((value, row) => ({ at: time?.values[row] ?? null, metric: fieldName(frame, one), value })));
  });
  rows.sort((a, b) => compareCells(b.at, a.at));
  return [
    frameOf(frames[0]?.refId ?? "A", "table", "rows", [
      makeField("Time", "time", rows.map((row) => row.at)),
      makeField("Metric", "string", rows.map((row) => row.metric)),
      makeField("Value", "number", rows.map((row) => row.value)),
    ]),
  ];
};

/** Takes names of fields from another query; what else it could set is in the field options of the panel. */
export const configFromData: Transform = (frames, options) => {
  const from = text(options["configRefId"]);
  const config = frames.find((frame) => frame.refId === from);
  if (config === undefined) return [...frames];
  const names = objects(options["mappings"]).find((one) => one["handlerKey"] === "displayName");
  const name = names === undefined ? null : named(config, text(names["fieldName"]))?.values.at(-1);
  const others = frames.filter((frame) => frame !== config);
  if (typeof name !== "string" && typeof name !== "number") return others;
  const applyTo = text(object(options["applyTo"])["options"]);
  return others.map((frame) => ({
    ...frame,
    fields: frame.fields.map((one) => (one.type === "number" && (applyTo === "" || fieldName(frame, one) === applyTo) ? { ...one, given: String(name) } : one)),
  }));
};
