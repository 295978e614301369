import { useCallback, useMemo, useState, type CSSProperties } from "react";
import type uPlot from "uplot";
import { chooseWindow } from "../app/time/store";
import { timeWords } from "../app/time/words";
import type { Exemplar } from "../dash/data/exemplars";
import { numberText } from "../dash/field/units";
import type { Thresholds } from "../dash/model/types";
import { localeOf, useWords } from "../i18n";
import { placeDots } from "./dots";
import { gaps, type Chart, type Line } from "./build";
import { Legend, Swatch, type LegendOptions } from "./Legend";
import { useChartLook } from "./useChartLook";
import { plotOptions, type Extras, type Mark } from "./options";
import { Plot } from "./Plot";

export interface TimeChartProps {
  chart: Chart;
  label: string;
  window: { fromMs: number; toMs: number };
  zone: string;
  /** Charts with the same key share their cursor. */
  syncKey: string;
  legend: LegendOptions;
  tooltip: "multi" | "single" | "none";
  tooltipSort: "none" | "asc" | "desc";
  thresholds?: { thresholds: Thresholds; mode: string };
  marks?: readonly Mark[];
  /** Single measurements, each with its trace. */
  exemplars?: readonly Exemplar[];
  /** Shorter stretches without data are not hatched, ms. */
  gapMs?: number;
}

const NONE: readonly Exemplar[] = [];

/** Lines over time with a legend, a shared cursor, and a zoom by dragging. Explore and boards draw with it. */
export function TimeChart(props: TimeChartProps) {
  const { chart: whole, zone, syncKey } = props;
  const { language } = useWords();
  const look = useChartLook();
  const [only, setOnly] = useState<ReadonlySet<string>>(new Set());
  const chart = useMemo(() => shownAlone(whole, only), [whole, only]);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const hatched = useMemo(() => gaps(chart.times, chart.lines, props.gapMs ?? 60_000), [chart, props.gapMs]);
  const { exemplars = NONE } = props;
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const scale = whole.scales[0]?.key;
  const unit = whole.lines[0]?.shown.config.unit ?? "short";
  const extras = useMemo((): Extras => {
    const basic = { hatched, marks: props.marks ?? [] };
    if (layer === null) return basic;
    const title = (one: Exemplar): string => exemplarText(one, timeWords(language, zone).moment(one.atMs), unit);
    return { ...basic, over: (plot) => placeDots(layer, dotsOf(plot, exemplars, scale, title)) };
  }, [hatched, props.marks, layer, exemplars, scale, unit, language, zone]);
  const shape = useMemo(() => shapeOf(chart), [chart]);
  // The plot is made anew only when its shape changes; numbers alone are put into the one there is.
  const options = useMemo(
    () =>
      plotOptions({
        chart,
        look,
        zone,
        locale: localeOf(language),
        syncKey,
        thresholds: props.thresholds === undefined || chart.scales[0] === undefined ? null : { ...props.thresholds, scale: chart.scales[0].key },
        onZoom: (fromMs, toMs) => chooseWindow({ fromMs, toMs }),
        onCursor: (index, at) => setCursor(index === null || !hovered(at) ? null : place(at, index)),
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `chart` is compared by its shape
    [shape, look, zone, language, syncKey, props.thresholds],
  );
  const data = useMemo((): uPlot.AlignedData => [chart.times, ...chart.lines.map((line) => line.drawn)], [chart]);
  const toggle = useCallback((name: string, add: boolean) => setOnly((now) => toggled(now, name, add)), []);
  return (
    <div className={`time-chart legend-${props.legend.mode === "hidden" ? "none" : props.legend.placement}`}>
      <div className="plot-place" onPointerLeave={() => setCursor(null)}>
        <Plot options={options} data={data} label={props.label} window={props.window} extras={extras} />
        {exemplars.length === 0 ? null : <div className="exemplars" ref={setLayer} />}
        {cursor === null || props.tooltip === "none" ? null : (
          <Tooltip cursor={cursor} chart={chart} zone={zone} single={props.tooltip === "single"} sort={props.tooltipSort} />
        )}
      </div>
      <Legend lines={whole.lines} options={props.legend} only={only} toggle={toggle} />
    </div>
  );
}

/** At its time and value; one beyond the axis stands at its end. */
function dotsOf(plot: uPlot, exemplars: readonly Exemplar[], scale: string | undefined, title: (one: Exemplar) => string): Parameters<typeof placeDots>[1] {
  const { min, max } = plot.scales["x"] ?? {};
  if (scale === undefined || min == null || max == null) return [];
  const { offsetLeft, offsetTop, clientHeight } = plot.over;
  return exemplars
    .filter(({ atMs }) => atMs >= min && atMs <= max)
    .map((one) => ({
      left: offsetLeft + plot.valToPos(one.atMs, "x"),
      top: offsetTop + Math.min(clientHeight, Math.max(0, plot.valToPos(one.value, scale))),
      url: one.url,
      title: title(one),
    }));
}

/** What a dot says: its value, its time, its labels. */
export function exemplarText({ value, labels }: Exemplar, moment: string, unit: string): string {
  return [`${numberText(value, unit, null)}, ${moment}`, ...Object.entries(labels).map(([name, text]) => `${name}: ${text}`)].join("\n");
}

interface Cursor {
  index: number;
  left: number;
  top: number;
  width: number;
  y: number;
}

function hovered(plot: uPlot): boolean {
  return plot.over.matches(":hover");
}

function place(plot: uPlot, index: number): Cursor {
  const box = plot.over.getBoundingClientRect();
  const root = plot.root.getBoundingClientRect();
  return {
    index,
    left: box.left - root.left + (plot.cursor.left ?? 0),
    top: box.top - root.top,
    width: root.width,
    y: plot.cursor.top ?? 0,
  };
}

/** What a plot must be made anew for: its lines and how they look, its scales; not its numbers. */
function shapeOf(chart: Chart): string {
  const lines = chart.lines.map(({ name, color, scale, style, width, fillOpacity, gradient, dash, points, pointSize, interpolation, spanMs, below, hidden, negated }) => [
    name, color, scale, style, width, fillOpacity, gradient, dash, points, pointSize, interpolation, spanMs, below, hidden, negated,
  ]);
  return JSON.stringify([lines, chart.scales]);
}

function shownAlone(chart: Chart, only: ReadonlySet<string>): Chart {
  if (only.size === 0 || !chart.lines.some((line) => only.has(line.name))) return chart;
  return { ...chart, lines: chart.lines.map((line) => ({ ...line, below: null, drawn: only.has(line.name) ? (line.stacked ? line.values : line.drawn) : [], hidden: line.hidden || !only.has(line.name) })) };
}

function toggled(now: ReadonlySet<string>, name: string, add: boolean): ReadonlySet<string> {
  if (!add) return now.size === 1 && now.has(name) ? new Set() : new Set([name]);
  const next = new Set(now);
  if (!next.delete(name)) next.add(name);
  return next;
}

const ROWS_MAX = 12;

/** The values at the cursor, beside it and never under it. */
function Tooltip({ cursor, chart, zone, single, sort }: { cursor: Cursor; chart: Chart; zone: string; single: boolean; sort: "none" | "asc" | "desc" }) {
  const { t, language } = useWords();
  const at = chart.times[cursor.index];
  if (at === undefined) return null;
  const rows = rowsAt(chart, cursor.index, sort);
  const shown = single ? rows.slice(0, 1) : rows.slice(0, ROWS_MAX);
  const onLeft = cursor.left > cursor.width / 2;
  const style: CSSProperties = onLeft ? { right: cursor.width - cursor.left + 12, top: cursor.top } : { left: cursor.left + 12, top: cursor.top };
  return (
    <div className="tooltip" style={style} aria-hidden="true">
      <p className="timecode">{timeWords(language, zone).moment(at)}</p>
      <table>
        <tbody>
          {shown.map(({ line, value }, row) => (
            <tr key={row}>
              <td>
                <Swatch line={line} />
              </td>
              <td className="series-name">{line.name}</td>
              <td className="num">{numberText(value, line.shown.config.unit, line.shown.config.decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="t3">{t("dash.noData")}</p> : null}
      {!single && rows.length > shown.length ? <p className="t3 xs">{t("dash.legend.more", { n: rows.length - shown.length })}</p> : null}
    </div>
  );
}

function rowsAt(chart: Chart, index: number, sort: "none" | "asc" | "desc"): { line: Line; value: number }[] {
  const rows = chart.lines.flatMap((line) => {
    const value = line.values[index];
    const quiet = line.hidden || line.shown.config.custom["hideFrom"] === null;
    return value == null || quiet ? [] : [{ line, value }];
  });
  const order = sort === "none" && rows.length > ROWS_MAX ? "desc" : sort;
  if (order === "none") return rows;
  return rows.sort((a, b) => (order === "asc" ? a.value - b.value : b.value - a.value));
}
