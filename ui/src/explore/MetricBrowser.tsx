import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTime } from "../app/time/store";
import { reason } from "../dash/data/panel";
import type { DataSource } from "../dash/data/sources";
import { SourceClient } from "../editor/client";
import { usualQueries } from "../editor/names";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { found, metricsOf, type Metric } from "./metrics";
import { SidePanel } from "./SidePanel";

/** Rows at a time: each is counted, and a list of thousands is searched rather than read. */
const SHOWN_MAX = 50;
const SETTLED_MS = 250;

/** For who does not know a metric's name: all of them, by name and help, with type and number of series. */
export function MetricBrowser({ source, use }: { source: DataSource; use: (expr: string) => void }) {
  const { t, number } = useWords();
  const client = SourceClient.of(source);
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<string | null>(null);
  const wanted = useDeferredValue(typed);
  const window = useMinutes();
  const names = useQuery({
    queryKey: ["metric names", source.uid, window],
    queryFn: () => client.allNames(),
    placeholderData: (before, asked) => (asked?.queryKey[1] === source.uid ? before : undefined),
  });
  const help = useQuery({ queryKey: ["metric help", source.uid], queryFn: () => client.metricMetadata() });
  const metrics = useMemo(() => metricsOf(names.data ?? [], help.data ?? {}), [names.data, help.data]);
  const all = useMemo(() => found(metrics, wanted), [metrics, wanted]);
  const shown = useMemo(() => all.slice(0, SHOWN_MAX), [all]);
  const counts = useCounts(client, shown);
  return (
    <SidePanel title={t("explore.metrics")}>
      <input className="field" type="search" value={typed} maxLength={200} placeholder={t("explore.metrics.search")} aria-label={t("explore.metrics.search")} onChange={(event) => setTyped(event.currentTarget.value)} />
      {names.isError ? (
        <p className="s c-broken" role="alert">
          {t("explore.metrics.failed")} {reason(names.error).what}{" "}
          <button type="button" className="plain-link" onClick={() => void names.refetch()}>
            {t("error.retry")}
          </button>
        </p>
      ) : names.isPending ? (
        <p className="s t2" role="status">
          {t("ask.loading")}
        </p>
      ) : (
        <p className="xs t3" role="status">
          {t("explore.metrics.count", { n: all.length, count: number(all.length), total: number(metrics.length) })}
        </p>
      )}
      <ul className="metrics">
        {shown.map((metric) => (
          <MetricRow key={metric.name} metric={metric} series={counts.get(metric.name)} open={opened === metric.name} toggle={() => setOpened(opened === metric.name ? null : metric.name)} client={client} use={use} />
        ))}
      </ul>
      {all.length > shown.length ? <p className="xs t3">{t("explore.metrics.more", { n: all.length - shown.length, count: number(all.length - shown.length) })}</p> : null}
    </SidePanel>
  );
}

interface MetricRowProps {
  metric: Metric;
  series: number | undefined;
  open: boolean;
  toggle: () => void;
  client: SourceClient;
  use: (expr: string) => void;
}

function MetricRow({ metric, series, open, toggle, client, use }: MetricRowProps) {
  const { t, number } = useWords();
  return (
    <li className={open ? "open" : undefined}>
      <button type="button" className="metric" aria-expanded={open} onClick={toggle}>
        <span className="metric-name mono">{metric.name}</span>
        <span className="xs t3 tn metric-facts">
          {metric.kind === "other" ? null : <span>{t(`explore.kind.${metric.kind}`)}</span>}
          {series === undefined ? null : <span>{t("explore.metrics.series", { n: series, count: number(series) })}</span>}
        </span>
        {metric.help === "" ? null : <span className={open ? "s t2 metric-help" : "s t2 metric-help short"}>{metric.help}</span>}
      </button>
      {open ? <Details metric={metric} client={client} use={use} /> : null}
    </li>
  );
}

function Details({ metric, client, use }: { metric: Metric; client: SourceClient; use: (expr: string) => void }) {
  const { t } = useWords();
  const window = useMinutes();
  const labels = useQuery({ queryKey: ["metric labels", client.source.uid, metric.name, window], placeholderData: (before) => before, queryFn: () => client.labelNames(metric.name) });
  return (
    <div className="metric-more">
      {labels.data === undefined || labels.data.length === 0 ? null : (
        <p className="xs t3">
          {t("explore.metrics.labels")} <span className="mono t2">{labels.data.slice(0, 40).join(", ")}</span>
        </p>
      )}
      <ul aria-label={t("explore.metrics.queries")}>
        {usualQueries(metric.name, metric.metadata).map((expr) => (
          <li key={expr}>
            <button type="button" className="usual" onClick={() => use(expr)}>
              <Icon name="plus" small />
              <code>{expr}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The page's range to the minute, as names are asked for it. */
function useMinutes(): string {
  const { fromMs, toMs } = useTime();
  return `${Math.floor(fromMs / 60_000)} ${Math.floor(toMs / 60_000)}`;
}

/** Numbers of series of the metrics that are shown, once the search stands still. A source that will not count is not asked twice. */
function useCounts(client: SourceClient, shown: readonly Metric[]): ReadonlyMap<string, number> {
  const { toMs } = useTime();
  const atMs = Math.floor(toMs / 60_000) * 60_000;
  const key = shown.map(({ name }) => name).join("|");
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const { data } = useQuery({
    queryKey: ["metric counts", client.source.uid, settled, atMs],
    queryFn: ({ signal }) => client.counts(settled.split("|"), atMs, signal),
    enabled: settled !== "",
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  return data ?? NO_COUNTS;
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();
