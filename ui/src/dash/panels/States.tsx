import { useMemo } from "react";
import { chooseWindow, useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { labelFits, timeLabels, timeSplits } from "../../chart/axes";
import { useChartLook } from "../../chart/useChartLook";
import { localeOf, useWords } from "../../i18n";
import type { Cell } from "../data/frames";
import { colorOf, inkOn, seriesColor, hueOf, type Look } from "../field/colors";
import { display, type Shown } from "../field/resolve";
import { flag, text } from "../model/json";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

interface Span {
  fromMs: number;
  toMs: number;
  text: string;
  color: string | null;
}

/** The names before the lanes and their gap, px. */
const NAMES_PX = 140;
/** A thousand rows cannot be seen at once. */
const ROWS_MAX = 300;
/** Each is an element of the page: more would make it slow, and could not be told apart. */
const SPANS_MAX = 6_000;

/** A row a field, a bar a state: `state-timeline` joins what stays the same, `status-history` shows every sample. */
export function StatesPanel({ panel, data, width, height }: PanelViewProps) {
  const { language, t, number } = useWords();
  const { look } = useChartLook();
  const zone = useZone();
  const words = timeWords(language, zone);
  const { fromMs, toMs } = data.window;
  const joined = panel.type === "state-timeline" && flag(panel.options["mergeValues"], true);
  const { rows, total } = useMemo(() => rowsOf(data.shown, toMs, joined, look), [data.shown, toMs, joined, look]);
  if (rows.length === 0) return <Nothing panel={panel} />;
  const rowHeight = Math.max(14, Math.min(40, (height - 24) / rows.length));
  const share = (ms: number): number => ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs)) * 100;
  const splits = timeSplits(fromMs, toMs, Math.max(2, Math.floor((width - NAMES_PX) / 90)), zone);
  const labels = timeLabels(splits, zone, localeOf(language));
  const showText = text(panel.options["showValue"], "auto") !== "never";
  return (
    <div className="states" tabIndex={0} role="group" aria-label={t("dash.chart.label", { title: panel.title, n: rows.length })}>
      {rows.map(({ name, spans }, at) => (
        <div key={at} className="states-row" style={{ height: rowHeight }}>
          <span className="states-name" title={name}>
            {name}
          </span>
          <span className="states-lane">
            {spans.map((span, index) => {
              const left = share(span.fromMs);
              const extent = share(span.toMs) - left;
              const room = (extent / 100) * (width - NAMES_PX) > span.text.length * 6.5 + 10;
              return extent <= 0 ? null : (
                <i
                  key={index}
                  className={span.color === null ? "none" : undefined}
                  style={{ left: `${left.toFixed(3)}%`, width: `${extent.toFixed(3)}%`, ...(span.color === null ? {} : barLook(span.color, look)) }}
                  title={`${name}: ${span.text}\n${words.moment(span.fromMs)} - ${words.clock(span.toMs)}`}
                  onDoubleClick={() => chooseWindow({ fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) })}
                >
                  {showText && room && rowHeight >= 16 ? span.text : ""}
                </i>
              );
            })}
          </span>
        </div>
      ))}
      {total > rows.length ? <p className="xs t3">{t("dash.drawn", { shown: number(rows.length), total: number(total) })}</p> : null}
      <div className="states-row axis-row">
        <span className="states-name" />
        <span className="states-lane axis">
          {splits.map((at, index) =>
            labelFits((share(at) / 100) * (width - NAMES_PX), width - NAMES_PX) ? (
              <span key={at} style={{ left: `${share(at).toFixed(3)}%` }}>
                {labels[index]}
              </span>
            ) : null,
          )}
        </span>
      </div>
    </div>
  );
}

/** As many rows as are seen; the first one whatever it holds. */
function rowsOf(all: readonly Shown[], toMs: number, joined: boolean, look: Look): { rows: { name: string; spans: Span[] }[]; total: number } {
  const wanted = all.filter(({ field, frame }) => field.type !== "time" && field.type !== "other" && frame.fields.some((one) => one.type === "time"));
  const rows: { name: string; spans: Span[] }[] = [];
  let drawn = 0;
  for (const shown of wanted.slice(0, ROWS_MAX)) {
    const spans = spansOf(shown, toMs, joined, look);
    drawn += spans.length;
    if (drawn > SPANS_MAX && rows.length > 0) break;
    rows.push({ name: shown.name, spans });
  }
  return { rows, total: wanted.length };
}

/** Fine is quiet: green is mixed into the page, so that red among it needs no search. */
function barLook(color: string, look: Look): { background: string; color: string } {
  if (color === colorOf("green", look)) return { background: `color-mix(in srgb, ${color} 42%, var(--bg))`, color: "var(--text-1)" };
  return { background: color, color: inkOn(color) };
}

/** What a field was from when to when. A gap is longer than one step without a value. */
function spansOf(shown: Shown, toMs: number, joined: boolean, look: Look): Span[] {
  const times = (shown.frame.fields.find(({ type }) => type === "time")?.values ?? []) as number[];
  const step = times.length > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : toMs - (times[0] ?? toMs);
  const spans: Span[] = [];
  let last: Cell | undefined;
  shown.field.values.forEach((cell, row) => {
    const at = times[row] ?? toMs;
    const end = Math.min(toMs, times[row + 1] ?? at + step);
    const open = spans.at(-1);
    if (joined && open !== undefined && last === cell) open.toMs = end;
    else if (cell !== null) spans.push({ fromMs: at, toMs: end, ...stateLook(shown, cell, look) });
    else if (spans.length > 0 || row > 0) spans.push({ fromMs: at, toMs: end, text: "-", color: null });
    last = cell;
  });
  return spans.filter((span, at) => span.color !== null || at < spans.length - 1 || span.toMs - span.fromMs > 2 * step);
}

function stateLook(shown: Shown, cell: Cell, look: Look): { text: string; color: string } {
  const displayed = display(shown, cell, look);
  const mapped = shown.config.mappings.length > 0 || shown.config.thresholds.steps.length > 1;
  const color = mapped && displayed.color?.startsWith("#") ? displayed.color : seriesColor(hueOf(displayed.text), look);
  return { text: displayed.text, color };
}
