import { ALL } from "./data/variables";
import type { Values } from "./data/interpolate";
import type { ValuesOf } from "./model/layout";
import type { Panel } from "./model/types";

/** So many panels are made with the board, the others when they come close. */
export const AT_ONCE = 30;

/** Panels so far below or above the screen ask already, px. */
export const NEAR_PX = 240;

/** The rows that the reader opened, or closed where they stand open; they are in the address. */
export function toggledRows(params: URLSearchParams): ReadonlySet<string> {
  return new Set((params.get("rows") ?? "").split(",").filter((id) => id !== ""));
}

/** Copies of a repeated row open and close one by one. */
export function rowKey(row: Panel): string {
  return [row.id, ...Object.values(row.scope)].join("~");
}

export const isOpen = (row: Panel, toggled: ReadonlySet<string>): boolean => row.collapsed === toggled.has(rowKey(row));

/** What panels and rows repeat over. */
export function repeatsOf(values: Values): ValuesOf {
  return (name) => {
    const value = values[name];
    return value === undefined ? [] : value.verbatim ? [ALL] : value.values;
  };
}
