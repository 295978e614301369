import type { Column } from "../chart/DataTable";
import { aligned } from "../chart/build";
import { display } from "./field/resolve";
import type { PanelView } from "./usePanelData";

/** Whatever a panel shows, as a table: series side by side on their times, tables as they are, newest first. */
export function columnsOfData(data: Pick<PanelView, "frames" | "shown">, full: (ms: number) => string): { columns: Column[]; rows: number } {
  const tables = data.frames.filter(({ kind }) => kind !== "series" && kind !== "heatmap");
  const [table] = tables;
  if (table !== undefined) {
    const fields = data.shown.filter(({ frame }) => frame === table);
    const columns = fields.map((shown): Column => ({
      name: shown.name,
      values: shown.field.values,
      right: shown.field.type === "number",
      write: (cell) => (shown.field.type === "time" && typeof cell === "number" ? full(cell) : display(shown, cell, "dark").text),
    }));
    return { columns, rows: table.length };
  }
  const { times, columns: series } = aligned(data.shown);
  const rows = times.map((_, row) => times.length - 1 - row);
  const time: Column = { name: "Time", values: rows.map((row) => times[row] ?? null), right: false, write: (cell) => (typeof cell === "number" ? full(cell) : "") };
  const columns = [...series].map(
    ([shown, values]): Column => ({
      name: shown.name,
      values: rows.map((row) => values[row] ?? null),
      right: true,
      write: (cell) => (cell === null ? "-" : display(shown, cell, "dark").text),
    }),
  );
  return { columns: [time, ...columns], rows: times.length };
}
