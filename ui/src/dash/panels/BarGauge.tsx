import { useMemo } from "react";
import { useChartLook } from "../../chart/useChartLook";
import { colorOf, gradient, share } from "../field/colors";
import { text } from "../model/json";
import { figures, type Figure } from "./reduceShown";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";
import type { Look } from "../field/colors";

/** A bar a figure, from the least to the greatest of all of them. */
export function BarGaugePanel({ panel, data, height }: PanelViewProps) {
  const { look } = useChartLook();
  const all = useMemo(() => figures(data.shown, panel.options, look), [data.shown, panel.options, look]);
  if (all.length === 0) return <Nothing panel={panel} />;
  const numbers = all.flatMap(({ displayed }) => (displayed.number === null ? [] : [displayed.number]));
  const min = panel.defaults.min ?? Math.min(0, ...numbers);
  const max = panel.defaults.max ?? Math.max(...numbers, min + 1e-9);
  const upright = text(panel.options["orientation"], "auto") === "vertical";
  const mode = text(panel.options["displayMode"], "gradient");
  const row = Math.max(24, Math.min(56, (height - 4) / all.length));
  return (
    <div className={upright ? "bars upright" : "bars"} tabIndex={0} role="group" aria-label={panel.title}>
      {all.map((figure, at) => (
        <Bar key={at} figure={figure} min={figure.shown.config.min ?? min} max={figure.shown.config.max ?? max} upright={upright} mode={mode} size={row} look={look} named={all.length > 1 || figure.name !== panel.title} />
      ))}
    </div>
  );
}

interface BarProps {
  figure: Figure;
  min: number;
  max: number;
  upright: boolean;
  mode: string;
  size: number;
  look: Look;
  named: boolean;
}

function Bar({ figure, min, max, upright, mode, size, look, named }: BarProps) {
  const { displayed, name, shown } = figure;
  const part = displayed.number === null ? 0 : share(displayed.number, min, max);
  const color = displayed.color ?? "var(--text-1)";
  const colors = shown.config.thresholds.steps.map((step) => colorOf(step.color, look)).filter((one) => one.startsWith("#"));
  const toward = upright ? "to top" : "to right";
  const fill = mode === "gradient" && colors.length > 1 ? `linear-gradient(${toward}, ${gradient(colors, 0)}, ${color})` : color;
  const extent = `${(part * 100).toFixed(2)}%`;
  return (
    <div className="bar-row" style={upright ? {} : { height: size }}>
      {named ? (
        <span className="bar-name" title={name}>
          {name}
        </span>
      ) : null}
      <span className={displayed.number === null ? "bar-track none" : "bar-track"}>
        <span className={mode === "lcd" ? "bar-fill lcd" : "bar-fill"} style={upright ? { height: extent, background: fill } : { width: extent, background: fill }} />
      </span>
      <span className="bar-value num" style={displayed.color === null ? {} : { color: displayed.color }}>
        {displayed.text}
      </span>
    </div>
  );
}
