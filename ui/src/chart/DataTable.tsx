import { useMemo, useState, type ReactNode } from "react";
import { useWords } from "../i18n";
import type { Cell } from "../dash/data/frames";

export interface Column {
  name: string;
  values: readonly Cell[];
  right: boolean;
  width?: number;
  /** A cell as text, for exports and titles. */
  write: (cell: Cell) => string;
  draw?: (cell: Cell, row: number) => ReactNode;
}

interface DataTableProps {
  label: string;
  columns: readonly Column[];
  rows: number;
  head?: boolean;
  sortBy?: string;
  sortDesc?: boolean;
  footer?: readonly string[];
}

/** Rows at a time; more are a press away, so that a query of ten thousand does not stop the browser. */
const PAGE_ROWS = 200;

/** A table that sorts by its headers. Headers stay while rows scroll, on small screens too. */
export function DataTable({ label, columns, rows, head = true, sortBy = "", sortDesc = false, footer }: DataTableProps) {
  const { t } = useWords();
  const [sort, setSort] = useState<{ column: string; desc: boolean } | null>(sortBy === "" ? null : { column: sortBy, desc: sortDesc });
  const [shown, setShown] = useState(PAGE_ROWS);
  const order = useMemo(() => ordered(columns, rows, sort), [columns, rows, sort]);
  const press = (name: string): void =>
    setSort((now) => (now?.column !== name ? { column: name, desc: false } : now.desc ? null : { column: name, desc: true }));
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        {head ? (
          <thead>
            <tr>
              {columns.map((column, at) => {
                const on = sort?.column === column.name;
                return (
                  <th
                    key={at}
                    scope="col"
                    className={column.right ? "num" : undefined}
                    style={column.width === undefined ? undefined : { width: column.width }}
                    aria-sort={on ? (sort.desc ? "descending" : "ascending") : "none"}
                  >
                    <button type="button" onClick={() => press(column.name)}>
                      {column.name}
                      <span aria-hidden="true">{on ? (sort.desc ? " ↓" : " ↑") : ""}</span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {order.slice(0, shown).map((row) => (
            <tr key={row}>
              {columns.map((column, at) => (
                <td key={at} className={column.right ? "num" : undefined}>
                  {column.draw === undefined ? column.write(column.values[row] ?? null) : column.draw(column.values[row] ?? null, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {footer === undefined ? null : (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td key={at} className={column.right ? "num" : undefined}>
                  {footer[at] ?? ""}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {rows > shown ? (
        <button type="button" className="ctl more-rows" onClick={() => setShown(shown + 5 * PAGE_ROWS)}>
          {t("dash.table.more", { n: rows - shown })}
        </button>
      ) : null}
    </div>
  );
}

function ordered(columns: readonly Column[], rows: number, sort: { column: string; desc: boolean } | null): number[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  const by = sort === null ? undefined : columns.find((column) => column.name === sort.column);
  if (by === undefined || sort === null) return all;
  const collator = new Intl.Collator("en", { numeric: true });
  const sign = sort.desc ? -1 : 1;
  return all.sort((a, b) => {
    const left = by.values[a] ?? null;
    const right = by.values[b] ?? null;
    if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
    if (typeof left === "number" && typeof right === "number") return sign * (left - right) || a - b;
    return sign * collator.compare(String(left), String(right)) || a - b;
  });
}

/** Columns as CSV: RFC 4180, and no cell that a spreadsheet would run. */
export function csvOf(columns: readonly Column[], rows: number): string {
  const escape = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [columns.map((column) => escape(column.name)).join(",")];
  for (let row = 0; row < rows; row++) lines.push(columns.map((column) => escape(cellText(column.values[row] ?? null, column))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function cellText(cell: Cell, column: Column): string {
  if (cell === null) return "";
  return typeof cell === "number" && column.right ? String(cell) : column.write(cell);
}
