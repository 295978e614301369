import { useMemo } from "react";
import { useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { DataTable, type Column } from "../../chart/DataTable";
import { useWords } from "../../i18n";
import { numberText } from "../field/units";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

/** Found traces as a table: when, what, how long; each leads to its own page. */
export function TracesPanel({ panel, data }: PanelViewProps) {
  const { language } = useWords();
  const zone = useZone();
  const words = timeWords(language, zone);
  const frame = data.frames.find(({ kind }) => kind === "traces");
  const columns = useMemo(
    () =>
      (frame?.fields ?? []).map(
        (field): Column => ({
          name: field.name,
          values: field.values,
          right: field.type === "number",
          write: (cell) => (field.type === "time" ? words.full(Number(cell)) : field.name === "Duration" ? numberText(Number(cell), "ms", null) : String(cell ?? "")),
          ...(field.name === "Trace" ? { draw: (cell) => <a href={`/trace/${encodeURIComponent(String(cell))}`}>{String(cell).slice(0, 8)}</a> } : {}),
        }),
      ),
    [frame, words],
  );
  if (frame === undefined || frame.length === 0) return <Nothing panel={panel} />;
  return <DataTable label={panel.title} columns={columns} rows={frame.length} />;
}
