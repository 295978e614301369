import { count, flag, number, object, objects, text, texts } from "./json";
import { overridesOfSeries } from "./field";
import type { Json, JsonObject } from "./types";

/**
 * Panels of before Grafana 7 and 8 as today's: graph, singlestat, old table, heatmap and gauge. What an old panel can
 * say and a new one cannot is left out.
 */
export function modern(panel: JsonObject): JsonObject {
  switch (panel["type"]) {
    case "graph":
      return fromGraph(panel);
    case "singlestat":
    case "grafana-singlestat-panel":
      return fromSingleStat(panel);
    case "table-old":
      return { ...panel, type: "table" };
    case "gauge":
    case "bargauge":
    case "stat":
      return fromFieldOptions(panel);
    case "heatmap":
      return panel["dataFormat"] === undefined ? panel : fromHeatmap(panel);
    case "grafana-piechart-panel":
      return { ...panel, type: "piechart" };
    default:
      return panel;
  }
}

function fromGraph(panel: JsonObject): JsonObject {
  const legend = object(panel["legend"]);
  const [left, right] = objects(panel["yaxes"]);
  const points = flag(panel["points"]);
  const bars = flag(panel["bars"]);
  const lines = flag(panel["lines"], !bars && !points);
  const custom: JsonObject = {
    drawStyle: bars ? "bars" : lines ? "line" : "points",
    lineWidth: lines ? count(panel["linewidth"], 1) : 0,
    fillOpacity: bars ? 80 : count(panel["fill"], 1) * 10,
    gradientMode: count(panel["fillGradient"], 0) > 0 ? "opacity" : "none",
    lineInterpolation: flag(panel["steppedLine"]) ? "stepAfter" : "linear",
    showPoints: points ? "always" : "never",
    spanNulls: panel["nullPointMode"] === "connected",
    stacking: { mode: flag(panel["stack"]) ? (flag(panel["percentage"]) ? "percent" : "normal") : "none", group: "A" },
    scaleDistribution: count(left?.["logBase"], 1) > 1 ? { type: "log", log: count(left?.["logBase"], 10) } : { type: "linear" },
    axisLabel: text(left?.["label"]),
    lineStyle: flag(panel["dashes"]) ? { fill: "dash", dash: [count(panel["dashLength"], 10), count(panel["spaceLength"], 10)] } : { fill: "solid" },
    axisPlacement: left?.["show"] === false ? "hidden" : "auto",
    thresholdsStyle: { mode: objects(panel["thresholds"]).length > 0 ? "line" : "off" },
  };
  const overrides = overridesOfSeries(objects(panel["seriesOverrides"]), object(panel["aliasColors"]));
  for (const override of overrides) {
    const onRight = override.properties.some(({ id, value }) => id === "custom.axisPlacement" && value === "right");
    if (onRight && right !== undefined) override.properties.push({ id: "unit", value: text(right["format"], "short") });
  }
  return {
    ...panel,
    type: flag(panel["xaxis"] === undefined) || object(panel["xaxis"])["mode"] !== "series" ? "timeseries" : "barchart",
    fieldConfig: {
      defaults: {
        unit: text(left?.["format"], "short"),
        min: number(left?.["min"]),
        max: number(left?.["max"]),
        decimals: number(panel["decimals"]),
        color: { mode: "palette-classic" },
        thresholds: graphThresholds(objects(panel["thresholds"])),
        custom,
      },
      overrides: overrides as unknown as Json,
    },
    options: {
      legend: {
        showLegend: flag(legend["show"], true),
        displayMode: flag(legend["alignAsTable"]) || flag(legend["values"]) ? "table" : "list",
        placement: flag(legend["rightSide"]) ? "right" : "bottom",
        calcs: graphCalcs(legend),
      },
      tooltip: { mode: object(panel["tooltip"])["shared"] === false ? "single" : "multi", sort: ["none", "asc", "desc"][count(object(panel["tooltip"])["sort"], 0)] ?? "none" },
    },
  };
}

function graphCalcs(legend: JsonObject): string[] {
  const names: Record<string, string> = { min: "min", max: "max", avg: "mean", current: "lastNotNull", total: "sum" };
  return Object.entries(names)
    .filter(([key]) => flag(legend[key]))
    .map(([, calc]) => calc);
}

function graphThresholds(old: JsonObject[]): Json {
  const steps = old.map((one) => ({ value: number(one["value"]), color: text(one["lineColor"], one["colorMode"] === "warning" ? "orange" : "red") }));
  return { mode: "absolute", steps: [{ value: null, color: "transparent" }, ...steps] };
}

const OLD_CALCS: Record<string, string> = {
  avg: "mean",
  current: "lastNotNull",
  total: "sum",
  first: "firstNotNull",
  delta: "delta",
  diff: "diff",
  range: "range",
  min: "min",
  max: "max",
  name: "lastNotNull",
};

function fromSingleStat(panel: JsonObject): JsonObject {
  const gauge = object(panel["gauge"]);
  const cuts = text(panel["thresholds"]).split(",").map(Number).filter((cut) => !Number.isNaN(cut) && text(panel["thresholds"]) !== "");
  const colors = texts(panel["colors"]);
  const coloured = flag(panel["colorBackground"]) || flag(panel["colorValue"]);
  const steps = [{ value: null, color: coloured ? (colors[0] ?? "green") : "text" }, ...cuts.map((value, at) => ({ value, color: colors[at + 1] ?? "red" }))];
  const mappings = objects(panel["valueMaps"]).map((map) => ({ type: 1, value: text(map["value"]), text: text(map["text"]) }));
  return {
    ...panel,
    type: flag(gauge["show"]) ? "gauge" : "stat",
    fieldConfig: {
      defaults: {
        unit: text(panel["format"], "none"),
        decimals: number(panel["decimals"]),
        min: flag(gauge["show"]) ? number(gauge["minValue"]) : null,
        max: flag(gauge["show"]) ? number(gauge["maxValue"]) : null,
        noValue: text(panel["nullText"]),
        mappings,
        thresholds: { mode: "absolute", steps },
        color: { mode: "thresholds" },
      },
      overrides: [],
    },
    options: {
      reduceOptions: { calcs: [OLD_CALCS[text(panel["valueName"], "avg")] ?? "lastNotNull"] },
      colorMode: flag(panel["colorBackground"]) ? "background" : coloured ? "value" : "none",
      graphMode: flag(object(panel["sparkline"])["show"]) ? "area" : "none",
    },
  };
}

/** Grafana 6 kept what a field looks like under `options.fieldOptions`. */
function fromFieldOptions(panel: JsonObject): JsonObject {
  const options = object(panel["options"]);
  const field = object(options["fieldOptions"]);
  if (Object.keys(field).length === 0) return panel;
  const known = object(panel["fieldConfig"]);
  const calcs = texts(field["calcs"]).map((calc) => OLD_CALCS[calc] ?? calc);
  return {
    ...panel,
    fieldConfig: {
      ...known,
      defaults: { ...object(field["defaults"]), ...object(known["defaults"]) },
      overrides: known["overrides"] ?? field["overrides"] ?? [],
    },
    options: { ...options, reduceOptions: options["reduceOptions"] ?? { calcs, values: flag(field["values"]) } },
  };
}

function fromHeatmap(panel: JsonObject): JsonObject {
  const yAxis = object(panel["yAxis"]);
  return {
    ...panel,
    options: {
      calculate: panel["dataFormat"] === "timeseries",
      yAxis: { unit: text(yAxis["format"], "short"), decimals: number(yAxis["decimals"]) },
      color: { scheme: text(object(panel["color"])["colorScheme"]).replace("interpolate", "") },
    },
  };
}

