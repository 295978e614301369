import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { reportRead } from "../app/crumb";
import { useTime } from "../app/time/store";
import { panelValues, useBoard, type BoardContext } from "./board";
import type { Window } from "../app/time/range";
import type { Exemplar } from "./data/exemplars";
import { answered, questionsOf, type PanelResult, type Question } from "./data/panel";
import { resolve, type Shown } from "./field/resolve";
import { everyPanel } from "./model/read";
import type { Panel } from "./model/types";
import { transformed, Unsupported } from "./transform";
import { PANELS, panelType } from "./support";

/** What a panel draws. The same object as long as the same is drawn, however often it was asked for. */
export interface PanelView {
  shown: Shown[];
  frames: PanelResult["frames"];
  exemplars: readonly Exemplar[];
  /** The time that is shown, ms. */
  window: Window;
  /** How often the first query's source measures, ms. */
  scrapeMs: number;
}

export interface PanelData {
  view: PanelView;
  result: PanelResult | null;
  questions: readonly Question[];
  error: unknown;
  /** Asking, while older data may be shown. */
  loading: boolean;
  /** What the panel is shown for has changed and the answer has not come yet. */
  stale: boolean;
  unsupported: string | null;
  retry: () => void;
  fromMs: number;
  toMs: number;
}

const NONE: readonly Exemplar[] = [];
const NO_FRAMES: PanelResult["frames"] = [];
const SCRAPE_MS = 15_000;

/** Asks what a panel shows, again at every refresh, as long as it is near the screen. Old data stays until new is there. */
export function usePanelData(panel: Panel, widthPx: number, near: boolean): PanelData {
  const board = useBoard();
  const time = useTime();
  const { fromMs, toMs, tick } = time;
  const values = useMemo(() => panelValues(board.values, panel), [board.values, panel]);
  const width = roughly(widthPx);
  const { dashboard, filters, sources } = board;
  const { questions, unsupported } = useMemo(
    () => asking(panel, { dashboard, values, filters, sources }, { fromMs, toMs }, width),
    [panel, dashboard, values, filters, sources, fromMs, toMs, width],
  );
  const query = useQuery({
    ...panelQuery(questions, tick),
    enabled: near && board.ready && widthPx > 0 && questions.length > 0,
    placeholderData: keepPreviousData,
  });
  const data = useLast(query.data, query.error, questions);
  const arrived = query.dataUpdatedAt;
  useEffect(() => {
    if (arrived > 0) reportRead();
  }, [arrived]);
  const came = data?.frames ?? NO_FRAMES;
  const made = useMemo(() => {
    try {
      const frames = transformed(came, panel.transformations, values);
      return { shown: resolve(frames, panel, values), frames, unsupported: null };
    } catch (failure) {
      return { shown: [], frames: [], unsupported: failure instanceof Unsupported ? `transformation ${failure.what}` : String(failure) };
    }
  }, [came, panel, values]);
  const [first] = questions;
  const window = useWindow({ fromMs: first?.fromMs ?? fromMs, toMs: first?.toMs ?? toMs }, query.isPlaceholderData || query.error !== null ? (data ?? null) : null, widthPx);
  const exemplars = data === undefined || data.exemplars.length === 0 ? NONE : data.exemplars;
  const scrapeMs = first?.source.scrapeMs ?? SCRAPE_MS;
  const view = useMemo((): PanelView => ({ shown: made.shown, frames: made.frames, exemplars, window, scrapeMs }), [made, exemplars, window, scrapeMs]);
  const { refetch } = query;
  const retry = useCallback(() => void refetch(), [refetch]);
  return {
    view,
    result: data ?? null,
    questions,
    error: query.error,
    loading: query.isFetching || (near && !board.ready),
    stale: query.isPlaceholderData,
    unsupported: unsupported ?? made.unsupported,
    retry,
    fromMs,
    toMs,
  };
}

/** Widths that differ less ask the same. */
const WIDTH_STEP_PX = 50;

const roughly = (widthPx: number): number => Math.ceil(widthPx / WIDTH_STEP_PX) * WIDTH_STEP_PX;

/** What a panel asks where it is so wide, or what it wants that there is not here. */
export function asking(
  panel: Panel,
  { dashboard, values, filters, sources }: Pick<BoardContext, "dashboard" | "values" | "filters" | "sources">,
  { fromMs, toMs }: Window,
  widthPx: number,
): { questions: Question[]; unsupported: string | null } {
  const kind = panelType(panel);
  if (kind === null) return { questions: [], unsupported: `panel ${panel.type}` };
  if (!PANELS[kind].asks) return { questions: [], unsupported: null };
  const targetsOf = (id: number) => everyPanel(dashboard.panels).find((one) => one.id === id)?.targets ?? null;
  try {
    const questions = questionsOf(panel, { fromMs, toMs, widthPx: roughly(widthPx), values: panelValues(values, panel), filters, sources, targetsOf });
    return { questions, unsupported: null };
  } catch (failure) {
    return { questions: [], unsupported: failure instanceof Unsupported ? failure.what : String(failure) };
  }
}

/** The answer to a panel's questions at one refresh. */
export function panelQuery(questions: readonly Question[], tick: number) {
  return queryOptions({ queryKey: ["panel", tick, questions], queryFn: ({ signal }) => answered(questions, tick, signal), gcTime: 60_000, staleTime: Infinity });
}

/** The answer; where asking the same again failed, the last one, so that a refresh that fails takes nothing away. */
function useLast(data: PanelResult | undefined, error: unknown, questions: readonly Question[]): PanelResult | undefined {
  const asked = useMemo(() => JSON.stringify(questions.map(({ refId, source, expr, kind }) => [refId, source.uid, expr, kind])), [questions]);
  const [last, keep] = useState({ data, asked });
  if (data !== undefined && error === null && (last.data !== data || last.asked !== asked)) keep({ data, asked });
  return data ?? (error !== null && last.asked === asked ? last.data : undefined);
}

/** A refresh that moves the time on by less than this share of it may be drawn a little later. */
const LITTLE = 1 / 50;

/**
 * The time to show: what is asked for; where a refresh has only moved it on a little, that of the old data until the new
 * is there, and for as long as nobody could see the move. So a chart is drawn once for a refresh, or not at all.
 */
function useWindow(wanted: Window, old: Window | null, widthPx: number): Window {
  const shown = old !== null && near(old, wanted, (old.toMs - old.fromMs) * LITTLE) ? { fromMs: old.fromMs, toMs: old.toMs } : wanted;
  const [kept, keep] = useState(shown);
  const halfPixel = (kept.toMs - kept.fromMs) / Math.max(1, widthPx) / 2;
  if (near(kept, shown, halfPixel)) return kept;
  keep(shown);
  return shown;
}

/** Whether a window has only moved on, and by no more than that. */
export function near(before: Window, after: Window, mostMs: number): boolean {
  const [from, to] = [after.fromMs - before.fromMs, after.toMs - before.toMs];
  return from >= 0 && to >= 0 && from <= mostMs && to <= mostMs;
}
