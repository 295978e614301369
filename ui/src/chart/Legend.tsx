import { memo } from "react";
import { useWords } from "../i18n";
import { reduced } from "../dash/field/reduce";
import { numberText } from "../dash/field/units";
import type { Line } from "./build";

export interface LegendOptions {
  mode: "list" | "table" | "hidden";
  placement: "bottom" | "right";
  calcs: readonly string[];
  sortBy: string;
  sortDesc: boolean;
}

interface LegendProps {
  lines: readonly Line[];
  options: LegendOptions;
  /** Names that are shown alone; empty for all. */
  only: ReadonlySet<string>;
  toggle: (name: string, add: boolean) => void;
}

/** A legend of thousands is read by nobody. */
export const LEGEND_MAX = 100;

/** Swatch and name of each line, with its calculations; pressing a name shows it alone. */
export const Legend = memo(function Legend({ lines, options, only, toggle }: LegendProps) {
  const { t } = useWords();
  const { mode, calcs } = options;
  if (mode === "hidden" || lines.length === 0) return null;
  const listed = lines.filter((line) => line.inLegend);
  const sorted = sortedLines(listed, options).slice(0, LEGEND_MAX);
  const more = listed.length - sorted.length;
  const name = (line: Line) => (
    <button
      type="button"
      className="series"
      aria-pressed={only.has(line.name)}
      title={line.name}
      onClick={(event) => toggle(line.name, event.ctrlKey || event.metaKey || event.shiftKey)}
    >
      <Swatch line={line} />
      <span className="series-name">{line.name === "" ? t("dash.legend.unnamed") : line.name}</span>
    </button>
  );
  const dim = (line: Line): string => (only.size > 0 && !only.has(line.name) ? "dim" : "");
  if (mode === "list" && calcs.length === 0) {
    return (
      <ul className={`legend list ${options.placement}`}>
        {sorted.map((line, at) => (
          <li key={at} className={dim(line)}>
            {name(line)}
          </li>
        ))}
        {more > 0 ? <li className="t3">{t("dash.legend.more", { n: more })}</li> : null}
      </ul>
    );
  }
  return (
    <div className={`legend table ${options.placement}`} tabIndex={0} role="region" aria-label={t("dash.legend")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("dash.legend.name")}</th>
            {calcs.map((calc) => (
              <th key={calc} scope="col" className="num">
                {calcName(calc, t)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((line, at) => (
            <tr key={at} className={dim(line)}>
              <td>{name(line)}</td>
              {calcs.map((calc) => (
                <td key={calc} className="num">
                  {numberText(reduced(calc, line.values), calc === "count" ? "none" : line.shown.config.unit, line.shown.config.decimals)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="t3 xs">{t("dash.legend.more", { n: more })}</p> : null}
    </div>
  );
});

export function Swatch({ line }: { line: Pick<Line, "color" | "dash" | "style"> }) {
  return (
    <svg className="swatch" viewBox="0 0 12 8" aria-hidden="true">
      {line.style === "line" ? (
        <path d="M0 4h12" stroke={line.color} strokeWidth="2" strokeDasharray={line.dash === null ? undefined : "3 2"} />
      ) : (
        <rect x="2" y="0" width="8" height="8" rx="1" fill={line.color} />
      )}
    </svg>
  );
}

export function calcName(calc: string, t: ReturnType<typeof useWords>["t"]): string {
  switch (calc) {
    case "lastNotNull":
    case "last":
      return t("dash.calc.last");
    case "min":
      return t("dash.calc.min");
    case "max":
      return t("dash.calc.max");
    case "mean":
      return t("dash.calc.mean");
    case "sum":
      return t("dash.calc.sum");
    case "count":
      return t("dash.calc.count");
    default:
      return calc;
  }
}

/** "Mean", "mean", or the name column; else the order of the queries. */
function sortedLines(lines: readonly Line[], { sortBy, sortDesc }: LegendOptions): Line[] {
  const calc = { Mean: "mean", Max: "max", Min: "min", "Last *": "lastNotNull", Last: "last", Total: "sum" }[sortBy] ?? sortBy;
  if (sortBy === "") return [...lines];
  const sign = sortDesc ? -1 : 1;
  if (sortBy === "Name") return [...lines].sort((a, b) => sign * a.name.localeCompare(b.name, "en", { numeric: true }));
  const keys = new Map(lines.map((line) => [line, reduced(calc, line.values) ?? -Infinity]));
  return [...lines].sort((a, b) => sign * ((keys.get(a) ?? 0) - (keys.get(b) ?? 0)));
}
