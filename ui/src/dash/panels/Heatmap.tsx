import { useEffect, useMemo, useRef, useState } from "react";
import { chooseWindow, useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { gaps } from "../../chart/build";
import { labelFits, timeLabels, timeSplits } from "../../chart/axes";
import { useChartLook } from "../../chart/useChartLook";
import { localeOf, useWords } from "../../i18n";
import { exemplarText } from "../../chart/TimeChart";
import type { Exemplar } from "../data/exemplars";
import { numbers } from "../data/frames";
import { gradient } from "../field/colors";
import type { Shown } from "../field/resolve";
import { numberText } from "../field/units";
import { flag, object, text } from "../model/json";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

interface Grid {
  times: number[];
  /** Upper bounds, or names, lowest first. */
  rows: { name: string; bound: number; values: (number | null)[] }[];
  max: number;
}

const SCHEMES: Record<"dark" | "light", readonly string[]> = {
  dark: ["#16233b", "#27508f", "#4f9dff", "#c9e8ff"],
  light: ["#dbe8fb", "#8fb8f3", "#2f80e8", "#123a7d"],
};
const MARGIN = { left: 64, bottom: 20, top: 4, right: 4 };
const CALCULATED_ROWS = 20;

/** Buckets over time: the more often, the brighter. Series with `le` are histogram buckets; others are counted into rows. */
export function HeatmapPanel({ panel, data, width, height }: PanelViewProps) {
  const { t, language } = useWords();
  const chartLook = useChartLook();
  const zone = useZone();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<{ row: number; column: number; left: number; top: number } | null>(null);
  const calculate = flag(panel.options["calculate"]) || !data.shown.some(({ field, frame }) => frame.kind === "heatmap" || field.labels["le"] !== undefined);
  const unit = text(object(panel.options["yAxis"])["unit"], panel.defaults.unit);
  const grid = useMemo(() => (calculate && data.frames[0]?.kind !== "heatmap" ? countedGrid(data.shown) : bucketGrid(data.shown, unit)), [calculate, data.shown, data.frames, unit]);
  const { fromMs, toMs } = data.window;
  const words = timeWords(language, zone);
  const unmeasured = useMemo(() => gaps(grid.times, grid.rows, 4 * data.scrapeMs), [grid, data.scrapeMs]);
  const stops = SCHEMES[chartLook.look];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context == null || canvas.current === null) return;
    const ratio = devicePixelRatio;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, grid, { width, height, fromMs, toMs, stops, none: chartLook.grid });
  }, [grid, width, height, fromMs, toMs, stops, chartLook]);
  if (grid.rows.length === 0) return <Nothing panel={panel} />;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const x = (ms: number): number => ((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * inner.width;
  const rowHeight = inner.height / grid.rows.length;
  const every = Math.max(1, Math.ceil(16 / rowHeight));
  const step = (grid.times[1] ?? 0) - (grid.times[0] ?? 0);
  const value = at === null ? null : (grid.rows[at.row]?.values[at.column] ?? null);
  const moment = grid.times[at?.column ?? -1];
  const splits = timeSplits(fromMs, toMs, Math.max(2, Math.floor(inner.width / 90)), zone);
  const labels = timeLabels(splits, zone, localeOf(language));
  return (
    <div
      className="heatmap"
      onPointerLeave={() => setAt(null)}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const [left, top] = [event.clientX - box.left, event.clientY - box.top];
        const time = fromMs + ((left - MARGIN.left) / inner.width) * (toMs - fromMs);
        const row = grid.rows.length - 1 - Math.floor((top - MARGIN.top) / rowHeight);
        const column = Math.round((time - (grid.times[0] ?? 0)) / (step || 1));
        setAt(row < 0 || row >= grid.rows.length || grid.times[column] === undefined ? null : { row, column, left, top });
      }}
      onDoubleClick={() => moment !== undefined && chooseWindow({ fromMs: moment - 10 * step, toMs: moment + 10 * step })}
    >
      {unmeasured.map(([from, to]) => (
        <i key={from} className="heat-none" style={{ left: MARGIN.left + x(from), width: x(to) - x(from), top: MARGIN.top, height: inner.height }} />
      ))}
      <canvas ref={canvas} style={{ width, height }} role="img" aria-label={t("dash.chart.label", { title: panel.title, n: grid.rows.length })} />
      {grid.rows.map(({ name }, row) =>
        row % every === 0 ? (
          <span key={row} className="heat-row" style={{ top: MARGIN.top + inner.height - (row + 0.5) * rowHeight, width: MARGIN.left - 6 }}>
            {name}
          </span>
        ) : null,
      )}
      {splits.map((ms, index) =>
        labelFits(x(ms), inner.width) ? (
          <span key={ms} className="heat-time" style={{ left: MARGIN.left + x(ms) }}>
            {labels[index]}
          </span>
        ) : null,
      )}
      {dotsOf(grid, data.exemplars, { fromMs, toMs, inner }).map(({ one, left, top }, index) => (
        <a key={index} className="exemplar" tabIndex={-1} href={one.url ?? undefined} title={exemplarText(one, words.moment(one.atMs), unit)} style={{ transform: `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) rotate(45deg)` }} />
      ))}
      {at === null || moment === undefined ? null : (
        <div className="tooltip" style={at.left > width / 2 ? { right: width - at.left + 12, top: at.top } : { left: at.left + 12, top: at.top }} aria-hidden="true">
          <p className="timecode">{words.moment(moment)}</p>
          <p>
            {grid.rows[at.row]?.name}: <b className="tn">{value === null ? t("dash.noData") : numberText(value, "short", null)}</b>
          </p>
        </div>
      )}
    </div>
  );
}

/** In the row of the bucket that counted it; rows that are no buckets have none. */
function dotsOf(grid: Grid, exemplars: readonly Exemplar[], { fromMs, toMs, inner }: { fromMs: number; toMs: number; inner: { width: number; height: number } }): { one: Exemplar; left: number; top: number }[] {
  return exemplars.flatMap((one) => {
    const row = grid.rows.findIndex(({ bound }) => one.value <= bound);
    if (row < 0 || one.atMs < fromMs || one.atMs > toMs) return [];
    const left = MARGIN.left + ((one.atMs - fromMs) / (toMs - fromMs)) * inner.width;
    return [{ one, left, top: MARGIN.top + inner.height * (1 - (row + 0.5) / grid.rows.length) }];
  });
}

function draw(context: CanvasRenderingContext2D, grid: Grid, place: { width: number; height: number; fromMs: number; toMs: number; stops: readonly string[]; none: string }): void {
  const { width, height, fromMs, toMs, stops, none } = place;
  context.clearRect(0, 0, width, height);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const step = (grid.times[1] ?? toMs) - (grid.times[0] ?? fromMs);
  const cell = (step / (toMs - fromMs)) * inner.width;
  const rowHeight = inner.height / Math.max(1, grid.rows.length);
  grid.rows.forEach(({ values }, row) => {
    const y = MARGIN.top + inner.height - (row + 1) * rowHeight;
    values.forEach((value, column) => {
      if (value === null) return;
      const x = MARGIN.left + (((grid.times[column] ?? 0) - step / 2 - fromMs) / (toMs - fromMs)) * inner.width;
      const left = Math.max(MARGIN.left, x);
      const right = Math.min(width - MARGIN.right, x + cell);
      if (right <= left) return;
      context.fillStyle = value <= 0 ? none : gradient(stops, Math.sqrt(value / (grid.max || 1)));
      context.fillRect(left, y, Math.max(1, right - left - (cell > 4 ? 1 : 0)), Math.max(1, rowHeight - (rowHeight > 4 ? 1 : 0)));
    });
  });
}

function bucketGrid(all: readonly Shown[], unit: string): Grid {
  const numeric = all.filter(({ field }) => field.type === "number");
  const times = (numeric[0]?.frame.fields.find(({ type }) => type === "time")?.values ?? []) as number[];
  const bound = (shown: Shown): number => {
    const le = shown.field.labels["le"] ?? shown.name;
    return le === "+Inf" ? Infinity : Number(le);
  };
  const sorted = [...numeric];
  if (numeric.every((shown) => !Number.isNaN(bound(shown)))) sorted.sort((a, b) => bound(a) - bound(b));
  const rows = sorted.map((shown) => {
    const at = bound(shown);
    return { name: Number.isNaN(at) ? shown.name : at === Infinity ? "+Inf" : numberText(at, unit, null), bound: at, values: numbers(shown.field) };
  });
  return { times, rows, max: most(rows) };
}

/** Counts in how many series the value lies in each of twenty rows between the least and the greatest. */
function countedGrid(all: readonly Shown[]): Grid {
  const numeric = all.filter(({ field }) => field.type === "number");
  const times = (numeric[0]?.frame.fields.find(({ type }) => type === "time")?.values ?? []) as number[];
  const columns = numeric.map(({ field }) => numbers(field));
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    for (const value of column) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return { times, rows: [], max: 0 };
  const size = (high - low) / CALCULATED_ROWS || 1;
  const rows = Array.from({ length: CALCULATED_ROWS }, (_, row) => ({
    name: numberText(low + row * size, numeric[0]?.config.unit ?? "short", null),
    bound: low + (row + 1) * size,
    values: times.map(() => 0),
  }));
  for (const column of columns) {
    column.forEach((value, at) => {
      if (value === null) return;
      const row = rows[Math.min(CALCULATED_ROWS - 1, Math.floor((value - low) / size))];
      if (row !== undefined) row.values[at] = (row.values[at] ?? 0) + 1;
    });
  }
  return { times, rows, max: most(rows) };
}

function most(rows: Grid["rows"]): number {
  return rows.reduce((max, { values }) => values.reduce<number>((sofar, value) => Math.max(sofar, value ?? 0), max), 0);
}
