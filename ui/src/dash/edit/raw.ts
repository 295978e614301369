import { layOut } from "../model/layout";
import { number, object, objects, withPath } from "../model/json";
import { everyPanel, readDashboard } from "../model/read";
import type { GridPos, Json, JsonObject, Panel } from "../model/types";

/**
 * Changes to dashboard JSON. All give a new object and keep every field that they do not change, also those that we do
 * not read: what Grafana wrote, Grafana gets back.
 */

/** JSON as it is edited: every panel has an id and the place where it is shown, and old rows have become panels. */
export function editable(raw: JsonObject): JsonObject {
  const board = readDashboard(raw);
  const placed = new Map(layOut(board.panels, () => [], (row) => !row.collapsed).map(({ panel, grid }) => [panel.id, grid]));
  const out = (panel: Panel): JsonObject => {
    const grid = placed.get(panel.id) ?? panel.grid;
    const own: JsonObject = { ...panel.raw, id: panel.id, gridPos: { ...object(panel.raw["gridPos"]), ...grid } };
    if (panel.type !== "row") return own;
    return { ...own, panels: panel.collapsed ? panel.children.map(out) : [] };
  };
  const panels = board.panels.flatMap((panel) => (panel.type === "row" && !panel.collapsed ? [out(panel), ...panel.children.map(out)] : [out(panel)]));
  const { rows: _rows, ...rest } = raw;
  return { ...rest, panels };
}

export function rawPanel(raw: JsonObject, id: number): JsonObject | null {
  for (const panel of objects(raw["panels"])) {
    if (number(panel["id"]) === id) return panel;
    const child = objects(panel["panels"]).find((one) => number(one["id"]) === id);
    if (child !== undefined) return child;
  }
  return null;
}

/** Each panel through `change`, those inside rows too; null takes it away. */
function mapped(raw: JsonObject, change: (panel: JsonObject) => JsonObject | JsonObject[] | null): JsonObject {
  const through = (all: JsonObject[]): JsonObject[] =>
    all.flatMap((panel): JsonObject[] => {
      const inner: JsonObject = Array.isArray(panel["panels"]) ? { ...panel, panels: through(objects(panel["panels"])) } : panel;
      const after = change(inner);
      return after === null ? [] : Array.isArray(after) ? (after) : [after];
    });
  return { ...raw, panels: through(objects(raw["panels"])) };
}

export function withPanel(raw: JsonObject, id: number, change: (panel: JsonObject) => JsonObject): JsonObject {
  return mapped(raw, (panel) => (number(panel["id"]) === id ? change(panel) : panel));
}

export function withoutPanel(raw: JsonObject, id: number): JsonObject {
  return mapped(raw, (panel) => (number(panel["id"]) === id ? null : panel));
}

export function nextId(raw: JsonObject): number {
  return 1 + Math.max(0, ...everyPanel(readDashboard(raw).panels).map(({ id }) => id));
}

export function withCopy(raw: JsonObject, id: number): JsonObject {
  const copyId = nextId(raw);
  return mapped(raw, (panel): JsonObject | JsonObject[] => {
    if (number(panel["id"]) !== id) return panel;
    const grid = object(panel["gridPos"]);
    return [panel, { ...panel, id: copyId, gridPos: { ...grid, y: (number(grid["y"]) ?? 0) + (number(grid["h"]) ?? 8) } }];
  });
}

/** A new panel under all others, with one empty query. */
export function withNewPanel(raw: JsonObject, type: string): { raw: JsonObject; id: number } {
  const id = nextId(raw);
  const panels = objects(raw["panels"]);
  const bottom = panels.reduce((end, panel) => Math.max(end, (number(object(panel["gridPos"])["y"]) ?? 0) + (number(object(panel["gridPos"])["h"]) ?? 1)), 0);
  const isRow = type === "row";
  const panel: JsonObject = {
    id,
    type,
    title: "",
    gridPos: { x: 0, y: bottom, w: isRow ? 24 : 12, h: isRow ? 1 : 8 },
    ...(isRow
      ? { collapsed: false, panels: [] }
      : {
          targets: type === "text" ? [] : [{ refId: "A", expr: "" }],
          fieldConfig: { defaults: { custom: {} }, overrides: [] },
          options: type === "text" ? { mode: "markdown", content: "" } : {},
        }),
  };
  return { raw: { ...raw, panels: [...panels, panel] }, id };
}

/** Puts a panel at a place; those it would cover go below it. The list is in reading order again, as rows need. */
export function withPlace(raw: JsonObject, id: number, grid: GridPos): JsonObject {
  const gridOf = (panel: JsonObject): GridPos => {
    const { x, y, w, h } = object(panel["gridPos"]);
    return { x: number(x) ?? 0, y: number(y) ?? 0, w: number(w) ?? 12, h: number(h) ?? 8 };
  };
  const panels = objects(raw["panels"]);
  const places = new Map(panels.map((panel) => [panel, number(panel["id"]) === id ? grid : gridOf(panel)]));
  const settled: JsonObject[] = panels.filter((panel) => number(panel["id"]) === id);
  for (const panel of panels.filter((one) => number(one["id"]) !== id).sort((a, b) => gridOf(a).y - gridOf(b).y)) {
    let own = gridOf(panel);
    for (let tries = 0; tries < panels.length; tries++) {
      const hit = settled.map((other) => places.get(other) ?? grid).find((other) => overlap(own, other));
      if (hit === undefined) break;
      own = { ...own, y: hit.y + hit.h };
    }
    places.set(panel, own);
    settled.push(panel);
  }
  const moved = panels.map((panel) => ({ panel, place: places.get(panel) ?? grid }));
  moved.sort((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
  return { ...raw, panels: moved.map(({ panel, place }) => withPath(panel, ["gridPos"], { ...object(panel["gridPos"]), ...place })) };
}

function overlap(a: GridPos, b: GridPos): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export interface Change {
  path: string;
  before: string | null;
  after: string | null;
}

const CHANGES_MAX = 2_000;

/** What differs between two versions, leaf by leaf. Panels and variables are told apart by id and name, not by place. */
export function changes(before: Json, after: Json): Change[] {
  const a = leaves(before);
  const b = leaves(after);
  const found: Change[] = [];
  for (const [path, value] of a) {
    const now = b.get(path);
    if (now !== value) found.push({ path, before: value, after: now ?? null });
  }
  for (const [path, value] of b) if (!a.has(path)) found.push({ path, before: null, after: value });
  return found.filter(({ path }) => path !== "version").sort((x, y) => (x.path < y.path ? -1 : 1)).slice(0, CHANGES_MAX);
}

function leaves(json: Json): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: Json, path: string): void => {
    if (Array.isArray(value)) value.forEach((one, at) => walk(one, `${path}[${keyOf(one, at)}]`));
    else if (typeof value === "object" && value !== null) for (const [key, one] of Object.entries(value)) walk(one ?? null, path === "" ? key : `${path}.${key}`);
    else found.set(path, JSON.stringify(value));
  };
  walk(json, "");
  return found;
}

function keyOf(json: Json, at: number): string {
  const { id, name, refId, title } = object(json);
  if (typeof id === "number") return typeof title === "string" && title !== "" ? `${title} #${id}` : `#${id}`;
  if (typeof refId === "string") return refId;
  return typeof name === "string" ? name : String(at);
}

/** The dashboard as a file that Grafana imports: without the number of the database it came from. */
export function exported(raw: JsonObject): string {
  return `${JSON.stringify({ ...raw, id: null }, null, 2)}\n`;
}

/** A uid that fits an address, from a title. */
export function uidOf(title: string): string {
  const slug = title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 34);
  return `${slug === "" ? "board" : slug}-${Math.random().toString(36).slice(2, 7)}`;
}
