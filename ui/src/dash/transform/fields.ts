import { asNumber, field as makeField, frameOf, numbers, timeField, type Cell, type Field, type Frame } from "../data/frames";
import { interpolate } from "../data/interpolate";
import { reduced, lastCell } from "../field/reduce";
import { flag, object, objects, text, texts } from "../model/json";
import type { JsonObject } from "../model/types";
import type { Transform } from "./index";
import { fieldName, named, withFields } from "./names";
import { joinByField } from "./join";

/** Each field becomes a row (or keeps its place) with its values reduced to one number per calculation. */
export const reduceFields: Transform = (frames, options) => {
  const calcs = texts(options["reducers"]);
  if (options["mode"] === "reduceFields") {
    return frames.map((frame) => {
      const fields = frame.fields.filter((field) => field.type !== "time" || flag(options["includeTimeField"]));
      return withFields(frame, fields.map((field) => ({ ...field, values: [reducedCell(calcs[0] ?? "lastNotNull", field)] })), frame.kind);
    });
  }
  const all = frames.flatMap((frame) => frame.fields.filter((field) => field.type === "number").map((field) => ({ frame, field })));
  const labels = flag(options["labelsToFields"]) ? [...new Set(all.flatMap(({ field }) => Object.keys(field.labels)))] : [];
  const names = labels.length > 0 ? labels.map((label) => makeField(label, "string", all.map(({ field }) => field.labels[label] ?? ""))) : [makeField("Field", "string", all.map(({ frame, field }) => fieldName(frame, field)))];
  return [
    frameOf(frames[0]?.refId ?? "A", "table", "reduced", [
      ...names,
      ...calcs.map((calc) => makeField(CALC_NAMES[calc] ?? calc, "number", all.map(({ field }) => reduced(calc, numbers(field))))),
    ]),
  ];
};

const CALC_NAMES: Record<string, string> = {
  lastNotNull: "Last *",
  last: "Last",
  firstNotNull: "First *",
  first: "First",
  min: "Min",
  max: "Max",
  mean: "Mean",
  sum: "Total",
  count: "Count",
  range: "Range",
  diff: "Difference",
  delta: "Delta",
  stdDev: "StdDev",
  variance: "Variance",
};

function reducedCell(calc: string, field: Field): Cell {
  return field.type === "number" ? reduced(calc, numbers(field)) : lastCell(field.values);
}

type Operation = (a: number, b: number) => number;
const OPERATIONS: Record<string, Operation> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "**": (a, b) => a ** b,
  "%": (a, b) => a % b,
};

/** A new field of two others, of all in a row, of one alone, or the row's number. Several series are joined by time first. */
export const calculateField: Transform = (frames, options, values) => {
  const joined = frames.length > 1 && frames.every((frame) => timeField(frame) !== undefined) ? joinByField(frames, {}, values) : frames;
  return joined.map((frame) => {
    const made = calculated(frame, options, (given) => interpolate(given, values, null, "raw"));
    if (made === null) return frame;
    const kept = flag(options["replaceFields"]) ? frame.fields.filter((field) => field.type === "time") : frame.fields;
    return withFields(frame, [...kept, made], kept.length > 2 || frame.kind === "table" ? "table" : frame.kind);
  });
};

function calculated(frame: Frame, options: JsonObject, fill: (given: string) => string): Field | null {
  const alias = fill(text(options["alias"]));
  const rows = Array.from({ length: frame.length }, (_, row) => row);
  switch (text(options["mode"], "reduceRow")) {
    case "binary":
      return binary(frame, object(options["binary"]), alias, fill);
    case "unary": {
      const unary = object(options["unary"]);
      const source = named(frame, text(unary["fieldName"]));
      const operation = UNARY[text(unary["operator"])];
      if (source === undefined || operation === undefined) return null;
      return made(alias || `${text(unary["operator"])}(${source.name})`, numbers(source).map((value) => (value === null ? null : finite(operation(value)))));
    }
    case "index":
      return made(alias || "Row", rows.map((row) => (flag(object(options["index"])["asPercentile"]) ? (frame.length > 1 ? row / (frame.length - 1) : 0) : row)));
    case "cumulativeFunctions":
      return cumulative(frame, object(options["cumulative"]), alias);
    case "windowFunctions":
      return windowed(frame, object(options["window"]), alias);
    default: {
      const reduce = object(options["reduce"]);
      const chosen = texts(reduce["include"]);
      const sources = frame.fields.filter((field) => field.type === "number" && (chosen.length === 0 || chosen.includes(fieldName(frame, field)) || chosen.includes(field.name)));
      const calc = text(reduce["reducer"], "sum");
      const columns = sources.map(numbers);
      return made(alias || CALC_NAMES[calc] || calc, rows.map((row) => reduced(calc, columns.map((column) => column[row] ?? null))));
    }
  }
}

const UNARY: Record<string, (value: number) => number> = {
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
};

function made(name: string, values: (number | null)[]): Field {
  return makeField(name, "number", values, {}, name);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Either side is a field, by name or by `{matcher: {id: "byName", options}}`, or a fixed number. */
function binary(frame: Frame, options: JsonObject, alias: string, fill: (given: string) => string): Field | null {
  const side = (key: string): { name: string; at: (row: number) => number | null } | null => {
    const given = options[key];
    const matcher = object(object(given)["matcher"]);
    const fixed = object(given)["fixed"];
    const name = fill(typeof given === "string" ? given : typeof fixed === "string" ? fixed : text(matcher["options"]));
    const field = named(frame, name);
    if (field !== undefined) {
      const column = numbers(field);
      return { name, at: (row) => column[row] ?? null };
    }
    const number = asNumber(name);
    return number === null ? null : { name, at: () => number };
  };
  const left = side("left");
  const right = side("right");
  const operator = text(options["operator"], "+");
  const operation = OPERATIONS[operator];
  if (left === null || right === null || operation === undefined) return null;
  const rows = Array.from({ length: frame.length }, (_, row) => {
    const a = left.at(row);
    const b = right.at(row);
    return a === null || b === null ? null : finite(operation(a, b));
  });
  return made(alias || `${left.name} ${operator} ${right.name}`, rows);
}

function cumulative(frame: Frame, options: JsonObject, alias: string): Field | null {
  const source = named(frame, text(options["field"]));
  if (source === undefined) return null;
  const mean = options["reducer"] === "mean";
  let total = 0;
  let many = 0;
  const values = numbers(source).map((value) => {
    if (value === null) return null;
    total += value;
    many++;
    return mean ? total / many : total;
  });
  return made(alias || `cumulative ${mean ? "mean" : "sum"}(${source.name})`, values);
}

function windowed(frame: Frame, options: JsonObject, alias: string): Field | null {
  const source = named(frame, text(options["field"]));
  if (source === undefined) return null;
  const column = numbers(source);
  const given = Number(options["windowSize"] ?? 0.1);
  const size = Math.max(1, Math.round(options["windowSizeMode"] === "fixed" ? given : given * column.length));
  const lead = options["windowAlignment"] === "centered" ? Math.floor(size / 2) : 0;
  const calc = text(options["reducer"], "mean");
  return made(alias || `${calc}(${source.name})`, column.map((_, row) => reduced(calc, column.slice(Math.max(0, row - size + 1 + lead), row + 1 + lead))));
}

/** Text as numbers or times, numbers as text. */
export const convertFieldType: Transform = (frames, options) => {
  const wanted = objects(options["conversions"]);
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field): Field => {
      const rule = wanted.find((one) => one["targetField"] === fieldName(frame, field) || one["targetField"] === field.name);
      switch (rule?.["destinationType"]) {
        case "number":
          return { ...field, type: "number", values: field.values.map(asNumber) };
        case "string":
          return { ...field, type: "string", values: field.values.map((cell) => (cell === null ? null : String(cell))) };
        case "boolean":
          return { ...field, type: "boolean", values: field.values.map((cell) => (cell === null ? null : cell === true || cell === 1 || cell === "true")) };
        case "time":
          return { ...field, type: "time", values: field.values.map((cell) => asNumber(cell) ?? (typeof cell === "string" && !Number.isNaN(Date.parse(cell)) ? Date.parse(cell) : null)) };
        default:
          return field;
      }
    }),
  }));
};
