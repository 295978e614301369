import { choice, count, flag, number, object, objects, text } from "./json";
import { readFieldConfig, readLinks, readOverrides } from "./field";
import { modern } from "./old";
import { readAnnotations, readVariables } from "./templating";
import type { Dashboard, GridPos, Json, JsonObject, Panel, SourceRef, Target, Transformation } from "./types";

/** More panels than any board needs; what is above it is left out and said. */
export const PANELS_MAX = 1_000;

/** What a file held that is no dashboard, in words for its owner. */
export class NotADashboard extends Error {}

/**
 * Reads classic dashboard JSON of any schema version. Unknown fields are kept in `raw` and otherwise passed over; a
 * missing one gets Grafana's default. Throws {@link NotADashboard} for what cannot be one.
 */
export function readDashboard(given: Json): Dashboard {
  const json = unwrapped(given);
  if (json["spec"] !== undefined && json["panels"] === undefined) {
    throw new NotADashboard("This is a dashboard in Grafana's new (v2) schema. Export it in the classic one.");
  }
  if (!Array.isArray(json["panels"]) && !Array.isArray(json["rows"])) {
    throw new NotADashboard("This JSON has neither panels nor rows, so it is no dashboard.");
  }
  const time = object(json["time"]);
  return {
    uid: text(json["uid"]),
    title: text(json["title"], "Untitled"),
    from: text(time["from"], "now-6h"),
    to: text(time["to"], "now"),
    refresh: text(json["refresh"]),
    timezone: text(json["timezone"]),
    links: readLinks(json["links"]),
    variables: readVariables(object(json["templating"])["list"]),
    annotations: readAnnotations(object(json["annotations"])["list"]),
    ...readPanels(json),
    raw: json,
  };
}

const known = new WeakMap<JsonObject, Dashboard>();

/** The same dashboard for the same JSON object: a file is asked ahead of its page, and read by both. */
export function readOnce(json: JsonObject): Dashboard {
  const read = known.get(json) ?? readDashboard(json);
  known.set(json, read);
  return read;
}

/** The dashboard itself, also inside an API answer or an export. */
function unwrapped(given: Json): JsonObject {
  const outer = object(given);
  const inner = outer["dashboard"];
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : outer;
}

function readPanels(json: JsonObject): { panels: Panel[]; leftOut: number } {
  const rows = objects(json["rows"]);
  const flat = rows.length > 0 && objects(json["panels"]).length === 0 ? panelsOfRows(rows) : objects(json["panels"]);
  const panels: Panel[] = [];
  for (const one of flat.slice(0, PANELS_MAX)) {
    const panel = readPanel(one, panels.length + 1);
    const row = panels.at(-1);
    if (panel.type !== "row" && row?.type === "row" && !row.collapsed) row.children.push(panel);
    else panels.push(panel);
  }
  const inRows = flat.slice(0, PANELS_MAX).map((one) => (one["type"] === "row" ? objects(one["panels"]).length : 0));
  const leftOut = Math.max(0, flat.length - PANELS_MAX) + inRows.reduce((sum, many) => sum + Math.max(0, many - PANELS_MAX), 0);
  return { panels, leftOut };
}

/** Before version 16 dashboards had rows of panels with a span of 12 columns and a height in pixels. */
function panelsOfRows(rows: JsonObject[]): JsonObject[] {
  const all: JsonObject[] = [];
  const titled = rows.some((row) => flag(row["showTitle"]) || flag(row["collapse"]) || text(row["repeat"]) !== "");
  let y = 0;
  for (const row of rows) {
    const collapsed = flag(row["collapse"]);
    const panels: JsonObject[] = [];
    const header = titled ? 1 : 0;
    let x = 0;
    let lineY = y + header;
    let tallest = 0;
    for (const panel of objects(row["panels"])) {
      const w = Math.min(24, Math.max(1, Math.round(count(panel["span"], 4) * 2)));
      const h = Math.max(2, Math.round((number(text(panel["height"], text(row["height"], "250")).replace("px", "")) ?? 250) / 38));
      if (x + w > 24) {
        x = 0;
        lineY += tallest;
        tallest = 0;
      }
      panels.push({ ...panel, gridPos: { x, y: lineY, w, h } });
      x += w;
      tallest = Math.max(tallest, h);
    }
    if (titled) {
      const head = { type: "row", title: text(row["title"]), repeat: text(row["repeat"]), gridPos: { x: 0, y, w: 24, h: 1 } };
      all.push({ ...head, collapsed, panels: collapsed ? panels : [] });
    }
    if (!collapsed) all.push(...panels);
    y = collapsed ? y + 1 : lineY + tallest;
  }
  return all;
}

export function readPanel(given: JsonObject, otherwiseId: number): Panel {
  const json = modern(given);
  const fieldConfig = object(json["fieldConfig"]);
  const source = readSource(json["datasource"]);
  const type = text(json["type"], "unknown");
  return {
    id: count(json["id"], otherwiseId),
    type,
    title: text(json["title"]),
    description: text(json["description"]),
    grid: readGrid(object(json["gridPos"])),
    source,
    targets: objects(json["targets"]).map((target, index) => readTarget(target, index, source)),
    options: object(json["options"]),
    defaults: readFieldConfig(object(fieldConfig["defaults"])),
    overrides: readOverrides(fieldConfig["overrides"]),
    transformations: objects(json["transformations"]).map(readTransformation),
    links: readLinks(json["links"]),
    transparent: flag(json["transparent"]),
    repeat: text(json["repeat"]),
    repeatDirection: json["repeatDirection"] === "v" ? "v" : "h",
    maxPerRow: Math.max(1, count(json["maxPerRow"], 4)),
    interval: text(json["interval"]),
    maxDataPoints: number(json["maxDataPoints"]),
    timeFrom: text(json["timeFrom"]),
    timeShift: text(json["timeShift"]),
    collapsed: flag(json["collapsed"]),
    children: type === "row" ? objects(json["panels"]).slice(0, PANELS_MAX).map((one, index) => readPanel(one, otherwiseId * 1_000 + index)) : [],
    scope: {},
    raw: given,
  };
}

function readGrid(json: JsonObject): GridPos {
  const w = Math.min(24, Math.max(1, count(json["w"], 12)));
  const h = Math.min(200, Math.max(1, count(json["h"], 8)));
  const x = Math.min(24 - w, Math.max(0, count(json["x"], 0)));
  return { x, y: Math.min(100_000, Math.max(0, count(json["y"], 0))), w, h };
}

/** A name (before Grafana 8), an object, or null for the default. */
export function readSource(json: Json | undefined): SourceRef | null {
  if (typeof json === "string") return json === "" || json === "default" ? null : { type: "", uid: json };
  const { type, uid } = object(json);
  if (uid === undefined && type === undefined) return null;
  return { type: text(type), uid: text(uid) };
}

function readTarget(json: JsonObject, index: number, panelSource: SourceRef | null): Target {
  const instant = flag(json["instant"]);
  return {
    refId: text(json["refId"], String.fromCharCode(65 + (index % 26))),
    source: panelSource?.uid === "-- Mixed --" || json["datasource"] !== undefined ? (readSource(json["datasource"]) ?? panelSource) : panelSource,
    expr: text(json["expr"], text(json["query"])),
    legend: text(json["legendFormat"]),
    format: choice(json["format"], ["time_series", "table", "heatmap"] as const, "time_series"),
    instant: instant || json["queryType"] === "instant",
    range: flag(json["range"], !instant),
    hide: flag(json["hide"]),
    interval: text(json["interval"]),
    intervalFactor: Math.max(1, count(json["intervalFactor"], 1)),
    raw: json,
  };
}

function readTransformation(json: JsonObject): Transformation {
  return { id: text(json["id"]), options: object(json["options"]), disabled: flag(json["disabled"]) };
}

/** Every panel, those inside rows too. */
export function everyPanel(panels: readonly Panel[]): Panel[] {
  return panels.flatMap((panel) => [panel, ...everyPanel(panel.children)]);
}
