import { useEffect, useMemo, useRef, useState } from "react";
import { changeParams, useAddress } from "../app/address";
import { timeStore, useTime } from "../app/time/store";
import { useSources, type DataSource } from "../dash/data/sources";
import { SourceSelect } from "../dash/SourceSelect";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import "../styles/dash.css";
import "../styles/panels.css";
import "../styles/explore.css";
import { AddToBoard } from "./AddToBoard";
import { NOTHING, questionsOf, useAsked } from "./ask";
import { HistoryList } from "./HistoryList";
import { past } from "./history";
import { MetricBrowser } from "./MetricBrowser";
import { EMPTY, letter, QUERIES_MAX, queryParams, readExploration, type Exploration, type Query, type Side } from "./model";
import { QueryRow } from "./QueryRow";
import { Results } from "./Results";

const WIDTH_STEP_PX = 100;

/** Questions to metrics: written with help, answered as a graph, a table or a plan. The address holds them all. */
export default function ExplorePage() {
  const { params } = useAddress();
  const { t } = useWords();
  const exploration = useMemo(() => readExploration(params), [params]);
  const { sources, ready } = useSources();
  const metrics = useMemo(() => sources.filter(({ type }) => type === "prometheus"), [sources]);
  const source = metrics.find(({ uid }) => uid === exploration.source) ?? metrics.find(({ isDefault }) => isDefault) ?? metrics[0];
  useEffect(() => timeStore.defaults({ from: "now-1h", to: "now" }), []);
  if (source === undefined) return ready ? <p className="none">{t("explore.noSource")}</p> : null;
  const missing = ready && exploration.source !== "" && source.uid !== exploration.source ? exploration.source : null;
  return <Explorer exploration={exploration} sources={metrics} source={source} missing={missing} />;
}

interface ExplorerProps {
  exploration: Exploration;
  sources: readonly DataSource[];
  source: DataSource;
  /** A source that the address names and the server does not have. */
  missing: string | null;
}

function Explorer({ exploration, sources, source, missing }: ExplorerProps) {
  const { t } = useWords();
  const { fromMs, toMs, tick } = useTime();
  const { view, side, instant, step } = exploration;
  const [drafts, setDrafts] = useDrafts(exploration.queries);
  const [adding, setAdding] = useState(false);
  const [place, width] = useWidth();
  const questions = useMemo(() => questionsOf({ ...exploration, view, instant, step }, source, fromMs, toMs, width), [exploration, view, instant, step, source, fromMs, toMs, width]);
  const { asked, cancel } = useAsked(questions, tick);

  /** Makes the drafts what the address says. Only what changed is asked anew. */
  const commit = (next: Query[]): void => {
    setDrafts(next);
    changeParams(queryParams(next), "push");
  };
  const run = (next: Query[]): void => {
    commit(next);
    past.add(source.uid, next);
    timeStore.refresh();
  };
  /** Into the first query that is empty, else into a new one. */
  const use = (expr: string): void => {
    const free = drafts.findIndex((query) => query.expr.trim() === "");
    const at = free >= 0 ? free : drafts.length < QUERIES_MAX ? drafts.length : drafts.length - 1;
    const next = [...drafts];
    next[at] = { ...(free >= 0 ? (drafts[free] ?? EMPTY) : EMPTY), expr };
    run(next);
  };
  const put = (at: number, part: Partial<Query>): Query[] => drafts.map((query, index) => (index === at ? { ...query, ...part } : query));
  const loading = [...asked.values()].some((one) => one.loading);
  return (
    <div className={side === null ? "explore" : "explore with-side"}>
      <h1 className="vh">{t("nav.explore")}</h1>
      <Toolbar sources={sources} source={source} side={side} full={drafts.length >= QUERIES_MAX} add={() => commit([...drafts, EMPTY])} toBoard={() => setAdding(true)} empty={drafts.every(({ expr }) => expr.trim() === "")} loading={loading} run={() => run(drafts)} />
      {missing === null ? null : <p className="note c-degraded">{t("explore.sourceMissing", { name: missing, used: source.name })}</p>}
      {side === "metrics" ? <MetricBrowser source={source} use={use} /> : null}
      {side === "history" ? <HistoryList sources={sources} use={(one) => changeParams({ ...queryParams(one.queries), source: one.source === "framewatch" ? null : one.source }, "push")} /> : null}
      <div className="explore-main" ref={place}>
        <div className="xqueries">
          {drafts.map((query, at) => (
            <QueryRow
              key={at}
              name={letter(at)}
              query={query}
              source={source}
              asked={asked.get(letter(at)) ?? NOTHING}
              only={drafts.length === 1}
              first={at === 0}
              full={drafts.length >= QUERIES_MAX}
              change={(part) => setDrafts(put(at, part))}
              commit={(part) => commit(put(at, part))}
              run={(expr) => run(put(at, { expr }))}
              cancel={cancel}
              duplicate={() => commit([...drafts.slice(0, at + 1), query, ...drafts.slice(at + 1)])}
              remove={() => commit(drafts.length === 1 ? [EMPTY] : drafts.filter((_, index) => index !== at))}
            />
          ))}
        </div>
        <Results exploration={exploration} questions={questions} asked={asked} browse={() => changeParams({ side: "metrics" })} />
      </div>
      {adding ? <AddToBoard queries={drafts} source={source} view={view} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

/** What is being written; it becomes what the address says whenever that changes otherwise. */
function useDrafts(queries: Query[]): [Query[], (next: Query[]) => void] {
  const key = JSON.stringify(queries);
  const [drafts, setDrafts] = useState(queries);
  const [seen, setSeen] = useState(key);
  if (seen !== key) {
    setSeen(key);
    setDrafts(queries);
  }
  return [drafts, setDrafts];
}

/** The width of the place for charts, in steps: a query is not asked anew for every pixel. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => rounded(innerWidth > 720 ? innerWidth - 240 : innerWidth));
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(rounded(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}

function rounded(px: number): number {
  return Math.max(WIDTH_STEP_PX, Math.ceil(px / WIDTH_STEP_PX) * WIDTH_STEP_PX);
}

interface ToolbarProps {
  sources: readonly DataSource[];
  source: DataSource;
  side: Side | null;
  full: boolean;
  empty: boolean;
  loading: boolean;
  add: () => void;
  toBoard: () => void;
  run: () => void;
}

function Toolbar({ sources, source, side, full, empty, loading, add, toBoard, run }: ToolbarProps) {
  const { t } = useWords();
  const toggle = (one: Side): void => changeParams({ side: side === one ? null : one });
  return (
    <div className="explore-bar">
      <span className="ctl source">
        <SourceSelect sources={sources} value={source.uid} take={(uid) => changeParams({ source: uid }, "push")} />
      </span>
      <button type="button" className="ctl" aria-pressed={side === "metrics"} onClick={() => toggle("metrics")}>
        <Icon name="search" small />
        {t("explore.metrics")}
      </button>
      <button type="button" className="ctl" aria-pressed={side === "history"} onClick={() => toggle("history")}>
        <Icon name="history" small />
        {t("explore.history")}
      </button>
      <span className="sp" />
      <button type="button" className="ctl" disabled={full} onClick={add}>
        <Icon name="plus" small />
        {t("dash.edit.addQuery")}
      </button>
      <button type="button" className="ctl" disabled={empty} onClick={toBoard}>
        <Icon name="dashboards" small />
        {t("explore.toBoard")}
      </button>
      <button type="button" className="ctl strong" aria-busy={loading} onClick={run}>
        <Icon name="play" small />
        {t("explore.run")}
      </button>
    </div>
  );
}
