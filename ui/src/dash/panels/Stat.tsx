import { useMemo, type CSSProperties } from "react";
import { inkOn } from "../field/colors";
import { useChartLook } from "../../chart/useChartLook";
import { writeNumber } from "../field/units";
import { text } from "../model/json";
import { figures, type Figure } from "./reduceShown";
import type { PanelViewProps } from "./kinds";
import { Nothing } from "./Nothing";

/** Figures, each with its name, and how it went behind it. */
export function StatPanel({ panel, data, width, height }: PanelViewProps) {
  const { look } = useChartLook();
  const all = useMemo(() => figures(data.shown, panel.options, look), [data.shown, panel.options, look]);
  const { options } = panel;
  if (all.length === 0) return <Nothing panel={panel} />;
  const across = columnsOf(all.length, width, height, text(options["orientation"], "auto"));
  const cell = { width: width / across, height: height / Math.ceil(all.length / across) };
  const named = text(options["textMode"], "auto");
  const withName = named === "name" || named === "value_and_name" || (named === "auto" && all.length > 1);
  return (
    <div className="stats" style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}>
      {all.map((figure, at) => (
        <StatCell key={at} figure={figure} panel={panel} size={cell} withName={withName} />
      ))}
    </div>
  );
}

/** As near to the shape of a figure as the panel allows. */
export function columnsOf(many: number, width: number, height: number, orientation: string): number {
  if (orientation === "horizontal") return 1;
  if (orientation === "vertical") return many;
  let best = 1;
  let most = 0;
  for (let across = 1; across <= many; across++) {
    const size = Math.min(width / across / 2.4, height / Math.ceil(many / across));
    if (size > most * 1.05) [best, most] = [across, size];
  }
  return best;
}

function StatCell({ figure, panel, size, withName }: { figure: Figure; panel: PanelViewProps["panel"]; size: { width: number; height: number }; withName: boolean }) {
  const { options } = panel;
  const { displayed, name, history } = figure;
  const mode = text(options["colorMode"], "value");
  const color = displayed.color ?? "var(--text-1)";
  const plainInk = figure.displayed.color === null || mode === "none";
  const background = mode === "background" || mode === "background_solid";
  const style: CSSProperties = background ? { background: color, color: inkOn(color) } : plainInk ? {} : { color };
  const spark = text(options["graphMode"], "area") === "area" && history.length > 2 && size.height > 56;
  const font = fontSize(displayed.text, size, withName);
  return (
    <div className={background ? "stat filled" : "stat"} style={style}>
      {withName ? <span className="stat-name">{name}</span> : null}
      <span className="stat-value" style={{ fontSize: font }}>
        {text(options["textMode"]) === "name" ? name : <Value figure={figure} />}
      </span>
      {spark ? <Sparkline values={history} color={background ? "currentColor" : color} /> : null}
    </div>
  );
}

/** A number with its unit smaller than itself. */
function Value({ figure }: { figure: Figure }) {
  const { displayed, shown } = figure;
  const { number } = displayed;
  if (number === null || shown.field.type === "string") return displayed.text;
  const { prefix, text: value, suffix } = writeNumber(number, shown.config.unit, shown.config.decimals);
  if (prefix + value + suffix !== displayed.text) return displayed.text; // mapped
  return (
    <>
      {prefix}
      {value}
      {suffix === "" ? null : <span className="unit">{suffix}</span>}
    </>
  );
}

function fontSize(value: string, { width, height }: { width: number; height: number }, withName: boolean): number {
  const byWidth = (width - 16) / Math.max(3, value.length * 0.6);
  const byHeight = (height - (withName ? 22 : 6)) * 0.56;
  return Math.round(Math.max(14, Math.min(44, byWidth, byHeight)));
}

const SPARK = { width: 200, height: 40 };

export function Sparkline({ values, color }: { values: readonly (number | null)[]; color: string }) {
  const present = values.filter((value): value is number => value !== null);
  if (present.length < 2) return null;
  const low = Math.min(...present);
  const span = Math.max(...present) - low || 1;
  const point = (value: number, at: number): string =>
    `${((at / (values.length - 1)) * SPARK.width).toFixed(1)} ${(SPARK.height - 2 - ((value - low) / span) * (SPARK.height - 6)).toFixed(1)}`;
  let path = "";
  let open = false;
  values.forEach((value, at) => {
    if (value === null) {
      open = false;
      return;
    }
    path += `${open ? "L" : "M"}${point(value, at)}`;
    open = true;
  });
  return (
    <svg className="spark" viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="none" stroke={color} strokeWidth="1.25" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
