import type { Cell, Field, Frame } from "../data/frames";
import { asNumber, numbers } from "../data/frames";
import { interpolate, type Values } from "../data/interpolate";
import { withProperty } from "../model/field";
import { object, text, texts } from "../model/json";
import type { FieldConfig, Json, Mapping, MappingResult, Override, Panel } from "../model/types";
import { byValue, colorOf, continuous, hues, seriesColor, share, thresholdColor, type Look } from "./colors";
import { reduced } from "./reduce";
import { numberText } from "./units";

/** A field with everything that says how it looks. */
export interface Shown {
  frame: Frame;
  field: Field;
  name: string;
  config: FieldConfig;
  /** Its place among the hues of its panel; null where its colour is fixed. */
  hue: number | null;
  /** The least and greatest of its values, where the configuration gives none. */
  min: number;
  max: number;
}

/** Every field of a panel with its name, its configuration after overrides, and its hue. */
export function resolve(frames: readonly Frame[], panel: Pick<Panel, "defaults" | "overrides">, values: Values): Shown[] {
  const all = frames.flatMap((frame) => frame.fields.map((field) => ({ frame, field })));
  const alone = all.filter(({ field }) => field.type === "number").length === 1;
  const shown = all.map(({ frame, field }): Shown => {
    const own = ownName(frame, field, alone, frames.length);
    const config = panel.overrides.reduce(
      (sofar, override) => (matches(override, frame, field, own) ? override.properties.reduce((to, { id, value }) => withProperty(to, id, value), sofar) : sofar),
      panel.defaults,
    );
    return { frame, field, config, hue: null, min: 0, max: 100, name: nameOf(own, config, field, values) };
  });
  const numeric = shown.filter(({ field }) => field.type === "number");
  const seen = new Map<string, number>();
  const keys = numeric.map(({ name }) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name} ${times}`; // two series of one name must still be told apart
  });
  const given = hues(keys);
  for (const [at, one] of numeric.entries()) {
    if (one.config.color?.mode !== "fixed") one.hue = given.get(keys[at] ?? "") ?? 0;
    const column = numbers(one.field);
    one.min = one.config.min ?? reduced("min", column) ?? 0;
    one.max = one.config.max ?? reduced("max", column) ?? 100;
  }
  return shown;
}

function ownName(frame: Frame, field: Field, alone: boolean, frameCount: number): string {
  if (field.given !== null && field.given !== "") return field.given;
  if (field.type === "time" || frame.kind === "table") return field.name;
  if (frame.kind === "series" && frame.name !== "" && (frameCount > 1 || alone)) return frame.name;
  return field.name;
}

function nameOf(own: string, config: FieldConfig, field: Field, values: Values): string {
  if (config.displayName === "") return own;
  const labels = Object.entries(field.labels).map(([label, value]): [string, string] => [`__field.labels.${label}`, value]);
  const places = new Map<string, string>([["__field.name", field.name], ["__field.displayName", own], ["__series.name", own], ...labels]);
  const filled = config.displayName.replace(/\$\{(__(?:field|series)[\w.]*)\}/g, (whole, path: string) => places.get(path) ?? whole);
  return interpolate(filled, values, null, "csv");
}

/** Whether an override is meant for a field. A matcher of a kind that is not known matches nothing. */
export function matches({ matcher }: Override, frame: Frame, field: Field, name: string): boolean {
  const { id, options } = matcher;
  switch (id) {
    case "byName":
      return options === name || options === field.name;
    case "byNames": {
      const { names, mode } = object(options);
      const within = texts(names).includes(name) || texts(names).includes(field.name);
      return mode === "exclude" ? !within && field.type !== "time" : within;
    }
    case "byRegexp":
    case "byRegexpOrNames":
      return testRegex(typeof options === "string" ? options : text(object(options)["pattern"]), name) || texts(object(options)["names"]).includes(name);
    case "byType":
      return options === field.type;
    case "byTypes":
      return texts(options).includes(field.type);
    case "byFrameRefID":
      return options === frame.refId;
    case "numeric":
      return field.type === "number";
    case "time":
      return field.type === "time";
    case "first":
    case "firstTimeField":
      return field.type === "time";
    case "byValue":
      return valueMatches(options, field);
    default:
      return false;
  }
}

function testRegex(pattern: string, name: string): boolean {
  const slashed = /^\/([\s\S]*)\/([a-z]*)$/.exec(pattern);
  try {
    return (slashed === null ? new RegExp(`^${pattern}$`) : new RegExp(slashed[1] ?? "", slashed[2]?.replace(/[gy]/g, ""))).test(name);
  } catch {
    return false;
  }
}

function valueMatches(options: Json, field: Field): boolean {
  const { reducer, op, value } = object(options);
  if (field.type !== "number") return false;
  const found = reduced(text(reducer, "lastNotNull"), numbers(field));
  const wanted = Number(value);
  if (found === null) return false;
  return compare(found, text(op), wanted);
}

export function compare(a: number, op: string, b: number): boolean {
  switch (op) {
    case "gte":
    case ">=":
      return a >= b;
    case "gt":
    case ">":
      return a > b;
    case "lte":
    case "<=":
      return a <= b;
    case "lt":
    case "<":
      return a < b;
    case "neq":
    case "!=":
      return a !== b;
    default:
      return a === b;
  }
}

export interface Displayed {
  text: string;
  /** A CSS colour; null for the text's own. */
  color: string | null;
  number: number | null;
}

/** A value as its field shows it: mapped, or with its unit, and coloured by what the field says. */
export function display(shown: Shown, cell: Cell, look: Look): Displayed {
  const { config } = shown;
  const number = shown.field.type === "string" ? null : asNumber(cell);
  const mapped = mappingOf(config.mappings, cell, number);
  const color = mapped?.color != null ? colorOf(mapped.color, look) : valueColor(shown, number, look);
  if (mapped?.text != null && mapped.text !== "") return { text: mapped.text, color, number };
  if (shown.field.type === "string" || shown.field.type === "other") return { text: cell === null ? config.noValue || "-" : String(cell), color, number };
  return { text: numberText(number, config.unit, config.decimals, config.noValue || "-"), color, number };
}

/** The colour that a value has by thresholds or a continuous scheme, else that of its series. */
export function valueColor(shown: Shown, value: number | null, look: Look): string {
  const { color, thresholds } = shown.config;
  if (color === null || color.mode === "thresholds") return colorOf(thresholdColor(thresholds, value, shown.min, shown.max), look);
  return byValue(color) ? (continuous(color.mode, share(value ?? shown.min, shown.min, shown.max)) ?? lineColor(shown, look)) : lineColor(shown, look);
}

/** The colour of a series as a whole. */
export function lineColor(shown: Shown, look: Look): string {
  const { color, thresholds } = shown.config;
  if (color?.mode === "fixed" || color?.mode === "shades") return colorOf(color.fixedColor || "text", look);
  if (color?.mode === "thresholds") return colorOf(thresholdColor(thresholds, reduced("lastNotNull", numbers(shown.field)), shown.min, shown.max), look);
  const byScheme = color === null ? null : continuous(color.mode, share(reduced("lastNotNull", numbers(shown.field)) ?? 0, shown.min, shown.max));
  return byScheme ?? seriesColor(shown.hue ?? 0, look);
}

export function mappingOf(mappings: readonly Mapping[], cell: Cell, number: number | null): MappingResult | null {
  for (const mapping of mappings) {
    switch (mapping.type) {
      case "value": {
        const key = cell === null ? "null" : String(cell);
        if (Object.hasOwn(mapping.options, key)) return mapping.options[key] ?? null;
        break;
      }
      case "range":
        if (number !== null && number >= (mapping.from ?? -Infinity) && number <= (mapping.to ?? Infinity)) return mapping.result;
        break;
      case "regex":
        if (cell !== null && testRegex(mapping.pattern, String(cell))) return mapping.result;
        break;
      case "special":
        if (isSpecial(mapping.match, cell, number)) return mapping.result;
        break;
    }
  }
  return null;
}

function isSpecial(match: string, cell: Cell, number: number | null): boolean {
  const isNull = cell === null;
  const isNaN = typeof cell === "number" && Number.isNaN(cell);
  switch (match) {
    case "null":
      return isNull;
    case "nan":
      return isNaN;
    case "null+nan":
      return isNull || isNaN || (number === null && typeof cell === "number");
    case "true":
    case "false":
      return String(cell) === match;
    case "empty":
      return cell === "" || isNull;
    default:
      return false;
  }
}
