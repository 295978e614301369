import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { reportRead } from "../app/crumb";
import { useTime } from "../app/time/store";
import { panelValues, useBoard } from "./board";
import { answered, questionsOf, type PanelResult, type Question } from "./data/panel";
import { resolve, type Shown } from "./field/resolve";
import { everyPanel } from "./model/read";
import type { Panel } from "./model/types";
import { transformed, Unsupported } from "./transform";
import { PANELS, panelType } from "./support";

export interface PanelData {
  shown: Shown[];
  frames: PanelResult["frames"];
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

/** Asks what a panel shows, again at every refresh, as long as it is near the screen. Old data stays until new is there. */
export function usePanelData(panel: Panel, widthPx: number, near: boolean): PanelData {
  const board = useBoard();
  const time = useTime();
  const { fromMs, toMs, tick } = time;
  const values = useMemo(() => panelValues(board.values, panel), [board.values, panel]);
  const width = Math.ceil(widthPx / 50) * 50;
  const { questions, unsupported } = useMemo(() => {
    const kind = panelType(panel);
    if (kind === null) return { questions: [], unsupported: `panel ${panel.type}` };
    if (!PANELS[kind].asks) return { questions: [], unsupported: null };
    const targetsOf = (id: number) => everyPanel(board.dashboard.panels).find((one) => one.id === id)?.targets ?? null;
    try {
      const asked = questionsOf(panel, { fromMs, toMs, widthPx: width, values, filters: board.filters, sources: board.sources, targetsOf });
      return { questions: asked, unsupported: null };
    } catch (failure) {
      return { questions: [], unsupported: failure instanceof Unsupported ? failure.what : String(failure) };
    }
  }, [panel, fromMs, toMs, width, values, board.filters, board.sources, board.dashboard]);
  const query = useQuery({
    queryKey: ["panel", tick, questions],
    queryFn: ({ signal }) => answered(questions, tick, signal),
    enabled: near && board.ready && widthPx > 0 && questions.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: Infinity,
  });
  const { data } = query;
  const arrived = query.dataUpdatedAt;
  useEffect(() => {
    if (arrived > 0) reportRead();
  }, [arrived]);
  const view = useMemo(() => {
    if (data === undefined) return { shown: [], frames: [], unsupported: null };
    try {
      const frames = transformed(data.frames, panel.transformations, values);
      return { shown: resolve(frames, panel, values), frames, unsupported: null };
    } catch (failure) {
      return { shown: [], frames: [], unsupported: failure instanceof Unsupported ? `transformation ${failure.what}` : String(failure) };
    }
  }, [data, panel, values]);
  return {
    shown: view.shown,
    frames: view.frames,
    result: data ?? null,
    questions,
    error: query.error,
    loading: query.isFetching || (near && !board.ready),
    stale: query.isPlaceholderData,
    unsupported: unsupported ?? view.unsupported,
    retry: () => void query.refetch(),
    fromMs,
    toMs,
  };
}
