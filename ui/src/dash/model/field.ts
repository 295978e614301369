import { count, flag, number, object, objects, text, texts } from "./json";
import type { FieldColor, FieldConfig, Json, JsonObject, Link, Mapping, MappingResult, Override, Thresholds } from "./types";

export function readFieldConfig(json: JsonObject): FieldConfig {
  return {
    unit: text(json["unit"]),
    decimals: number(json["decimals"]),
    min: number(json["min"]),
    max: number(json["max"]),
    displayName: text(json["displayName"]),
    noValue: text(json["noValue"]),
    color: readColor(json["color"]),
    thresholds: readThresholds(json["thresholds"]),
    mappings: readMappings(json["mappings"]),
    links: readLinks(json["links"]),
    custom: object(json["custom"]),
  };
}

export function readColor(json: Json | undefined): FieldColor | null {
  const { mode, fixedColor } = object(json);
  return typeof mode === "string" ? { mode, fixedColor: text(fixedColor) } : null;
}

export function readThresholds(json: Json | undefined): Thresholds {
  const { mode, steps } = object(json);
  const read = objects(steps).map((step) => ({ value: number(step["value"]), color: text(step["color"], "text") }));
  if (read[0] !== undefined && read.every((step) => step.value !== null)) read.unshift({ value: null, color: "transparent" });
  read.sort((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
  return { mode: mode === "percentage" ? "percentage" : "absolute", steps: read };
}

/** Today's mappings, and those before Grafana 8: type 1 a value, 2 a range. */
export function readMappings(json: Json | undefined): Mapping[] {
  return objects(json).flatMap((one): Mapping[] => {
    const options = object(one["options"]);
    const result = readResult(options["result"]);
    switch (one["type"]) {
      case "value":
        return [{ type: "value", options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, readResult(value)])) }];
      case "range":
        return [{ type: "range", from: number(options["from"]), to: number(options["to"]), result }];
      case "regex":
        return [{ type: "regex", pattern: text(options["pattern"]), result }];
      case "special":
        return [{ type: "special", match: text(options["match"]), result }];
      case 1:
        return [{ type: "value", options: { [text(one["value"])]: oldResult(one) } }];
      case 2:
        return [{ type: "range", from: number(one["from"]), to: number(one["to"]), result: oldResult(one) }];
      default:
        return [];
    }
  });
}

function readResult(json: Json | undefined): MappingResult {
  const { text: shown, color } = object(json);
  return { text: typeof shown === "string" ? shown : null, color: typeof color === "string" ? color : null };
}

function oldResult(json: JsonObject): MappingResult {
  return { text: text(json["text"]), color: typeof json["color"] === "string" ? json["color"] : null };
}

export function readLinks(json: Json | undefined): Link[] {
  return objects(json)
    .map((link) => ({
      title: text(link["title"]),
      url: text(link["url"], text(link["dashUri"])),
      targetBlank: flag(link["targetBlank"]),
      tags: link["type"] === "dashboards" ? texts(link["tags"]) : [],
      keepTime: flag(link["keepTime"]),
      includeVars: flag(link["includeVars"]),
    }))
    .filter((link) => link.url !== "" || link.tags.length > 0);
}

export function readOverrides(json: Json | undefined): Override[] {
  return objects(json).map((one) => {
    const matcher = object(one["matcher"]);
    return {
      matcher: { id: text(matcher["id"]), options: matcher["options"] ?? null },
      properties: objects(one["properties"]).map((property) => ({ id: text(property["id"]), value: property["value"] ?? null })),
    };
  });
}

/** One property of an override, put into a configuration. What we do not know is kept under `custom`, and does no harm. */
export function withProperty(config: FieldConfig, id: string, value: Json): FieldConfig {
  if (id.startsWith("custom.")) return { ...config, custom: withCustom(config.custom, id.slice("custom.".length).split("."), value) };
  switch (id) {
    case "unit":
      return { ...config, unit: text(value) };
    case "decimals":
      return { ...config, decimals: number(value) };
    case "min":
      return { ...config, min: number(value) };
    case "max":
      return { ...config, max: number(value) };
    case "displayName":
      return { ...config, displayName: text(value) };
    case "noValue":
      return { ...config, noValue: text(value) };
    case "color":
      return { ...config, color: readColor(value) };
    case "thresholds":
      return { ...config, thresholds: readThresholds(value) };
    case "mappings":
      return { ...config, mappings: readMappings(value) };
    case "links":
      return { ...config, links: readLinks(value) };
    default:
      return config;
  }
}

function withCustom(custom: JsonObject, [first, ...rest]: string[], value: Json): JsonObject {
  if (first === undefined || first === "__proto__") return custom;
  return { ...custom, [first]: rest.length === 0 ? value : withCustom(object(custom[first]), rest, value) };
}

/** Series options of the graph panel before Grafana 8, as overrides by regular expression or name. */
export function overridesOfSeries(seriesOverrides: JsonObject[], aliasColors: JsonObject): Override[] {
  const colors = Object.entries(aliasColors).map(
    ([name, color]): Override => ({
      matcher: { id: "byName", options: name },
      properties: [{ id: "color", value: { mode: "fixed", fixedColor: text(color) } }],
    }),
  );
  return [...colors, ...seriesOverrides.map(overrideOfSeries)];
}

function overrideOfSeries(one: JsonObject): Override {
  const alias = text(one["alias"]);
  const properties: Override["properties"] = [];
  const put = (id: string, value: Json): void => void properties.push({ id, value });
  for (const [key, value] of Object.entries(one)) {
    if (key === "color" || key === "fillColor") put("color", { mode: "fixed", fixedColor: text(value) });
    else if (key === "yaxis" && count(value, 1) === 2) put("custom.axisPlacement", "right");
    else if (key === "fill") put("custom.fillOpacity", count(value, 0) * 10);
    else if (key === "linewidth") put("custom.lineWidth", count(value, 1));
    else if (key === "stack") put("custom.stacking", { mode: value === false ? "none" : "normal", group: typeof value === "string" ? value : "A" });
    else if (key === "transform") put("custom.transform", value ?? null);
    else if (key === "lines" && value === false) put("custom.lineWidth", 0);
    else if (key === "bars" && value === true) put("custom.drawStyle", "bars");
    else if (key === "points" && value === true) put("custom.showPoints", "always");
    else if (key === "dashes" && value === true) put("custom.lineStyle", { fill: "dash", dash: [10, 10] });
    else if (key === "legend" && value === false) put("custom.hideFrom", { legend: true, viz: false, tooltip: false });
  }
  return { matcher: { id: alias.startsWith("/") ? "byRegexp" : "byName", options: alias }, properties };
}
