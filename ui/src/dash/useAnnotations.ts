import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Time } from "../app/time/store";
import type { Mark } from "../chart/options";
import { askLoki, askRange } from "./data/ask";
import { legendText } from "./data/frames";
import { interpolate, type Values } from "./data/interpolate";
import { lokiFrames } from "./data/loki";
import { rangeFrames, SERIES_MAX } from "./data/prometheus";
import { findSource, type DataSource } from "./data/sources";
import { gridOf, leastStepMs } from "./data/step";
import type { Annotation, Dashboard } from "./model/types";

/** More marks than this would cover a chart. */
const MARKS_MAX = 300;

/** The marks of a board's annotation queries. A query that fails marks nothing; the board says which. */
export function useAnnotations(dashboard: Dashboard | null, sources: readonly DataSource[], values: Values, ready: boolean, time: Time): { marks: Mark[]; failed: string[] } {
  const wanted = useMemo(() => (dashboard?.annotations ?? []).filter((one) => one.enable && !one.builtIn && one.expr !== ""), [dashboard]);
  const { data } = useQuery({
    queryKey: ["annotations", time.tick, wanted, values, time.fromMs, time.toMs],
    queryFn: async ({ signal }) => {
      const results = await Promise.allSettled(wanted.map((one) => marksOf(one, sources, values, time, signal)));
      return {
        marks: results.flatMap((result) => (result.status === "fulfilled" ? result.value : [])).slice(0, MARKS_MAX),
        failed: results.flatMap((result, at) => (result.status === "rejected" ? [wanted[at]?.name ?? ""] : [])),
      };
    },
    enabled: ready && wanted.length > 0,
    placeholderData: (old) => old,
    gcTime: 60_000,
  });
  return useMemo(() => data ?? { marks: [], failed: [] }, [data]);
}

async function marksOf(annotation: Annotation, sources: readonly DataSource[], values: Values, time: Time, signal: AbortSignal): Promise<Mark[]> {
  const source = findSource(annotation.source, sources, values);
  if (source === null) return [];
  const stepMs = leastStepMs(annotation.step) ?? 60_000;
  const grid = gridOf(time.fromMs, time.toMs, stepMs, 1);
  const expr = interpolate(annotation.expr, values, { fromMs: time.fromMs, toMs: time.toMs, intervalMs: stepMs, scrapeMs: source.scrapeMs }, "prom");
  if (source.type === "loki") {
    const { frames } = lokiFrames("A", await askLoki(source, expr, grid, MARKS_MAX, "backward", signal), grid, "");
    const [frame] = frames;
    return (frame?.fields[0]?.values ?? []).map((at, row) => ({ fromMs: Number(at), toMs: Number(at), color: annotation.color, title: String(frame?.fields[1]?.values[row] ?? "") }));
  }
  const { data } = await askRange(source, expr, grid, SERIES_MAX, signal);
  return rangeFrames("A", data, grid, "", "series").frames.flatMap((frame) => {
    const labels = frame.fields[1]?.labels ?? {};
    const title = legendText(annotation.titleFormat, labels) || legendText(annotation.textFormat, labels) || annotation.name;
    return stretches(frame.fields[0]?.values as number[], frame.fields[1]?.values as (number | null)[], grid.stepMs).map(([fromMs, toMs]) => ({ fromMs, toMs, color: annotation.color, title }));
  });
}

/** Samples that follow each other step by step are one mark. */
function stretches(times: number[], values: (number | null)[], stepMs: number): [number, number][] {
  const found: [number, number][] = [];
  values.forEach((value, row) => {
    if (value === null || value === 0) return;
    const at = times[row] ?? 0;
    const last = found.at(-1);
    if (last !== undefined && at - last[1] <= stepMs * 1.01) last[1] = at;
    else found.push([at, at]);
  });
  return found;
}
