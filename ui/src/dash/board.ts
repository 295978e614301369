import { createContext, useContext } from "react";
import type { Mark } from "../chart/options";
import type { Filter } from "./data/adhoc";
import type { Value, Values } from "./data/interpolate";
import type { DataSource } from "./data/sources";
import type { Dashboard, Panel } from "./model/types";

/** What every panel of a board needs to know of it. */
export interface BoardContext {
  dashboard: Dashboard;
  sources: readonly DataSource[];
  values: Values;
  /** Whether variables and sources are known, so that questions mean something. */
  ready: boolean;
  filters: readonly Filter[];
  marks: readonly Mark[];
  /** Charts of one board share a cursor. */
  syncKey: string;
  editing: boolean;
  edit: (panel: Panel, action: "edit" | "duplicate" | "remove") => void;
}

export const Board = createContext<BoardContext | null>(null);

export function useBoard(): BoardContext {
  const board = useContext(Board);
  if (board === null) throw new Error("a panel outside a board");
  return board;
}

/** The board's variables, and those that a repeat fixed for this panel. */
export function panelValues(values: Values, panel: Panel): Values {
  const entries = Object.entries(panel.scope);
  if (entries.length === 0) return values;
  const scoped = entries.map(([name, value]): [string, Value] => [
    name,
    { values: [value], text: value, all: false, verbatim: false, multi: values[name]?.multi ?? true },
  ]);
  return { ...values, ...Object.fromEntries(scoped) };
}
