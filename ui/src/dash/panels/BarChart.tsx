import { useMemo } from "react";
import { useChartLook } from "../../chart/useChartLook";
import { useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { useWords } from "../../i18n";
import { numbers } from "../data/frames";
import { lineColor, valueColor, type Shown } from "../field/resolve";
import { byValue } from "../field/colors";
import { numberText } from "../field/units";
import { object, text } from "../model/json";
import { legendOf } from "./TimeSeries";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

/** More bars than this are thinner than a pixel. */
const BARS_MAX = 400;
/** Each is an element of the page: more would make it slow, and could not be told apart. */
const CELLS_MAX = 4_000;
const NAMED_MAX = 100;
const TITLED_MAX = 30;

/** Groups of bars, one group a row: named by the first column of text or by its time. */
export function BarChartPanel({ panel, data, width, height }: PanelViewProps) {
  const { language, t, number } = useWords();
  const { look } = useChartLook();
  const zone = useZone();
  const words = timeWords(language, zone);
  const model = useMemo(() => barModel(data.shown, text(panel.options["xField"]), words.moment), [data.shown, panel.options, words]);
  if (model.rows === 0) return <Nothing panel={panel} />;
  const upright = text(panel.options["orientation"], "auto") !== "horizontal";
  const stacked = text(panel.options["stacking"], "none") !== "none";
  const percent = panel.options["stacking"] === "percent";
  const totals = Array.from({ length: model.rows }, (_, row) => model.values.reduce((sum, one) => sum + Math.max(0, numbers(one.field)[row] ?? 0), 0));
  const most = percent ? 1 : (panel.defaults.max ?? highest(stacked ? [totals] : model.values.map((one) => numbers(one.field))));
  const legend = legendOf(panel.options, width, height);
  return (
    <div className={upright ? "bar-chart upright" : "bar-chart"} tabIndex={0} role="group" aria-label={t("dash.chart.label", { title: panel.title, n: model.values.length })}>
      <div className="bar-groups">
        {model.names.map((name, row) => (
          <div key={row} className="bar-group" title={groupTitle(name, model.values, row)}>
            <div className={stacked ? "bar-set stacked" : "bar-set"}>
              {model.values.map((shown, at) => {
                const value = numbers(shown.field)[row] ?? null;
                const part = value === null ? 0 : Math.min(1, Math.max(0, percent ? value / (totals[row] || 1) : value / most));
                const color = byValue(shown.config.color) ? valueColor(shown, value, look) : lineColor(shown, look);
                const extent = `${(part * 100).toFixed(2)}%`;
                return <i key={at} className={value === null ? "none" : undefined} style={upright ? { height: extent, background: color } : { width: extent, background: color }} />;
              })}
            </div>
            <span className="bar-label">{name}</span>
            {upright ? null : <span className="num">{model.values.map((one) => numberText(numbers(one.field)[row] ?? null, one.config.unit, one.config.decimals)).join(" / ")}</span>}
          </div>
        ))}
      </div>
      {model.leftOut > 0 ? <p className="xs t3">{t("dash.drawn", { shown: number(model.values.length), total: number(model.values.length + model.leftOut) })}</p> : null}
      {legend.mode === "hidden" || model.values.length < 2 ? null : (
        <ul className="legend list bottom">
          {model.values.slice(0, NAMED_MAX).map((shown, at) => (
            <li key={at} className="series">
              <svg className="swatch" viewBox="0 0 12 8" aria-hidden="true">
                <rect x="2" width="8" height="8" rx="1" fill={lineColor(shown, look)} />
              </svg>
              <span className="series-name">{shown.name}</span>
            </li>
          ))}
          {model.values.length > NAMED_MAX ? <li className="t3">{t("dash.legend.more", { n: model.values.length - NAMED_MAX })}</li> : null}
        </ul>
      )}
    </div>
  );
}

function highest(columns: readonly (readonly (number | null)[])[]): number {
  return columns.reduce((most, column) => column.reduce<number>((sofar, value) => Math.max(sofar, value ?? 0), most), 1e-9);
}

function groupTitle(name: string, values: readonly Shown[], row: number): string {
  return [name, ...values.slice(0, TITLED_MAX).map((one) => `${one.name}: ${numberText(numbers(one.field)[row] ?? null, one.config.unit, one.config.decimals)}`)].join("\n");
}

interface BarModel {
  names: string[];
  values: Shown[];
  rows: number;
  /** Series that are not drawn. */
  leftOut: number;
}

/** A table as it is; series of one value each as one row per series; series over time as a row per moment. */
function barModel(all: readonly Shown[], xField: string, moment: (ms: number) => string): BarModel {
  const numeric = all.filter(({ field }) => field.type === "number");
  const [first] = numeric;
  if (first === undefined) return { names: [], values: [], rows: 0, leftOut: 0 };
  if (numeric.length > 1 && numeric.every(({ frame }) => frame.kind === "series" && frame.length === 1)) {
    const values = numeric.map(({ field }) => field.values[0] ?? null);
    return { names: numeric.map(({ name }) => name), values: [{ ...first, field: { ...first.field, values } }], rows: Math.min(BARS_MAX, values.length), leftOut: 0 };
  }
  const own = all.filter(({ frame }) => frame === first.frame);
  const label = own.find(({ name }) => name === xField) ?? own.find(({ field }) => field.type === "string") ?? own.find(({ field }) => field.type === "time");
  const rows = Math.min(BARS_MAX, first.field.values.length);
  const values = label !== undefined && label.field.type !== "time" ? own.filter(({ field }) => field.type === "number" && field !== label.field) : numeric;
  const names = Array.from({ length: rows }, (_, row) => {
    const cell = label?.field.values[row] ?? null;
    return label?.field.type === "time" && typeof cell === "number" ? moment(cell) : String(cell ?? "");
  });
  const wanted = values.filter(({ config }) => object(config.custom["hideFrom"])["viz"] !== true);
  const drawn = wanted.slice(0, Math.max(1, Math.floor(CELLS_MAX / Math.max(1, rows))));
  return { names, values: drawn, rows, leftOut: wanted.length - drawn.length };
}
