import { useMemo, useState } from "react";
import { useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { useWords } from "../../i18n";
import { levelOf, type Level } from "../../logs/model";
import type { Frame } from "../data/frames";
import { flag, text } from "../model/json";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

interface Line {
  ms: number;
  text: string;
  labels: Record<string, string>;
  level: Level;
}

const SHOWN_FIRST = 100;

/** Log lines, newest first unless asked otherwise; pressing one opens its labels. */
export function LogsPanel({ panel, data }: PanelViewProps) {
  const { t, language } = useWords();
  const zone = useZone();
  const [open, setOpen] = useState<number | null>(null);
  const [most, setMost] = useState(SHOWN_FIRST);
  const words = timeWords(language, zone);
  const { options } = panel;
  const oldestFirst = text(options["sortOrder"], "Descending") === "Ascending";
  const lines = useMemo(() => linesOf(data.frames, oldestFirst), [data.frames, oldestFirst]);
  if (lines.length === 0) return <Nothing panel={panel} />;
  const wrap = flag(options["wrapLogMessage"]);
  return (
    <div className={wrap ? "log-lines wrap" : "log-lines"} tabIndex={0} role="region" aria-label={panel.title}>
      {lines.slice(0, most).map((line, at) => (
        <div key={at} className="log-line">
          <button type="button" aria-expanded={open === at} onClick={() => setOpen(open === at ? null : at)}>
            {flag(options["showTime"], true) ? <time className="t3">{words.clock(line.ms)}</time> : null}
            <span className={`level ${line.level}`}>{line.level === "other" ? "" : t(`logs.level.${line.level}`)}</span>
            <span className="line-text">{line.text}</span>
          </button>
          {open === at ? (
            <dl>
              {Object.entries(line.labels).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </div>
      ))}
      {lines.length > most ? (
        <button type="button" className="ctl" onClick={() => setMost(most + 400)}>
          {t("dash.table.more", { n: lines.length - most })}
        </button>
      ) : null}
    </div>
  );
}

function linesOf(frames: readonly Frame[], oldestFirst: boolean): Line[] {
  const lines = frames
    .filter(({ kind }) => kind === "logs")
    .flatMap((frame) =>
      Array.from({ length: frame.length }, (_, row): Line => {
        const cell = (column: number): string => String(frame.fields[column]?.values[row] ?? "");
        const labels = JSON.parse(cell(2)) as Record<string, string>;
        return { ms: Number(cell(0)), text: cell(1), labels, level: levelOfLine(labels, cell(1)) };
      }),
    );
  lines.sort((a, b) => (oldestFirst ? a.ms - b.ms : b.ms - a.ms));
  return lines;
}

/** The level that a label gives, else a word at the start of the line that names one. */
function levelOfLine(labels: Record<string, string>, line: string): Level {
  const given = levelOf(labels);
  if (given !== "other") return given;
  return levelOf({ level: /\b(fatal|critical|error|warn(?:ing)?|info|debug|trace)\b/i.exec(line.slice(0, 80))?.[1] ?? "" });
}
