import { durationMs } from "../../app/time/range";
import type { Option, Variable } from "../model/types";
import { askInstant, askLabels, askLokiLabels, askSeries } from "./ask";
import { instantFrames, SERIES_MAX } from "./prometheus";
import { seriesText } from "./frames";
import { interpolate, referenced, type Builtins, type Value, type Values } from "./interpolate";
import type { DataSource } from "./sources";
import { intervalMs } from "./step";

export const ALL = "$__all";

/** More choices than a list can show usefully; a pattern narrows them. */
export const OPTIONS_MAX = 5_000;

/** Variables in an order in which each comes after those its query uses; a ring keeps the order of the file. */
export function inOrder(variables: readonly Variable[]): Variable[] {
  const byName = new Map(variables.map((one) => [one.name, one]));
  const done = new Set<string>();
  const order: Variable[] = [];
  const visit = (one: Variable, path: Set<string>): void => {
    if (done.has(one.name) || path.has(one.name)) return;
    const deeper = new Set(path).add(one.name);
    for (const name of usedBy(one)) {
      const other = byName.get(name);
      if (other !== undefined) visit(other, deeper);
    }
    done.add(one.name);
    order.push(one);
  };
  for (const one of variables) visit(one, new Set());
  return order;
}

export function usedBy(variable: Variable): string[] {
  return referenced(`${variable.query} ${variable.source?.uid ?? ""} ${variable.regex}`).filter((name) => name !== variable.name);
}

/** What a variable's choices are now. Throws the source's error. */
export async function optionsOf(
  variable: Variable,
  source: DataSource | null,
  sources: readonly DataSource[],
  values: Values,
  builtins: Builtins,
  signal?: AbortSignal,
): Promise<Option[]> {
  if (variable.type === "datasource") return sourceOptions(variable, sources);
  if (variable.type !== "query" || source === null) return variable.options;
  const found = await queryValues(variable, source, values, builtins, signal);
  return sorted(narrowed(found, interpolate(variable.regex, values, builtins, "regex")), variable.sort).slice(0, OPTIONS_MAX);
}

function sourceOptions(variable: Variable, sources: readonly DataSource[]): Option[] {
  const type = variable.query === "tempo" ? "jaeger" : variable.query;
  const fits = sources.filter((one) => one.type === type && (variable.regex === "" || patternOf(variable.regex)?.test(one.name) !== false));
  return fits.map((one) => ({ text: one.name, value: one.uid }));
}

const LABEL_VALUES = /^\s*label_values\(\s*(?:([\s\S]+),\s*)?([\w.$[\]{}:]+)\s*\)\s*$/;
const LABEL_NAMES = /^\s*label_names\(\s*([\s\S]*?)\s*\)\s*$/;
const METRICS = /^\s*metrics\(([\s\S]*)\)\s*$/;
const QUERY_RESULT = /^\s*query_result\(([\s\S]+)\)\s*$/;

async function queryValues(variable: Variable, source: DataSource, values: Values, builtins: Builtins, signal?: AbortSignal): Promise<string[]> {
  const query = interpolate(variable.query, values, builtins, "prom").trim();
  const { fromMs, toMs } = builtins;
  const labelValues = LABEL_VALUES.exec(query);
  if (labelValues !== null) {
    const [, selector, label = ""] = labelValues;
    if (source.type === "loki") return askLokiLabels(source, label, fromMs, toMs, signal);
    return askLabels(source, label, (selector ?? "").trim(), fromMs, toMs, signal);
  }
  const labelNames = LABEL_NAMES.exec(query);
  if (labelNames !== null) {
    return source.type === "loki" ? askLokiLabels(source, null, fromMs, toMs, signal) : askLabels(source, null, labelNames[1] ?? "", fromMs, toMs, signal);
  }
  const metrics = METRICS.exec(query);
  if (metrics !== null) {
    const pattern = patternOf(metrics[1]?.trim() ?? "");
    return (await askLabels(source, "__name__", "", fromMs, toMs, signal)).filter((name) => pattern === null || pattern.test(name));
  }
  const result = QUERY_RESULT.exec(query);
  if (result !== null) {
    const { data } = await askInstant(source, result[1] ?? "", toMs, SERIES_MAX, signal);
    return instantFrames("", data, "").frames.map((frame) => {
      const [at, value] = frame.fields;
      return `${frame.name} ${String(value?.values[0] ?? "NaN")} ${String(at?.values[0] ?? 0)}`;
    });
  }
  return query === "" ? [] : (await askSeries(source, query, fromMs, toMs, signal)).map(seriesText);
}

/** `/pattern/flags` or a bare pattern; null for none or one that is no regular expression. */
export function patternOf(text: string): RegExp | null {
  if (text === "") return null;
  const slashed = /^\/([\s\S]*)\/([gimsuy]*)$/.exec(text);
  try {
    return slashed === null ? new RegExp(`^${text}$`) : new RegExp(slashed[1] ?? "", (slashed[2] ?? "").replace(/[gy]/g, ""));
  } catch {
    return null;
  }
}

/** The regular expression filters; its first group, or its groups `text` and `value`, are what is shown and used. */
export function narrowed(found: readonly string[], regex: string): Option[] {
  const pattern = regex === "" ? null : patternOf(regex);
  const options = new Map<string, Option>();
  for (const one of found) {
    if (one === "") continue;
    let option: Option = { text: one, value: one };
    if (pattern !== null) {
      const match = pattern.exec(one);
      if (match === null) continue;
      const value = match.groups?.["value"] ?? match.groups?.["text"] ?? match[1] ?? one;
      option = { text: match.groups?.["text"] ?? value, value };
    }
    if (!options.has(option.value)) options.set(option.value, option);
  }
  return [...options.values()];
}

const NATURAL = new Intl.Collator("en", { numeric: true });
const CASELESS = new Intl.Collator("en", { sensitivity: "accent" });

/** Grafana's orders: 0 none, 1 and 2 alphabetical, 3 and 4 numerical, 5 and 6 without case, 7 and 8 natural. */
export function sorted(options: readonly Option[], order: number): Option[] {
  if (order === 0) return [...options];
  const number = (option: Option): number => Number(/-?\d+(\.\d+)?/.exec(option.text)?.[0] ?? Number.NaN);
  const compare = (a: Option, b: Option): number => {
    if (order <= 2) return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
    if (order <= 4) return (Number.isNaN(number(a)) ? -1 : number(a)) - (Number.isNaN(number(b)) ? -1 : number(b));
    return order <= 6 ? CASELESS.compare(a.text, b.text) : NATURAL.compare(a.text, b.text);
  };
  const ascending = [...options].sort(compare);
  return order % 2 === 0 ? ascending.reverse() : ascending;
}

/** What is chosen: the address first, then what the dashboard was saved with if it still is a choice, then the first. */
export function chosen(variable: Variable, options: readonly Option[], asked: readonly string[] | null, builtins: Builtins): Value {
  if (variable.type === "textbox" || variable.type === "constant") {
    const text = variable.type === "constant" ? (variable.current[0] ?? variable.query) : (asked?.[0] ?? variable.current[0] ?? "");
    return { values: [text], text, all: false, verbatim: false, multi: false };
  }
  if (variable.type === "interval") return intervalValue(variable, asked?.[0] ?? variable.current[0] ?? options[0]?.value ?? "1m", builtins);
  const has = (value: string): boolean => options.some((option) => option.value === value);
  const wanted = asked ?? variable.current;
  if (variable.includeAll && wanted.includes(ALL)) return allValue(variable, options);
  let kept = asked !== null ? [...asked] : wanted.filter(has);
  if (!variable.multi) kept = kept.slice(0, 1);
  if (kept.length === 0) {
    if (variable.includeAll && variable.current.length === 0) return allValue(variable, options);
    kept = options.slice(0, 1).map((option) => option.value);
  }
  const text = kept.map((value) => options.find((option) => option.value === value)?.text ?? value).join(" + ");
  return { values: kept, text, all: false, verbatim: false, multi: variable.multi || variable.includeAll };
}

function allValue(variable: Variable, options: readonly Option[]): Value {
  if (variable.allValue !== "") return { values: [variable.allValue], text: "All", all: true, verbatim: true, multi: variable.multi };
  return { values: options.map((option) => option.value), text: "All", all: true, verbatim: false, multi: variable.multi };
}

/** `auto` of an interval variable is the range over its step count. */
function intervalValue(variable: Variable, asked: string, builtins: Builtins): Value {
  if (!asked.startsWith("$__auto")) return { values: [asked], text: asked, all: false, verbatim: false, multi: false };
  const least = durationMs(variable.autoMin) ?? 10_000;
  const ms = intervalMs(builtins.toMs - builtins.fromMs, variable.autoCount || 30, least);
  return { values: [`${Math.max(1, Math.round(ms / 1_000))}s`], text: "auto", all: false, verbatim: false, multi: false };
}

/** `var-x=a&var-x=b` of an address; null where it says nothing of the variable. */
export function askedOf(name: string, params: URLSearchParams): string[] | null {
  const all = params.getAll(`var-${name}`);
  return all.length === 0 ? null : all.map((value) => (value === "All" ? ALL : value));
}
