import { useMemo, useState } from "react";
import { changeParams } from "../app/address";
import { useTime, useZone, zoomOut } from "../app/time/store";
import { timeWords } from "../app/time/words";
import { buildChart } from "../chart/build";
import { csvOf, DataTable, type Column } from "../chart/DataTable";
import type { LegendOptions } from "../chart/Legend";
import { TimeChart } from "../chart/TimeChart";
import { useChartLook } from "../chart/useChartLook";
import { rangeFrames, SERIES_MAX } from "../dash/data/prometheus";
import { resolve } from "../dash/field/resolve";
import { readFieldConfig } from "../dash/model/field";
import { columnsOfData } from "../dash/tabular";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { save } from "../parts/save";
import type { Asked, Got, Question } from "./ask";
import { VIEWS, type Exploration } from "./model";
import { PlanView } from "./PlanView";
import { tableOf } from "./table";

interface ResultsProps {
  exploration: Exploration;
  questions: readonly Question[];
  asked: ReadonlyMap<string, Asked>;
  browse: () => void;
}

/** The answers to all queries: a graph, a table, or how they were computed. */
export function Results({ exploration, questions, asked, browse }: ResultsProps) {
  const { t } = useWords();
  const { view } = exploration;
  const standing = questions.map(({ refId }) => asked.get(refId));
  const fits = (got: Got): boolean => got.question.plan === (view === "plan") && (view === "plan" || got.question.kind === (view === "table" ? "instant" : "range"));
  const gots = standing.flatMap((one) => (one?.got != null && fits(one.got) ? [one.got] : []));
  const loading = standing.some((one) => one?.loading);
  const stale = standing.some((one) => one?.got != null && (one.loading || one.error !== null));
  return (
    <section className="results" aria-label={t("explore.results")} aria-busy={loading} data-panel tabIndex={-1}>
      {loading ? <span className="panel-progress" /> : null}
      {questions.length === 0 ? (
        <>
          <ViewBar exploration={exploration} />
          <Start browse={browse} />
        </>
      ) : (
        <Views exploration={exploration} gots={gots} stale={stale} waiting={gots.length === 0 && loading} />
      )}
    </section>
  );
}

function Start({ browse }: { browse: () => void }) {
  const { t } = useWords();
  return (
    <div className="empty">
      <p>{t("explore.start")}</p>
      <div className="empty-steps">
        <button type="button" className="ctl" onClick={browse}>
          <Icon name="search" small />
          {t("explore.start.browse")}
        </button>
      </div>
    </div>
  );
}

interface ViewsProps {
  exploration: Exploration;
  gots: readonly Got[];
  stale: boolean;
  waiting: boolean;
}

function Views({ exploration, gots, stale, waiting }: ViewsProps) {
  const { t } = useWords();
  const body = stale ? "results-body old" : "results-body";
  if (waiting) {
    return (
      <>
        <ViewBar exploration={exploration} />
        <div className="loading" role="status">
          <span className="progress" />
          {t("ask.loading")}
        </div>
      </>
    );
  }
  switch (exploration.view) {
    case "graph":
      return <Graph exploration={exploration} gots={gots} body={body} />;
    case "table":
      return <Tables exploration={exploration} gots={gots} body={body} />;
    case "plan":
      return (
        <>
          <ViewBar exploration={exploration} />
          <div className={body}>
            <PlanView gots={gots} instant={exploration.instant} />
          </div>
        </>
      );
  }
}

const STEPS = ["", "5s", "15s", "30s", "1m", "5m", "15m", "1h"];

function ViewBar({ exploration, children }: { exploration: Exploration; children?: React.ReactNode }) {
  const { t } = useWords();
  const { view, step } = exploration;
  const steps = STEPS.includes(step) ? STEPS : [...STEPS, step];
  return (
    <div className="results-bar">
      <div className="seg" role="group" aria-label={t("explore.results")}>
        {VIEWS.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => changeParams({ view: one === "graph" ? null : one }, "push")}>
            {t(`explore.view.${one}`)}
          </button>
        ))}
      </div>
      {view === "table" ? null : (
        <label className="ctl source">
          <span className="xs t3">{t("explore.step")}</span>
          <select value={step} onChange={(event) => changeParams({ step: event.currentTarget.value === "" ? null : event.currentTarget.value }, "push")}>
            {steps.map((one) => (
              <option key={one} value={one}>
                {one === "" ? t("explore.step.auto") : one}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className="sp" />
      {children}
    </div>
  );
}

const PLAIN = { defaults: readFieldConfig({}), overrides: [] };
const WIDE: LegendOptions = { mode: "table", placement: "bottom", calcs: ["lastNotNull", "min", "mean", "max"], sortBy: "", sortDesc: false };
const NARROW: LegendOptions = { ...WIDE, calcs: ["lastNotNull"] };

function Graph({ exploration, gots, body }: { exploration: Exploration; gots: readonly Got[]; body: string }) {
  const { t, language } = useWords();
  const { zone, fromMs, toMs } = useTime();
  const { look } = useChartLook();
  const [asTable, setAsTable] = useState(false);
  const answers = useSame(gots);
  const frames = useMemo(
    () => answers.flatMap(({ question, data }) => rangeFrames(question.refId, data, question.grid, question.legend, "series").frames).slice(0, SERIES_MAX),
    [answers],
  );
  const shown = useMemo(() => resolve(frames, PLAIN, {}), [frames]);
  const chart = useMemo(() => buildChart(shown, look), [shown, look]);
  const window = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs]);
  const total = answers.reduce((sum, got) => sum + got.total, 0);
  const table = (): { columns: Column[]; rows: number } => columnsOfData({ frames, shown }, timeWords(language, zone).full);
  const scrapeMs = answers[0]?.question.source.scrapeMs ?? 15_000;
  const empty = frames.length === 0;
  return (
    <>
      <ViewBar exploration={exploration}>
        <button type="button" className="ctl" disabled={empty} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <Icon name="table" small />
          {t("dash.view.table")}
        </button>
        <Csv disabled={empty} table={table} />
      </ViewBar>
      <Left shown={frames.length} total={total} chart />
      {empty ? (
        answers.length === 0 ? null : <NoSeries />
      ) : (
        <div className={body}>
          {asTable ? (
            <DataTable label={t("dash.view.table")} {...table()} />
          ) : (
            <div className="explore-chart">
              <TimeChart chart={chart} label={t("dash.chart.label", { title: t("nav.explore"), n: frames.length })} window={window} zone={zone} syncKey="explore" legend={innerWidth > 720 ? WIDE : NARROW} tooltip="multi" tooltipSort="desc" gapMs={4 * scrapeMs} />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** The list as it was, while its members are: it is made anew with every state of a query, and only answers count. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const [kept, keep] = useState(list);
  if (kept.length === list.length && kept.every((one, at) => one === list[at])) return kept;
  keep(list);
  return list;
}

/** What was left out, and what to do to see it. */
function Left({ shown, total, chart = false }: { shown: number; total: number; chart?: boolean }) {
  const { t, number } = useWords();
  if (total <= shown) return null;
  return (
    <p className="note" role="status">
      <Icon name="incident" small />
      {t(chart ? "explore.cut.chart" : "explore.cut.table", { shown: number(shown), total: number(total) })}
    </p>
  );
}

function NoSeries() {
  const { t } = useWords();
  return (
    <div className="empty">
      <p>{t("explore.nothing")}</p>
      <div className="empty-steps">
        <button type="button" className="ctl" onClick={zoomOut}>
          <Icon name="zoomOut" small />
          {t("logs.empty.wider")}
        </button>
      </div>
    </div>
  );
}

function Csv({ disabled, table, name = "explore" }: { disabled: boolean; table: () => { columns: readonly Column[]; rows: number }; name?: string }) {
  const { t } = useWords();
  const download = (): void => {
    const { columns, rows } = table();
    save(`${name}.csv`, csvOf(columns, rows), "text/csv");
  };
  return (
    <button type="button" className="ctl" disabled={disabled} onClick={download}>
      <Icon name="download" small />
      {t("dash.view.csv")}
    </button>
  );
}

function Tables({ exploration, gots, body }: { exploration: Exploration; gots: readonly Got[]; body: string }) {
  const { t, language } = useWords();
  const zone = useZone();
  const words = timeWords(language, zone);
  const [first] = gots;
  const single = gots.length === 1 && first !== undefined ? tableOf(first.data, words.full) : null;
  return (
    <>
      <ViewBar exploration={exploration}>
        {first === undefined ? null : <span className="s t3 tn">{t("explore.at", { time: words.full(first.question.atMs) })}</span>}
        {single === null ? null : <Csv disabled={single.rows === 0} table={() => single} />}
      </ViewBar>
      <div className={body}>
        {gots.map((got) => (
          <InstantTable key={got.question.refId} got={got} headed={gots.length > 1} full={words.full} />
        ))}
      </div>
    </>
  );
}

function InstantTable({ got, headed, full }: { got: Got; headed: boolean; full: (ms: number) => string }) {
  const { t } = useWords();
  const { refId, expr } = got.question;
  const { columns, rows, series } = useMemo(() => tableOf(got.data, full), [got, full]);
  return (
    <div className="xtable">
      {headed ? (
        <div className="xtable-head">
          <h2 className="mono">
            <span className="xletter">{refId}</span> <span className="xexpr">{expr}</span>
          </h2>
          <span className="sp" />
          <Csv disabled={rows === 0} table={() => ({ columns, rows })} name={`explore-${refId}`} />
        </div>
      ) : null}
      <Left shown={series} total={got.total} />
      {rows === 0 ? <p className="none">{t("explore.nothing.now")}</p> : <DataTable label={t("explore.table.label", { name: refId })} columns={columns} rows={rows} />}
    </div>
  );
}
