import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { getJson } from "../api/client";
import { changeParams, useAddress } from "../app/address";
import { reportRead, useCrumbText } from "../app/crumb";
import { labelText, metricText, seriesText } from "../editor/names";
import { exploreQuery } from "../explore/model";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { findingOf, ruleFor, type Counted, type MetricShape, type Own, type ShapeLabel, type Tsdb } from "./cardinality";
import { CopyText, Failed, Finding, Meter, Part, SearchField, Waiting } from "./parts";

const LISTED = 20;
const TIMEOUT_MS = 30_000;

interface Read {
  tsdb: Tsdb;
  own: Own;
}

async function read(signal: AbortSignal): Promise<Read> {
  const asking = { signal, timeoutMs: TIMEOUT_MS };
  const [tsdb, own] = await Promise.all([
    getJson<{ data: Tsdb }>(`/api/v1/status/tsdb?limit=${LISTED}`, asking),
    getJson<{ data: Own }>(`/api/v1/status/cardinality?limit=${LISTED}`, asking),
  ]);
  reportRead();
  return { tsdb: tsdb.data, own: own.data };
}

/** How many series there are, what multiplies them, and what to do about it. */
export default function CardinalityPage() {
  const words = useWords();
  const { t } = words;
  const { params } = useAddress();
  const metric = params.get("metric") ?? "";
  const { data, error, refetch, isFetching } = useQuery({ queryKey: ["cardinality"], queryFn: ({ signal }) => read(signal), staleTime: 60_000 });
  useCrumbText(metric);
  if (data === undefined) {
    return (
      <>
        <h1 className="vh">{t("nav.cardinality")}</h1>
        <Waiting error={error} retry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      <Finding level={1} {...findingOf(data.tsdb, data.own, words)} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <MetricSearch metric={metric} busy={isFetching} refresh={() => void refetch()} />
      {metric === "" ? null : <Shape key={metric} metric={metric} />}
      <Use own={data.own} />
      <Tops tsdb={data.tsdb} own={data.own} />
    </>
  );
}

/** Finds a metric by what its name contains; names come from the server as they are typed. */
function MetricSearch({ metric, busy, refresh }: { metric: string; busy: boolean; refresh: () => void }) {
  const { t } = useWords();
  const { params } = useAddress();
  const typed = params.get("q") ?? "";
  const { data } = useQuery({
    queryKey: ["metric-names"],
    queryFn: ({ signal }) => getJson<{ data: string[] }>("/api/v1/label/__name__/values?limit=20000", { signal, timeoutMs: TIMEOUT_MS }),
    enabled: typed !== "",
  });
  const names = (data?.data ?? []).filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <div role="search">
      <div className="op-bar">
        <SearchField name="q" value={typed} label={t("card.search")} />
        <button type="button" className="ctl" aria-busy={busy} onClick={refresh}>
          <Icon name="refresh" small />
          {t("card.again")}
        </button>
        {metric === "" ? null : (
          <button type="button" className="ctl" onClick={() => changeParams({ metric: null, q: null }, "push")}>
            <Icon name="close" small />
            {t("card.close")}
          </button>
        )}
      </div>
      {typed === "" || data === undefined ? null : (
        <ul className="op-labels op-bar" aria-label={t("card.found", { n: names.length })}>
          {names.slice(0, 40).map((name) => (
            <li key={name}>
              <button type="button" className="plain-link mono" onClick={() => changeParams({ metric: name, q: null }, "push")}>
                {name}
              </button>
            </li>
          ))}
          {names.length === 0 ? <li className="s t2">{t("card.noName")}</li> : null}
          {names.length > 40 ? <li className="s t3">{t("card.narrow", { n: names.length - 40 })}</li> : null}
        </ul>
      )}
    </div>
  );
}

/** One metric: its labels, the one that multiplies most first, their values, and the rule that would help. */
function Shape({ metric }: { metric: string }) {
  const { t, number } = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ["cardinality", metric],
    queryFn: async ({ signal }) => (await getJson<{ data: MetricShape }>(`/api/v1/status/cardinality?${new URLSearchParams({ metric, limit: "10" }).toString()}`, { signal, timeoutMs: TIMEOUT_MS })).data,
    staleTime: 60_000,
  });
  const [label, setLabel] = useState<string | null>(null);
  if (data === undefined) return <Waiting error={error} retry={() => void refetch()} />;
  const worst = data.labels[0];
  const chosen = data.labels.find(({ name }) => name === label) ?? worst;
  return (
    <section className="panel us-once" aria-label={metric}>
      <h2>
        <span className="mono">{metric}</span> {t("card.series", { n: data.series, shown: number(data.series) })}
      </h2>
      {data.series === 0 ? <p className="t2">{t("card.noSeries")}</p> : null}
      {worst === undefined ? null : (
        <p className="t2">
          {worst.seriesWithout < data.series / 2
            ? t("card.worst", { label: worst.name, n: worst.values, shown: number(worst.values), left: number(worst.seriesWithout) })
            : t("card.even")}
        </p>
      )}
      {chosen === undefined ? null : <Advice metric={metric} shape={data} label={chosen} choose={setLabel} />}
      {data.labels.map((one) => (
        <LabelShape key={one.name} label={one} series={data.series} metric={metric} open={one === worst} choose={() => setLabel(one.name)} />
      ))}
      <p>
        <a href={exploreQuery(`count by (${labelText(chosen?.name ?? "job")}) (${metricText(metric)})`)}>{t("card.explore")}</a>
      </p>
    </section>
  );
}

function LabelShape({ label, series, metric, open, choose }: { label: ShapeLabel; series: number; metric: string; open: boolean; choose: () => void }) {
  const { t, number } = useWords();
  return (
    <details className="cd-label" open={open} onToggle={(event) => (event.currentTarget.open ? choose() : undefined)}>
      <summary>
        <span className="mono syn-label">{label.name}</span>
        <span className="s">{t("card.values", { n: label.values, shown: number(label.values) })}</span>
        <span className="s t3">{t("card.without", { n: number(label.seriesWithout) })}</span>
      </summary>
      <Counts all={label.top} most={series} link={(name) => exploreQuery(seriesText(metric, { [label.name]: name }))} />
      {label.values > label.top.length ? <p className="s t3">{t("card.moreValues", { n: number(label.values - label.top.length) })}</p> : null}
    </details>
  );
}

/** What to do: the relabelling rule that takes the label, or the metric, away, ready to copy. */
function Advice({ metric, shape, label, choose }: { metric: string; shape: MetricShape; label: ShapeLabel; choose: (label: string) => void }) {
  const { t, number } = useWords();
  const [whole, setWhole] = useState(false);
  return (
    <div>
      <h3 className="s t2">{t("card.todo")}</h3>
      <div className="op-bar">
        <select className="ctl" aria-label={t("card.which")} value={label.name} onChange={(event) => choose(event.currentTarget.value)} disabled={whole}>
          {shape.labels.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <div className="seg" role="group" aria-label={t("card.what")}>
          <button type="button" aria-pressed={!whole} onClick={() => setWhole(false)}>
            {t("card.dropLabel")}
          </button>
          <button type="button" aria-pressed={whole} onClick={() => setWhole(true)}>
            {t("card.dropMetric")}
          </button>
        </div>
      </div>
      <p className="s t2">{whole ? t("card.saves.metric", { n: number(shape.series) }) : t("card.saves.label", { label: label.name, n: number(shape.series - label.seriesWithout), left: number(label.seriesWithout) })}</p>
      {!whole && label.seriesWithout < shape.series ? <p className="s c-degraded">{t("card.collide")}</p> : null}
      <CopyText label={t("card.copy")} text={ruleFor(metric, whole ? null : label.name)} />
    </div>
  );
}

/** What the tenant has of what it may have. */
function Use({ own }: { own: Own }) {
  const { t, number } = useWords();
  const rows: [string, number, number][] = [["store.seriesPerTenantMax", own.activeSeries, own.seriesPerTenantMax]];
  return (
    <Part title={t("card.use")}>
      <table className="tbl cd-use">
        <tbody>
          {rows.map(([key, used, max]) => (
            <tr key={key}>
              <th scope="row">{t("card.active")}</th>
              <td>
                <Meter share={used / max} label={t("card.share", { n: number((used / max) * 100, 1) })} />
              </td>
              <td>{t("card.of", { used: number(used), max: number(max) })}</td>
              <td className="mono t3">{key}</td>
            </tr>
          ))}
          {own.cappedMetrics.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row" className="c-broken mono">
                <Chosen name={name} />
              </th>
              <td colSpan={2}>{t("card.capped", { max: number(own.seriesPerMetricMax), n: number(value) })}</td>
              <td className="mono t3">store.seriesPerMetricMax</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Tops({ tsdb, own }: { tsdb: Tsdb; own: Own }) {
  const { t, number } = useWords();
  const { numSeries } = tsdb.headStats;
  return (
    <div className="op-cols">
      <Part title={t("card.top.metrics")}>
        <Counts all={tsdb.seriesCountByMetricName} most={numSeries} choose />
      </Part>
      <Part title={t("card.top.new")} note={own.new.seriesBefore === 0 ? undefined : t("card.new.note", { n: number(own.new.series) })}>
        {own.new.metrics.length === 0 || own.new.seriesBefore === 0 ? <p className="none s">{t(own.new.seriesBefore === 0 ? "card.new.young" : "card.new.none")}</p> : <Counts all={own.new.metrics} most={own.new.series} choose />}
      </Part>
      <Part title={t("card.top.labels")}>
        <Counts all={tsdb.labelValueCountByLabelName} most={tsdb.labelValueCountByLabelName[0]?.value ?? 1} link={(name) => exploreQuery(`count by (${labelText(name)}) ({${labelText(name)}!=""})`)} />
      </Part>
      <Part title={t("card.top.pairs")}>
        <Counts all={tsdb.seriesCountByLabelValuePair} most={numSeries} link={(pair) => exploreQuery(`count by (__name__) (${pairSelector(pair)})`)} />
      </Part>
    </div>
  );
}

function pairSelector(pair: string): string {
  const at = pair.indexOf("=");
  return seriesText("", { [pair.slice(0, at)]: pair.slice(at + 1) });
}

/** Counts with a bar each; a name leads to the metric or to Explore. */
function Counts({ all, most, link, choose = false }: { all: readonly Counted[]; most: number; link?: (name: string) => string; choose?: boolean }) {
  const { number } = useWords();
  const named = (name: string): ReactNode => {
    if (choose) return <Chosen name={name} />;
    const shown = name === "" ? '""' : name;
    return link === undefined ? shown : <a href={link(name)}>{shown}</a>;
  };
  return (
    <ul className="op-counts">
      {all.map(({ name, value }) => (
        <li key={name}>
          <span className="name mono">{named(name)}</span>
          <span className="num">{number(value)}</span>
          <span className="op-meter" aria-hidden="true">
            <i style={{ width: `${(100 * value) / Math.max(1, most)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Chosen({ name }: { name: string }) {
  return (
    <button
      type="button"
      className="plain-link mono name"
      onClick={() => {
        changeParams({ metric: name, q: null }, "push");
        scrollTo(0, 0);
      }}
    >
      {name}
    </button>
  );
}
