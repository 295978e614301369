import { useMemo } from "react";
import { useChartLook } from "../../chart/useChartLook";
import { colorOf, share, thresholdAt } from "../field/colors";
import { flag, object } from "../model/json";
import type { Look } from "../field/colors";
import { figures, type Figure } from "./reduceShown";
import { Nothing } from "./Nothing";
import { columnsOf } from "./Stat";
import type { PanelViewProps } from "./kinds";

/** As many as fit the dial; the whole text is its label. */
const DIAL_CHARS_MAX = 22;

/** A figure on an arc from its least to its greatest, with its thresholds outside. */
export function GaugePanel({ panel, data, width, height }: PanelViewProps) {
  const { look } = useChartLook();
  const all = useMemo(() => figures(data.shown, panel.options, look), [data.shown, panel.options, look]);
  if (all.length === 0) return <Nothing panel={panel} />;
  const across = columnsOf(all.length, width * 1.6, height, "auto");
  const markers = flag(panel.options["showThresholdMarkers"], true);
  const withName = all.length > 1 && object(panel.options["reduceOptions"])["values"] !== undefined;
  return (
    <div className="stats" style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}>
      {all.map((figure, at) => (
        <div key={at} className="gauge">
          <Dial figure={figure} markers={markers} look={look} />
          {withName || all.length > 1 ? <span className="stat-name">{figure.name}</span> : null}
        </div>
      ))}
    </div>
  );
}

const START = -210;
const SWEEP = 240;

function Dial({ figure, markers, look }: { figure: Figure; markers: boolean; look: Look }) {
  const { shown, displayed } = figure;
  const min = shown.config.min ?? 0;
  const max = shown.config.max ?? (shown.config.unit === "percentunit" ? 1 : Math.max(100, shown.config.unit === "percent" ? 100 : shown.max));
  const at = displayed.number === null ? 0 : share(displayed.number, min, max);
  const { steps } = shown.config.thresholds;
  return (
    <svg viewBox="0 0 120 92" className="dial" role="img" aria-label={`${figure.name} ${displayed.text}`}>
      <path d={arc(50, 0, 1)} className="dial-track" />
      {displayed.number === null ? null : <path d={arc(50, 0, Math.max(0.004, at))} stroke={displayed.color ?? "var(--text-1)"} strokeWidth="9" fill="none" />}
      {markers
        ? steps.map((step, index) => {
            const from = share(thresholdAt(shown.config.thresholds, step.value, min, max), min, max);
            const next = steps[index + 1];
            const to = next === undefined ? 1 : share(thresholdAt(shown.config.thresholds, next.value, min, max), min, max);
            return to <= from ? null : <path key={index} d={arc(57, from, to)} stroke={colorOf(step.color, look)} strokeWidth="2" fill="none" />;
          })
        : null}
      <text x="60" y="66" textAnchor="middle" className="dial-value" fontSize={displayed.text.length > 12 ? 9 : displayed.text.length > 7 ? 15 : 21}>
        {displayed.text.length > DIAL_CHARS_MAX ? `${displayed.text.slice(0, DIAL_CHARS_MAX - 1)}…` : displayed.text}
      </text>
    </svg>
  );
}

function arc(radius: number, from: number, to: number): string {
  const point = (part: number): string => {
    const angle = ((START + SWEEP * part) * Math.PI) / 180;
    return `${(60 + radius * Math.cos(angle)).toFixed(2)} ${(60 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${point(from)}A${radius} ${radius} 0 ${(to - from) * SWEEP > 180 ? 1 : 0} 1 ${point(to)}`;
}
