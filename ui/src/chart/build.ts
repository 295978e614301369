import type { Cell, Frame } from "../dash/data/frames";
import { numbers } from "../dash/data/frames";
import { DASHED_FROM, REST, type Look } from "../dash/field/colors";
import { lineColor, type Shown } from "../dash/field/resolve";
import { reduced } from "../dash/field/reduce";
import { count, flag, list, object, text } from "../dash/model/json";

/** Above so many series the eye cannot follow colours: the highest get them, the others are grey. */
export const COLOURED_MAX = 20;
export const COLOURED_TOP = 10;

/** One line, bar or set of points of a chart. */
export interface Line {
  shown: Shown;
  name: string;
  color: string;
  /** What is drawn: stacked, negated. */
  drawn: (number | null)[];
  /** What was measured, for the legend and the cursor. */
  values: (number | null)[];
  scale: string;
  style: "line" | "bars" | "points";
  width: number;
  fillOpacity: number;
  gradient: boolean;
  dash: number[] | null;
  points: boolean;
  pointSize: number;
  interpolation: "linear" | "smooth" | "stepBefore" | "stepAfter";
  /** Gaps up to this long are bridged, ms; Infinity for all. */
  spanMs: number;
  /** Of a stack: what lies under it, by place; null for the axis. */
  below: number | null;
  stacked: boolean;
  hidden: boolean;
  inLegend: boolean;
  negated: boolean;
}

export interface Scale {
  key: string;
  unit: string;
  decimals: number | null;
  min: number | null;
  max: number | null;
  softMin: number | null;
  softMax: number | null;
  log: number;
  side: "left" | "right" | "hidden";
  label: string;
}

export interface Chart {
  times: number[];
  lines: Line[];
  scales: Scale[];
}

/** The numbers of all frames on one row of times. Frames of one query share theirs, so joining is the exception. */
export function aligned(shown: readonly Shown[]): { times: number[]; columns: Map<Shown, (number | null)[]> } {
  const series = shown.filter(({ field }) => field.type === "number");
  const timeOf = (frame: Frame): Cell[] => frame.fields.find((field) => field.type === "time")?.values ?? [];
  const grids = [...new Set(series.map(({ frame }) => timeOf(frame)))].filter((grid) => grid.length > 0);
  const [first] = grids;
  const columns = new Map<Shown, (number | null)[]>();
  if (first === undefined) return { times: [], columns };
  if (grids.every((grid) => sameGrid(grid, first))) {
    for (const one of series) columns.set(one, numbers(one.field));
    return { times: first as number[], columns };
  }
  const times = [...new Set(grids.flat() as number[])].sort((a, b) => a - b);
  const places = new Map(times.map((at, index) => [at, index]));
  for (const one of series) {
    const column = new Array<number | null>(times.length).fill(null);
    const own = numbers(one.field);
    timeOf(one.frame).forEach((at, row) => {
      const place = places.get(at as number);
      if (place !== undefined) column[place] = own[row] ?? null;
    });
    columns.set(one, column);
  }
  return { times, columns };
}

function sameGrid(a: Cell[], b: Cell[]): boolean {
  return a === b || (a.length === b.length && a[0] === b[0] && a[1] === b[1] && a.at(-1) === b.at(-1));
}

/** Lines, their scales and their stacks, from fields and what their configuration says. */
export function buildChart(all: readonly Shown[], look: Look): Chart {
  const { times, columns } = aligned(all);
  const scales = new Map<string, Scale>();
  const lines = [...columns].map(([shown, values]) => lineOf(shown, values, look, scaleOf(shown, scales)));
  grey(lines, look);
  stack(lines);
  return { times, lines, scales: [...scales.values()] };
}

function lineOf(shown: Shown, values: (number | null)[], look: Look, scale: string): Line {
  const { custom } = shown.config;
  const hide = object(custom["hideFrom"]);
  const lineStyle = object(custom["lineStyle"]);
  const dash = list(lineStyle["dash"]).filter((one): one is number => typeof one === "number" && one > 0);
  const style = custom["drawStyle"] === "bars" ? "bars" : custom["drawStyle"] === "points" ? "points" : "line";
  const negated = custom["transform"] === "negative-Y";
  const stacking = object(custom["stacking"]);
  const ownDash = shown.hue !== null && shown.hue >= DASHED_FROM && style === "line" ? [6, 3] : null;
  const interpolations = ["smooth", "stepBefore", "stepAfter"] as const;
  const span = custom["spanNulls"];
  return {
    shown,
    name: shown.name,
    color: lineColor(shown, look),
    drawn: negated ? values.map((value) => (value === null ? null : -value)) : values,
    values,
    scale,
    style,
    width: style === "points" ? 0 : count(custom["lineWidth"], 1),
    fillOpacity: count(custom["fillOpacity"], style === "bars" ? 60 : 0) / 100,
    gradient: text(custom["gradientMode"], "none") !== "none",
    dash: lineStyle["fill"] === "dash" ? (dash.length > 1 ? dash : [10, 10]) : lineStyle["fill"] === "dot" ? [1, 4] : ownDash,
    points: custom["showPoints"] === "always" || style === "points",
    pointSize: count(custom["pointSize"], 5),
    interpolation: interpolations.find((one) => one === custom["lineInterpolation"]) ?? "linear",
    spanMs: span === true ? Infinity : typeof span === "number" ? span : 0,
    below: null,
    stacked: isStacked(stacking),
    hidden: flag(hide["viz"]),
    inLegend: !flag(hide["legend"]),
    negated,
  };
}

/** `group: false` is what migrated boards say for "not in the stack", whatever the mode beside it. */
function isStacked(stacking: ReturnType<typeof object>): boolean {
  return (stacking["mode"] === "normal" || stacking["mode"] === "percent") && stacking["group"] !== false;
}

function scaleOf({ config }: Shown, scales: Map<string, Scale>): string {
  const { custom } = config;
  const placement = text(custom["axisPlacement"], "auto");
  const distribution = object(custom["scaleDistribution"]);
  const log = distribution["type"] === "log" ? count(distribution["log"], 10) : 0;
  const percent = object(custom["stacking"])["mode"] === "percent" && isStacked(object(custom["stacking"]));
  const unit = percent ? "percentunit" : config.unit;
  const side = placement === "right" ? "right" : placement === "hidden" ? "hidden" : "left";
  const key = `y ${unit} ${placement === "right" ? "right" : ""} ${log}`;
  const known = scales.get(key);
  const softMin = typeof custom["axisSoftMin"] === "number" ? custom["axisSoftMin"] : null;
  const softMax = typeof custom["axisSoftMax"] === "number" ? custom["axisSoftMax"] : null;
  if (known === undefined) {
    const taken = [...scales.values()].filter((scale) => scale.side === "left").length;
    scales.set(key, {
      key,
      unit,
      decimals: config.decimals,
      min: percent ? 0 : config.min,
      max: percent ? 1 : config.max,
      softMin,
      softMax,
      log,
      side: side === "left" && placement === "auto" && taken > 0 ? "right" : side,
      label: text(custom["axisLabel"]),
    });
  } else {
    known.min ??= config.min;
    known.max ??= config.max;
    if (known.label === "") known.label = text(custom["axisLabel"]);
    if (known.side === "hidden" && side !== "hidden") known.side = side;
  }
  return key;
}

/** With very many lines the ten with the highest means keep their colours. */
function grey(lines: Line[], look: Look): void {
  if (lines.length <= COLOURED_MAX) return;
  const mean = new Map(lines.map((line) => [line, reduced("mean", line.values) ?? -Infinity]));
  const ranked = [...lines].sort((a, b) => (mean.get(b) ?? 0) - (mean.get(a) ?? 0));
  const rest = ranked.slice(COLOURED_TOP).filter((line) => line.shown.hue !== null);
  for (const line of rest) {
    line.color = REST[look];
    line.dash = null;
  }
}

/** Adds up the lines of each stack, those that point down apart from those that point up. */
function stack(lines: Line[]): void {
  const tops = new Map<string, { sums: number[]; below: number | null }>();
  const percents = new Map<string, number[]>();
  const groupOf = (line: Line): string => {
    const stacking = object(line.shown.config.custom["stacking"]);
    return `${line.scale} ${text(stacking["group"], "A")} ${text(stacking["mode"])} ${line.negated}`;
  };
  for (const line of lines) {
    if (!line.stacked || line.hidden || object(line.shown.config.custom["stacking"])["mode"] !== "percent") continue;
    const total = percents.get(groupOf(line)) ?? new Array<number>(line.values.length).fill(0);
    line.values.forEach((value, at) => (total[at] = (total[at] ?? 0) + Math.abs(value ?? 0)));
    percents.set(groupOf(line), total);
  }
  lines.forEach((line, index) => {
    if (!line.stacked || line.hidden) return;
    const key = groupOf(line);
    const top = tops.get(key) ?? { sums: new Array<number>(line.values.length).fill(0), below: null };
    const total = percents.get(key);
    line.drawn = line.drawn.map((value, at) => {
      if (value === null) return null;
      const part = total === undefined ? value : value / (total[at] || 1);
      top.sums[at] = (top.sums[at] ?? 0) + part;
      return top.sums[at];
    });
    line.below = top.below;
    top.below = index;
    tops.set(key, top);
  });
}

/** Stretches in which nothing at all was measured, as pairs of times: they are hatched. */
export function gaps(times: readonly number[], lines: readonly Pick<Line, "values">[], leastMs: number): [number, number][] {
  if (times.length < 2 || lines.length === 0) return [];
  const found: [number, number][] = [];
  let since: number | null = null;
  const step = (times[1] ?? 0) - (times[0] ?? 0);
  times.forEach((at, row) => {
    const empty = lines.every((line) => (line.values[row] ?? null) === null);
    if (empty) since ??= row;
    if (since !== null && (!empty || row === times.length - 1)) {
      const from = (times[since - 1] ?? times[since] ?? at);
      if (at - from >= Math.max(leastMs, 2 * step) && !(empty && at - from < Math.max(leastMs, 4 * step))) found.push([from, at]);
      since = null;
    }
  });
  return found;
}

