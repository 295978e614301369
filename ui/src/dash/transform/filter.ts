import { asNumber, type Cell } from "../data/frames";
import { interpolate } from "../data/interpolate";
import { compare } from "../field/resolve";
import { object, objects, text, texts } from "../model/json";
import type { Json } from "../model/types";
import type { Transform } from "./index";
import { compareCells, fieldName, named, withFields, withRows } from "./names";

/** Keeps the fields that are named, or match, and drops those that are excluded. */
export const filterByName: Transform = (frames, options, values) => {
  const include = object(options["include"]);
  const exclude = object(options["exclude"]);
  const pattern = (json: Json | undefined): RegExp | null => {
    const given = interpolate(text(json), values, null, "regex");
    return given === "" ? null : safeRegex(given);
  };
  const wanted = new Set(texts(include["names"]));
  const unwanted = new Set(texts(exclude["names"]));
  const like = pattern(include["pattern"]);
  const unlike = pattern(exclude["pattern"]);
  const choosy = wanted.size > 0 || like !== null;
  return frames
    .map((frame) => {
      const kept = frame.fields.filter((field) => {
        const name = fieldName(frame, field);
        if (unwanted.has(name) || unlike?.test(name)) return false;
        return !choosy || wanted.has(name) || like?.test(name) === true || (frame.kind === "series" && field.type === "time");
      });
      return withFields(frame, kept, frame.kind);
    })
    .filter((frame) => frame.fields.length > 0 && !(frame.kind === "series" && frame.fields.every((field) => field.type === "time")));
};

export function safeRegex(text: string): RegExp | null {
  const slashed = /^\/([\s\S]*)\/([a-z]*)$/.exec(text);
  try {
    return slashed === null ? new RegExp(text) : new RegExp(slashed[1] ?? "", slashed[2]?.replace(/[gy]/g, ""));
  } catch {
    return null;
  }
}

export const filterByRefId: Transform = (frames, options) => {
  const wanted = text(options["include"]).split("|");
  return wanted[0] === "" ? [...frames] : frames.filter((frame) => wanted.includes(frame.refId));
};

/** Keeps, or drops, the rows for which all or any of the conditions hold. */
export const filterByValue: Transform = (frames, options, values) => {
  const conditions = objects(options["filters"]);
  const every = options["match"] !== "any";
  const keep = options["type"] !== "exclude";
  return frames.map((frame) => {
    const tests = conditions.flatMap((one) => {
      const field = named(frame, text(one["fieldName"]));
      if (field === undefined) return [];
      const config = object(one["config"]);
      return [(row: number): boolean => holds(field.values[row] ?? null, text(config["id"]), object(config["options"]), (given) => interpolate(given, values, null, "raw"))];
    });
    if (tests.length === 0) return frame;
    const rows = Array.from({ length: frame.length }, (_, row) => row).filter((row) => {
      const met = every ? tests.every((test) => test(row)) : tests.some((test) => test(row));
      return met === keep;
    });
    return withRows(frame, rows);
  });
};

function holds(cell: Cell, id: string, options: ReturnType<typeof object>, fill: (given: string) => string): boolean {
  const given = fill(text(options["value"]));
  const number = asNumber(cell);
  switch (id) {
    case "equal":
      return number !== null && given !== "" && !Number.isNaN(Number(given)) ? number === Number(given) : String(cell) === given;
    case "notEqual":
      return number !== null && given !== "" && !Number.isNaN(Number(given)) ? number !== Number(given) : String(cell) !== given;
    case "greater":
      return number !== null && compare(number, ">", Number(given));
    case "greaterOrEqual":
      return number !== null && compare(number, ">=", Number(given));
    case "lower":
      return number !== null && compare(number, "<", Number(given));
    case "lowerOrEqual":
      return number !== null && compare(number, "<=", Number(given));
    case "between":
      return number !== null && number > Number(fill(text(options["from"]))) && number < Number(fill(text(options["to"])));
    case "regex":
      return safeRegex(given)?.test(String(cell ?? "")) === true;
    case "substring":
      return String(cell ?? "").toLowerCase().includes(given.toLowerCase());
    case "notSubstring":
      return !String(cell ?? "").toLowerCase().includes(given.toLowerCase());
    case "isNull":
      return cell === null;
    case "isNotNull":
      return cell !== null;
    default:
      return true;
  }
}

/** Rows by the values of a field. */
export const sortBy: Transform = (frames, options) => {
  const orders = objects(options["sort"]);
  return frames.map((frame) => {
    const keys = orders.flatMap((order) => {
      const field = named(frame, text(order["field"]));
      return field === undefined ? [] : [{ field, sign: order["desc"] === true ? -1 : 1 }];
    });
    if (keys.length === 0) return frame;
    const rows = Array.from({ length: frame.length }, (_, row) => row);
    rows.sort((a, b) => {
      for (const { field, sign } of keys) {
        const order = sign * compareCells(field.values[a] ?? null, field.values[b] ?? null);
        if (order !== 0) return order;
      }
      return a - b;
    });
    return withRows(frame, rows);
  });
};

export const limit: Transform = (frames, options, values) => {
  const most = Number(interpolate(text(options["limitField"], "10"), values, null, "raw"));
  if (!Number.isFinite(most)) return [...frames];
  return frames.map((frame) => {
    const rows = Array.from({ length: frame.length }, (_, row) => row);
    return withRows(frame, most >= 0 ? rows.slice(0, most) : rows.slice(most));
  });
};
