import { count, flag, object, objects, text, texts } from "./json";
import { readSource } from "./read";
import type { Annotation, Json, JsonObject, Option, Variable, VariableType } from "./types";

const TYPES: readonly VariableType[] = ["query", "custom", "constant", "interval", "datasource", "textbox", "adhoc"];

export function readVariables(json: Json | undefined): Variable[] {
  return objects(json)
    .map(readVariable)
    .filter((variable) => /^\w+$/.test(variable.name));
}

function readVariable(json: JsonObject): Variable {
  const type = TYPES.find((one) => one === json["type"]) ?? "unsupported";
  return {
    name: text(json["name"]),
    type,
    label: text(json["label"]),
    description: text(json["description"]),
    hide: readHide(json["hide"]),
    query: queryText(json),
    source: readSource(json["datasource"]),
    regex: text(json["regex"]),
    sort: count(json["sort"], 0),
    multi: flag(json["multi"]),
    includeAll: flag(json["includeAll"]),
    allValue: text(json["allValue"]),
    onTime: count(json["refresh"], 0) === 2,
    current: currentOf(json),
    options: optionsOf(json, type),
    autoCount: flag(json["auto"]) ? count(json["auto_count"], 30) : 0,
    autoMin: text(json["auto_min"], "10s"),
  };
}

function readHide(json: Json | undefined): Variable["hide"] {
  if (json === 2 || json === "hideVariable") return "all";
  return json === 1 || json === "hideLabel" ? "label" : "nothing";
}

/** A query is text, or an object whose `query` is the text, or one that names a label and a metric. */
function queryText(json: JsonObject): string {
  const { query, definition } = json;
  if (typeof query === "string") return query;
  const of = object(query);
  if (typeof of["query"] === "string") return of["query"];
  if (of["type"] === 1 && text(of["label"]) !== "") return `label_values(${text(of["stream"])}, ${text(of["label"])})`;
  if (text(of["label"]) !== "") return text(of["metric"]) === "" ? `label_values(${text(of["label"])})` : `label_values(${text(of["metric"])}, ${text(of["label"])})`;
  return text(definition);
}

function currentOf(json: JsonObject): string[] {
  const { value, text: shown } = object(json["current"]);
  const values = Array.isArray(value) ? texts(value) : text(value) === "" ? [] : [text(value)];
  if (values.length > 0) return values;
  if (json["type"] === "textbox" || json["type"] === "constant") return [text(json["query"], text(shown))];
  return [];
}

/** The choices that stand in the dashboard: those of custom and interval variables, and what a query last brought. */
function optionsOf(json: JsonObject, type: Variable["type"]): Option[] {
  if (type === "custom") return customOptions(queryText(json));
  if (type === "interval") return splitCommas(queryText(json)).map((value) => ({ text: value, value }));
  return objects(json["options"])
    .map((option) => ({ text: text(option["text"], text(option["value"])), value: text(option["value"]) }))
    .filter((option) => option.value !== "$__all");
}

/** "a, b : shown, c\,d": commas part, a backslash keeps one, " : " gives another text. */
export function customOptions(query: string): Option[] {
  return splitCommas(query).map((part) => {
    const named = /^(.+?)\s+:\s+(.+)$/.exec(part);
    return named === null ? { text: part, value: part } : { text: named[1] ?? part, value: named[2] ?? part };
  });
}

function splitCommas(query: string): string[] {
  return query
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll("\\,", ",").trim())
    .filter((part) => part !== "");
}

export function readAnnotations(json: Json | undefined): Annotation[] {
  return objects(json).map((one) => {
    const target = object(one["target"]);
    return {
      name: text(one["name"]),
      enable: flag(one["enable"], true),
      hide: flag(one["hide"]),
      color: text(one["iconColor"], "blue"),
      source: readSource(one["datasource"]),
      expr: text(one["expr"], text(target["expr"])),
      step: text(one["step"], text(target["step"])),
      titleFormat: text(one["titleFormat"]),
      textFormat: text(one["textFormat"]),
      builtIn: count(one["builtIn"], 0) === 1 || flag(one["builtIn"]),
    };
  });
}
