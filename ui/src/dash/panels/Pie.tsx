import { useMemo } from "react";
import { useChartLook } from "../../chart/useChartLook";
import { useWords } from "../../i18n";
import { byValue } from "../field/colors";
import { lineColor } from "../field/resolve";
import { object, text, texts } from "../model/json";
import { figures } from "./reduceShown";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

/** Parts of a whole, with a table of values and shares beside: angles alone are hard to read. */
export function PiePanel({ panel, data, width, height }: PanelViewProps) {
  const { t, number } = useWords();
  const { look } = useChartLook();
  const all = useMemo(() => figures(data.shown, panel.options, look).filter(({ displayed }) => (displayed.number ?? 0) > 0), [data.shown, panel.options, look]);
  const total = all.reduce((sum, { displayed }) => sum + (displayed.number ?? 0), 0);
  if (total <= 0) return <Nothing panel={panel} />;
  const legend = object(panel.options["legend"]);
  const shownValues = texts(legend["values"]);
  const ring = text(panel.options["pieType"], "pie") === "donut";
  const starts = all.map((_, at) => all.slice(0, at).reduce((sum, { displayed }) => sum + (displayed.number ?? 0), 0));
  const slices = all.map((figure, at) => {
    const start = starts[at] ?? 0;
    const end = start + (figure.displayed.number ?? 0);
    const color = byValue(figure.shown.config.color) ? (figure.displayed.color ?? "#888") : lineColor(figure.shown, look);
    return { figure, color, path: slice(start / total, end / total, ring ? 30 : 0) };
  });
  const below = width < 300 || height > width * 1.2;
  return (
    <div className={below ? "pie below" : "pie"}>
      <svg viewBox="0 0 100 100" role="img" aria-label={t("dash.chart.label", { title: panel.title, n: all.length })}>
        {slices.map(({ path, color, figure }, at) => (
          <path key={at} d={path} fill={color} stroke="var(--surface-1)" strokeWidth="0.8">
            <title>{`${figure.name}: ${figure.displayed.text}`}</title>
          </path>
        ))}
      </svg>
      <div className="legend table" tabIndex={0} role="region" aria-label={t("dash.legend")}>
        <table>
          <tbody>
            {slices.map(({ figure, color }, at) => (
              <tr key={at}>
                <td>
                  <span className="series">
                    <svg className="swatch" viewBox="0 0 12 8" aria-hidden="true">
                      <rect x="2" width="8" height="8" rx="1" fill={color} />
                    </svg>
                    <span className="series-name">{figure.name}</span>
                  </span>
                </td>
                {shownValues.includes("value") || shownValues.length === 0 ? <td className="num">{figure.displayed.text}</td> : null}
                <td className="num t3">{number(((figure.displayed.number ?? 0) / total) * 100, 1)}%</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function slice(from: number, to: number, hole: number): string {
  const point = (part: number, radius: number): string => {
    const angle = (part - 0.25) * 2 * Math.PI;
    return `${(50 + radius * Math.cos(angle)).toFixed(2)} ${(50 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const end = Math.min(to, from + 0.99999);
  const large = end - from > 0.5 ? 1 : 0;
  const outer = `M${point(from, 48)}A48 48 0 ${large} 1 ${point(end, 48)}`;
  return hole === 0 ? `${outer}L50 50Z` : `${outer}L${point(end, hole)}A${hole} ${hole} 0 ${large} 0 ${point(from, hole)}Z`;
}
