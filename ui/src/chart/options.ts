import uPlot from "uplot";
import { numberText } from "../dash/field/units";
import type { Thresholds } from "../dash/model/types";
import { colorOf, thresholdAt } from "../dash/field/colors";
import { timeAxis, valueSplits } from "./axes";
import type { Chart, Line, Scale } from "./build";
import type { ChartLook } from "./look";
import type { PlotOptions } from "./Plot";

/** A moment or a stretch that is marked on every chart of a board. */
export interface Mark {
  fromMs: number;
  toMs: number;
  color: string;
  title: string;
}

export interface Drawing {
  chart: Chart;
  look: ChartLook;
  zone: string;
  locale: string;
  /** Charts with the same key share their cursor. */
  syncKey: string;
  thresholds: { thresholds: Thresholds; mode: string; scale: string } | null;
  onZoom: (fromMs: number, toMs: number) => void;
  onCursor: (index: number | null, plot: uPlot) => void;
}

/** What is drawn under and over the lines, and changes without them. */
export interface Extras {
  marks: readonly Mark[];
  hatched: readonly [number, number][];
  /** Called after each drawing, for what lies over the chart. */
  over?: (plot: uPlot) => void;
}

const NONE: Extras = { marks: [], hatched: [] };
const extras = new WeakMap<uPlot, Extras>();

export function setExtras(plot: uPlot, of: Extras): void {
  extras.set(plot, of);
}

/** Everything about a plot that is not its numbers. */
export function plotOptions(d: Drawing): PlotOptions {
  const { chart, look } = d;
  return {
    ms: 1,
    padding: [8, chart.scales.some((scale) => scale.side === "right") ? 0 : 8, 0, 0],
    legend: { show: false },
    cursor: {
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      focus: { prox: 16 },
      sync: { key: d.syncKey, setSeries: false, filters: { pub: (type) => type === "mousemove" || type === "mouseleave" } },
    },
    focus: { alpha: 1 },
    scales: { x: { time: true }, ...Object.fromEntries(chart.scales.map((scale) => [scale.key, scaleRange(scale)])) },
    axes: [timeAxis(look, d.zone, d.locale), ...chart.scales.filter((scale) => scale.side !== "hidden").map((scale, at) => valueAxis(scale, look, at > 0))],
    series: [{}, ...chart.lines.map((line) => seriesOf(line, chart))],
    bands: bandsOf(chart),
    hooks: {
      drawClear: [(plot) => drawUnder(plot, d)],
      draw: [(plot) => drawOver(plot, d), (plot) => extras.get(plot)?.over?.(plot)],
      setCursor: [(plot) => d.onCursor(plot.cursor.idx ?? null, plot)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 8) return;
          const from = plot.posToVal(left, "x");
          const to = plot.posToVal(left + width, "x");
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          d.onZoom(from, to);
        },
      ],
    },
  };
}

/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enums exist in its types only */
const LOGARITHMIC = 3 as uPlot.Scale.Distr;
const RIGHT = 1 as uPlot.Axis.Side;
const LEFT = 3 as uPlot.Axis.Side;
/* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */

function scaleRange(scale: Scale): uPlot.Scale {
  if (scale.log > 0) return { distr: LOGARITHMIC, log: scale.log === 2 ? 2 : 10, ...(scale.min !== null && scale.max !== null && scale.min > 0 ? { range: [scale.min, scale.max] } : {}) };
  return {
    range: (_plot, dataMin, dataMax) => rangeOf(scale, dataMin, dataMax),
  };
}

/** From 0 where the values allow it, with a little air above; fixed ends stay fixed unless the other is beyond them. */
export function rangeOf(scale: Pick<Scale, "min" | "max" | "softMin" | "softMax">, dataMin: number | null, dataMax: number | null): [number, number] {
  let low = dataMin ?? scale.min ?? 0;
  let high = dataMax ?? scale.max ?? low + 1;
  if (scale.softMin !== null) low = Math.min(low, scale.softMin);
  if (scale.softMax !== null) high = Math.max(high, scale.softMax);
  if (low >= 0 && low <= 0.6 * high) low = 0;
  if (high <= 0 && high >= 0.6 * low) high = 0;
  if (low === high) {
    const by = Math.abs(low) * 0.1 || 1;
    high += by;
    if (low !== 0) low -= by;
  }
  const air = (high - low) * 0.06;
  const top = scale.max ?? (high === 0 && low < 0 ? 0 : high + air);
  const bottom = scale.min ?? (low === 0 ? 0 : low - air);
  return top > bottom ? [bottom, top] : [bottom, bottom + 1];
}

/** A unit that is a sentence must not take the chart's place. */
const AXIS_SHARE_MAX = 0.35;

const BINARY = new Set(["bytes", "kbytes", "mbytes", "gbytes", "bits", "binBps", "binbps", "KiBs", "MiBs", "GiBs"]);

function valueAxis(scale: Scale, look: ChartLook, quiet: boolean): uPlot.Axis {
  const write = (value: number): string => numberText(Object.is(value, -0) ? 0 : value, scale.unit, scale.decimals !== null && scale.decimals > 3 ? scale.decimals : null);
  return {
    scale: scale.key,
    side: scale.side === "right" ? RIGHT : LEFT,
    stroke: look.axis,
    font: look.font,
    gap: 6,
    ...(scale.label === "" ? {} : { label: scale.label, labelFont: look.font, labelSize: 18, labelGap: 0 }),
    grid: { show: !quiet, stroke: look.grid, width: 1 },
    ticks: { show: false },
    size: (plot, values) => Math.min(plot.width * AXIS_SHARE_MAX, 14 + 6.2 * Math.max(2, ...((values as string[] | null) ?? []).map((text) => text.length))),
    values: (_plot, splits) => splits.map((value) => ((value as number | null) === null ? "" : write(value))),
    ...(scale.log > 0
      ? {}
      : {
          splits: (plot: uPlot, _axis: number, min: number, max: number) =>
            valueSplits(min, max, Math.max(2, Math.floor(plot.bbox.height / devicePixelRatio / 34)), BINARY.has(scale.unit)),
        }),
  };
}

function seriesOf(line: Line, chart: Chart): uPlot.Series {
  const fill = line.fillOpacity > 0 ? alpha(line.color, line.fillOpacity) : null;
  const sparse = chart.times.length < 40;
  return {
    label: line.name,
    scale: line.scale,
    stroke: line.color,
    width: line.width,
    show: !line.hidden,
    ...(fill === null ? {} : { fill: line.gradient ? gradientFill(line) : fill }),
    ...(line.dash === null ? {} : { dash: line.dash }),
    points: {
      show: line.points || (line.style === "line" && sparse && lonely(line)),
      size: line.pointSize,
      fill: line.color,
      stroke: line.color,
    },
    spanGaps: line.spanMs === Infinity,
    ...(line.spanMs > 0 && line.spanMs !== Infinity ? { gaps: bridged(line.spanMs) } : {}),
    paths: pathsOf(line),
  };
}

/** A point that no line reaches would not be seen. */
function lonely(line: Line): boolean {
  return line.drawn.some((value, at) => value !== null && (line.drawn[at - 1] ?? null) === null && (line.drawn[at + 1] ?? null) === null);
}

function pathsOf(line: Line): uPlot.Series.PathBuilder {
  const { paths } = uPlot;
  if (line.style === "points") return () => null;
  if (line.style === "bars") return (paths.bars as uPlot.Series.BarsPathBuilderFactory)({ size: [0.7, 40], align: 0 });
  if (line.interpolation === "smooth") return (paths.spline as uPlot.Series.SplinePathBuilderFactory)();
  if (line.interpolation === "linear") return (paths.linear as uPlot.Series.LinearPathBuilderFactory)();
  return (paths.stepped as uPlot.Series.SteppedPathBuilderFactory)({ align: line.interpolation === "stepAfter" ? 1 : -1 });
}

/** Gaps shorter than `spanMs` are no gaps. */
function bridged(spanMs: number): uPlot.Series.GapsRefiner {
  return (plot, _series, _from, _to, nullGaps) =>
    nullGaps.filter(([from, to]) => plot.posToVal(to / devicePixelRatio, "x") - plot.posToVal(from / devicePixelRatio, "x") > spanMs);
}

function gradientFill(line: Line): uPlot.Series.Fill {
  return (plot) => {
    const { top, height } = plot.bbox;
    const fill = plot.ctx.createLinearGradient(0, top, 0, top + height);
    fill.addColorStop(0, alpha(line.color, Math.min(1, line.fillOpacity * 1.4)));
    fill.addColorStop(1, alpha(line.color, line.fillOpacity * 0.15));
    return fill;
  };
}

export function alpha(color: string, opacity: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (hex === undefined) return color;
  const channel = Math.round(Math.min(1, Math.max(0, opacity)) * 255);
  return `#${hex}${channel.toString(16).padStart(2, "0")}`;
}

function bandsOf(chart: Chart): uPlot.Band[] {
  const bands: uPlot.Band[] = [];
  chart.lines.forEach((line, at) => {
    if (line.below !== null && line.fillOpacity > 0) bands.push({ series: [at + 1, line.below + 1], fill: alpha(line.color, line.fillOpacity), ...(line.negated ? { dir: 1 } : {}) });
    const to = line.shown.config.custom["fillBelowTo"];
    const other = typeof to === "string" ? chart.lines.findIndex(({ name }) => name === to) : -1;
    if (other >= 0) bands.push({ series: [at + 1, other + 1], fill: alpha(line.color, line.fillOpacity || 0.13) });
  });
  return bands;
}

function drawUnder(plot: uPlot, d: Drawing): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [from, to] of (extras.get(plot) ?? NONE).hatched) hatch(plot, plot.valToPos(from, "x", true), plot.valToPos(to, "x", true), d.look.hatch);
  if (d.thresholds !== null && d.thresholds.mode.includes("area")) thresholdAreas(plot, d);
  ctx.restore();
}

/** Hatch at 135 degrees: what was not measured. */
function hatch(plot: uPlot, left: number, right: number, color: string): void {
  const { ctx, bbox } = plot;
  const from = Math.max(bbox.left, left);
  const to = Math.min(bbox.left + bbox.width, right);
  if (to - from < 2) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, bbox.top, to - from, bbox.height);
  ctx.clip();
  ctx.beginPath();
  ctx.strokeStyle = alpha(color, 0.5);
  ctx.setLineDash([]);
  ctx.lineWidth = devicePixelRatio;
  const step = 6 * devicePixelRatio;
  for (let x = from - bbox.height; x < to; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

function thresholdAreas(plot: uPlot, d: Drawing): void {
  if (d.thresholds === null) return;
  const { thresholds, scale } = d.thresholds;
  const { min, max } = plot.scales[scale] ?? {};
  if (min == null || max == null) return;
  const { ctx, bbox } = plot;
  thresholds.steps.forEach((step, at) => {
    if (step.color === "transparent" || (at === 0 && step.color === "green")) return;
    const from = thresholdAt(thresholds, step.value, min, max);
    const next = thresholds.steps[at + 1];
    const to = next === undefined ? max : thresholdAt(thresholds, next.value, min, max);
    const top = plot.valToPos(Math.min(to, max), scale, true);
    const bottom = plot.valToPos(Math.max(from, min), scale, true);
    if (bottom <= top) return;
    ctx.fillStyle = alpha(colorOf(step.color, d.look.look), 0.1);
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  });
}

function drawOver(plot: uPlot, d: Drawing): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (d.thresholds !== null && (d.thresholds.mode.includes("line") || d.thresholds.mode.includes("dashed"))) thresholdLines(plot, d);
  for (const mark of (extras.get(plot) ?? NONE).marks) drawMark(plot, mark, d.look);
  ctx.restore();
}

function thresholdLines(plot: uPlot, d: Drawing): void {
  if (d.thresholds === null) return;
  const { thresholds, scale } = d.thresholds;
  const { min, max } = plot.scales[scale] ?? {};
  if (min == null || max == null) return;
  const { ctx, bbox } = plot;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.lineWidth = 1.25 * devicePixelRatio;
  for (const step of thresholds.steps) {
    if (step.value === null || step.color === "transparent") continue;
    const at = thresholdAt(thresholds, step.value, min, max);
    if (at < min || at > max) continue;
    const y = Math.round(plot.valToPos(at, scale, true));
    ctx.strokeStyle = colorOf(step.color, d.look.look);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawMark(plot: uPlot, mark: Mark, look: ChartLook): void {
  const { ctx, bbox } = plot;
  const from = Math.round(plot.valToPos(mark.fromMs, "x", true));
  const to = Math.round(plot.valToPos(mark.toMs, "x", true));
  if (to < bbox.left || from > bbox.left + bbox.width) return;
  const color = mark.color === "" ? look.axis : colorOf(mark.color, look.look);
  if (to - from > 2) {
    ctx.fillStyle = alpha(color, 0.12);
    ctx.fillRect(from, bbox.top, to - from, bbox.height);
  }
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const x of to - from > 2 ? [from, to] : [from]) {
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}
