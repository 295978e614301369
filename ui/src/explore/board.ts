import type { DataSource } from "../dash/data/sources";
import { editable, withNewPanel, withPanel } from "../dash/edit/raw";
import type { JsonObject } from "../dash/model/types";
import { letter, type Query } from "./model";

export interface NewPanel {
  title: string;
  queries: readonly Query[];
  source: DataSource;
  type: "timeseries" | "table";
}

export function newBoard(uid: string, title: string, time: { from: string; to: string }): JsonObject {
  return { id: null, uid, title, tags: [], schemaVersion: 42, time, refresh: "10s", panels: [] };
}

/** A board with the queries as a panel under all others, as Grafana writes one. */
export function boardWith(board: JsonObject, { title, queries, source, type }: NewPanel): JsonObject {
  const { raw, id } = withNewPanel(editable(board), type);
  const datasource = { type: source.type, uid: source.uid };
  const table = type === "table";
  const targets = queries.flatMap((query, at): JsonObject[] => {
    if (query.expr.trim() === "") return [];
    return [{ refId: letter(at), datasource, expr: query.expr, legendFormat: query.legend, hide: query.off, ...(table ? { format: "table", instant: true, range: false } : { range: true }) }];
  });
  return withPanel(raw, id, (panel) => ({ ...panel, title, datasource, targets }));
}
