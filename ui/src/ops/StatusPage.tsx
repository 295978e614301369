import { useQuery } from "@tanstack/react-query";
import { Fragment, useMemo, useState, type ReactNode } from "react";
import { getJson } from "../api/client";
import { reportRead } from "../app/crumb";
import { exploreQuery } from "../explore/model";
import { useWords, type Words } from "../i18n";
import { Icon } from "../parts/Icon";
import { useServerTime } from "../parts/clock";
import { shortTime } from "../signals/units";
import { Ago, Failed, Finding, Head, Meter, Part, Scroll, StateWord, Waiting } from "./parts";
import {
  engineErrors,
  engineFinding,
  FILLS,
  ingestFinding,
  keep,
  limitFinding,
  queryFinding,
  rate,
  reloadFinding,
  ruleFinding,
  signalKey,
  storageFinding,
  sum,
  usedOf,
  waysOf,
  worstOf,
  type Found,
  type Query,
  type RuleGroup,
  type Status,
  type Used,
  type Way,
} from "./status";
import { bytes } from "./units";

const REFRESH_MS = 5_000;
const FIRST_RATE_MS = 2_000;
const READINGS = ["status"];

/** How the server itself is doing: what comes in, where it is kept, what limits it, what runs. */
export default function StatusPage() {
  const { t } = useWords();
  const readings = useQuery({
    queryKey: READINGS,
    queryFn: async ({ signal, client }) => {
      const next = await getJson<Status>("/api/status", { signal });
      reportRead();
      return keep(client.getQueryData<readonly Status[]>(READINGS) ?? [], next);
    },
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) < 2 ? FIRST_RATE_MS : REFRESH_MS),
    structuralSharing: false,
    staleTime: 0,
    gcTime: 0,
  });
  const rules = useQuery({
    queryKey: ["status-rules"],
    queryFn: async ({ signal }) => (await getJson<{ data: { groups: RuleGroup[] } }>("/api/v1/rules?exclude_alerts=true", { signal })).data.groups,
    refetchInterval: 3 * REFRESH_MS,
  });
  const status = readings.data?.at(-1);
  if (readings.data === undefined || status === undefined) {
    return (
      <>
        <h1 className="vh">{t("nav.status")}</h1>
        <Waiting error={readings.error} retry={() => void readings.refetch()} />
      </>
    );
  }
  return (
    <>
      {readings.error === null ? null : <Failed error={readings.error} retry={() => void readings.refetch()} />}
      <Parts status={status} readings={readings.data} rules={{ groups: rules.data ?? null, error: rules.error, retry: () => void rules.refetch() }} />
    </>
  );
}

interface PartsProps {
  status: Status;
  readings: readonly Status[];
  rules: { groups: RuleGroup[] | null; error: Error | null; retry: () => void };
}

function Parts({ status, readings, rules }: PartsProps) {
  const words = useWords();
  const { t, number, age } = words;
  const ways = waysOf(readings);
  const used = usedOf(status);
  const found = {
    ingest: ingestFinding(readings, ways, t, number),
    storage: storageFinding(status, readings, t, age),
    limits: limitFinding(used, t),
    engine: engineFinding(status, readings, t, number),
    queries: queryFinding(status, readings, t),
    rules: rules.groups === null ? null : ruleFinding(rules.groups, t),
    config: reloadFinding(status, t),
  };
  const all = Object.values(found).filter((one): one is Found => one !== null);
  const worst = worstOf(all);
  const well = worst === undefined || worst.tone === "fine" || (worst.tone === "unknown" && worst === found.ingest);
  return (
    <>
      {well ? <Finding level={1} tone="fine" what={t("status.fine")} /> : <Finding level={1} {...worst} />}
      <Part title={t("status.ingest")} note={<a href="/d/framewatch-platform">{t("status.board")}</a>}>
        <Finding {...found.ingest} />
        <Ways ways={ways} />
      </Part>
      <div className="op-cols">
        <Part title={t("status.storage")}>
          <Finding {...found.storage} />
          <Facts rows={storageRows(status, readings, words)} />
        </Part>
        <Part title={t("status.engine")}>
          <Finding {...found.engine} />
          <Facts rows={engineRows(status, readings, words)} />
        </Part>
      </div>
      <Part title={t("status.limits")}>
        <Finding {...found.limits} />
        <Limits all={used} tenants={status.tenants} />
      </Part>
      <Part title={t("status.queries")}>
        <Finding {...found.queries} />
        <Queries status={status} />
      </Part>
      <Part title={t("status.rules")}>
        {found.rules === null ? <Waiting error={rules.error} retry={rules.retry} /> : <Finding {...found.rules} />}
        {found.rules === null || rules.error === null ? null : <Failed error={rules.error} retry={rules.retry} />}
        <Rules groups={rules.groups ?? NO_GROUPS} />
      </Part>
      <div className="op-cols">
        <Part title={t("status.config")}>
          <Finding {...found.config} />
          <Facts rows={configRows(status, words)} />
        </Part>
        <Part title={t("status.build")}>
          <Facts rows={buildRows(status, readings, words)} />
        </Part>
      </div>
    </>
  );
}

function perSecond({ t, number }: Words, value: number | null): string {
  return value === null ? t("status.soon") : t("status.perSecond", { n: number(value, value > 0 && value < 10 ? 1 : 0) });
}

function Ways({ ways }: { ways: readonly Way[] }) {
  const words = useWords();
  const { t, number } = words;
  if (ways.length === 0) return <p className="none s">{t("status.ways.none")}</p>;
  return (
    <Scroll label={t("status.ingest")}>
      <Head columns={[t("status.way"), t("status.what"), { right: t("status.rate") }, { right: t("status.total") }, t("status.refused")]} />
      <tbody>
        {ways.map((way) => (
          <tr key={`${way.signal} ${way.way}`}>
            <th scope="row" className="whole">{t(`status.way.${wayKey(way.way)}`)}</th>
            <td className="nowrap">{t(`status.signal.${signalKey(way.signal)}`)}</td>
            <td className="right">{perSecond(words, way.perSecond)}</td>
            <td className="right">{number(way.total)}</td>
            <td>
              {way.refused.length === 0 ? <span className="t3">{t("status.refused.none")}</span> : null}
              {way.refused.map((one) => (
                <span key={one.reason} className="op-label">
                  <span className={(one.perSecond ?? 0) > 0 ? "c-degraded" : "t2"}>{number(one.total)}</span> <span className="mono">{one.reason}</span>{" "}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </Scroll>
  );
}

const WAYS = ["scrape", "host", "rules", "own", "remote_write", "otlp", "loki", "pushgateway"] as const;

function wayKey(way: string): (typeof WAYS)[number] | "other" {
  return WAYS.find((one) => one === way) ?? "other";
}

type Row = readonly [name: string, value: ReactNode];

function Facts({ rows }: { rows: readonly Row[] }) {
  return (
    <table className="tbl">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className="t3">
              {name}
            </th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const known = (value: number | null, text: (value: number) => string, otherwise: string): string => (value === null ? otherwise : text(value));

function storageRows(status: Status, readings: readonly Status[], words: Words): Row[] {
  const { t, number, age } = words;
  const none = t("status.unknown");
  const size = (name: string): string => known(sum(status, name), (value) => bytes(words, value), none);
  const hotFrom = sum(status, "framewatch_hot_start_timestamp_seconds");
  if (status.store === "memory") return [[t("status.series"), known(sum(status, "framewatch_store_active_series"), (n) => number(n), none)]];
  return [
    [t("status.disk"), size("framewatch_store_disk_bytes")],
    ...["metrics", "logs", "traces"].flatMap((signal): Row[] => {
      const part = sum(status, "framewatch_store_signal_disk_bytes", { signal });
      return part === null ? [] : [[t(`status.disk.${signal as "metrics" | "logs" | "traces"}`), bytes(words, part)]];
    }),
    [t("status.diskFree"), size("framewatch_store_disk_free_bytes")],
    [t("status.wal"), t("status.ofMax", { used: size("framewatch_wal_bytes"), max: size("framewatch_wal_limit_bytes") })],
    [t("status.walRate"), known(rate(readings, "framewatch_wal_written_bytes_total"), (value) => t("status.perSecond", { n: bytes(words, value) }), t("status.soon"))],
    [t("status.flushAge"), known(sum(status, "framewatch_flush_lag_seconds"), age, none)],
    [t("status.hot"), t("status.ofMax", { used: size("framewatch_hot_bytes"), max: size("framewatch_hot_limit_bytes") })],
    [t("status.hotFrom"), hotFrom === null || hotFrom <= 0 ? none : t("status.hotSpan", { age: age(status.nowMs / 1_000 - hotFrom) })],
    [t("status.series"), known(sum(status, "framewatch_hot_series"), (n) => number(n), none)],
    [t("status.retention"), status.days === 0 ? t("status.forever") : t("status.days", { n: status.days })],
    [t("status.cold"), status.hotDays === 0 ? t("status.never") : t("status.daysHot", { n: status.hotDays })],
  ];
}

function engineRows(status: Status, readings: readonly Status[], words: Words): Row[] {
  const { t, number } = words;
  const none = t("status.unknown");
  const calls = rate(readings, "framewatch_engine_queries_total");
  const inserts = rate(readings, "framewatch_engine_inserts_total");
  const version = status.metrics["framewatch_engine_info"]?.[0]?.labels["version"];
  if (status.store === "memory") return [[t("status.engine"), t("status.engine.none")]];
  return [
    ...(version === undefined ? [] : [[t("status.version"), version] as const]),
    [t("status.memory"), known(sum(status, "framewatch_engine_resident_memory_bytes"), (value) => bytes(words, value), none)],
    [t("status.restarts"), known(sum(status, "framewatch_engine_restarts_total"), (n) => number(n), none)],
    [t("status.calls"), known(sum(status, "framewatch_engine_calls_running"), (n) => number(n), none)],
    [t("status.engineQueries"), perSecond(words, calls)],
    [t("status.engineInserts"), perSecond(words, inserts)],
    [t("status.engineErrors"), errorsText(status, words)],
  ];
}

function errorsText(status: Status, { t, number }: Words): string {
  const { failed, starting } = engineErrors(status);
  return starting === 0 ? number(failed) : t("status.engineErrors.starting", { failed: number(failed), n: starting });
}

function configRows(status: Status, words: Words): Row[] {
  const { t, age } = words;
  const at = sum(status, "framewatch_config_last_reload_success_timestamp_seconds");
  return [
    [t("status.reloaded"), at === null || at <= 0 ? t("status.unknown") : t("targets.ago", { age: age(status.nowMs / 1_000 - at) })],
    [t("status.folder"), <span key="folder" className="mono">{status.folder}</span>],
  ];
}

function buildRows(status: Status, readings: readonly Status[], words: Words): Row[] {
  const { t, number, age } = words;
  const cpu = rate(readings, "process_cpu_seconds_total");
  return [
    [t("status.version"), status.version],
    [t("status.java"), status.java],
    [t("status.mode"), status.mode],
    [t("status.uptime"), age((status.nowMs - status.startedAtMs) / 1_000)],
    [t("status.cpu"), cpu === null ? t("status.soon") : t("status.cores", { n: number(cpu, 2) })],
    [t("status.memory"), known(sum(status, "process_resident_memory_bytes"), (value) => bytes(words, value), t("status.unknown"))],
    [t("status.files"), known(sum(status, "process_open_fds"), (n) => number(n), t("status.unknown"))],
  ];
}

function Limits({ all, tenants }: { all: readonly Used[]; tenants: Status["tenants"] }) {
  const words = useWords();
  const { t, number, age } = words;
  const written = (value: number, unit: Used["unit"]): string => (unit === "bytes" ? bytes(words, value) : unit === "ms" ? (value < 1_000 ? shortTime(words, value * 1_000) : age(value / 1_000)) : number(value));
  return (
    <Scroll label={t("status.limits")}>
      <Head columns={[t("status.limit.key"), t("status.limit.used"), { right: t("status.limit.max") }]} />
      <tbody>
        {all.map((limit) => (
          <tr key={limit.key}>
            <th scope="row" className="mono whole">
              <KeyName text={limit.key} />
            </th>
            <td className="nowrap">
              {limit.share === null ? (
                <span className="t3">{t("status.limit.each")}</span>
              ) : (
                <>
                  <Meter share={limit.share} quiet={FILLS.includes(limit.key)} label={t("card.share", { n: number(limit.share * 100, 1) })} /> {written(limit.used ?? 0, limit.unit)}
                </>
              )}
            </td>
            <td className="right">{written(limit.max, limit.unit)}</td>
          </tr>
        ))}
        {tenants.length < 2
          ? null
          : tenants.map(({ tenant, series }) => (
              <tr key={tenant}>
                <th scope="row">{t("status.tenant", { name: tenant })}</th>
                <td>{t("card.series", { n: series, shown: number(series) })}</td>
                <td />
              </tr>
            ))}
      </tbody>
    </Scroll>
  );
}

/** A key that breaks where its words begin, and not inside them. */
function KeyName({ text }: { text: string }) {
  return text.split(/(?<=\.)|(?=[A-Z])/).map((word, at) => (
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {word}
    </Fragment>
  ));
}

function Queries({ status }: { status: Status }) {
  const { t, number } = useWords();
  return (
    <>
      <p className="s t2">{t("status.queries.now", { n: status.running.length, waiting: number(sum(status, "framewatch_queries_waiting") ?? 0) })}</p>
      <QueryTable title={t("status.queries.running")} rows={status.running.map((query) => ({ query, tookMs: null, failure: "" }))} />
      <QueryTable title={t("status.queries.slowest", { n: status.slowMs / 1_000 })} rows={status.slow.map((query) => ({ query, tookMs: query.tookMs, failure: query.failure }))} />
    </>
  );
}

function QueryTable({ title, rows }: { title: string; rows: { query: Query; tookMs: number | null; failure: string }[] }) {
  const words = useWords();
  const { t, time, age } = words;
  if (rows.length === 0) return null;
  return (
    <Scroll label={title}>
      <caption>{title}</caption>
      <Head columns={[t("status.query"), { right: t("status.query.span") }, { right: t("status.query.took") }, { right: t("status.query.at") }, t("status.query.end")]} />
      <tbody>
        {rows.map(({ query, tookMs, failure }, at) => (
          <tr key={`${query.startedMs} ${at}`}>
            <th scope="row">
              <a className="clamp mono" href={query.language === "promql" ? exploreQuery(query.text) : `/logs?${new URLSearchParams({ query: query.text }).toString()}`}>
                {query.text}
              </a>
            </th>
            <td className="right">{query.spanMs === 0 ? t("status.query.instant") : age(query.spanMs / 1_000)}</td>
            <td className="right">{tookMs === null ? <Running sinceMs={query.startedMs} /> : shortTime(words, tookMs * 1_000)}</td>
            <td className="right">{time(query.startedMs)}</td>
            <td>{failure === "" ? "" : <span className="c-broken mono">{failure}</span>}</td>
          </tr>
        ))}
      </tbody>
    </Scroll>
  );
}

/** How long a query has been running. */
function Running({ sinceMs }: { sinceMs: number }) {
  const words = useWords();
  return shortTime(words, Math.max(0, useServerTime() - sinceMs) * 1_000);
}

const GROUPS_SHOWN = 12;
const NO_GROUPS: readonly RuleGroup[] = [];

const failing = (group: RuleGroup): number => group.rules.filter(({ health }) => health === "err").length;

/** Groups of rules, the failing and the slow ones first. */
function Rules({ groups }: { groups: readonly RuleGroup[] }) {
  const words = useWords();
  const { t, number } = words;
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => [...groups].sort((a, b) => failing(b) - failing(a) || b.evaluationTime / b.interval - a.evaluationTime / a.interval), [groups]);
  const shown = all ? sorted : sorted.slice(0, GROUPS_SHOWN);
  if (groups.length === 0) return null;
  return (
    <>
      <Scroll label={t("status.rules")}>
        <Head columns={[t("status.rules.group"), t("status.rules.state"), { right: t("status.rules.count") }, { right: t("status.rules.took") }, { right: t("status.rules.last") }]} />
        <tbody>
          {shown.map((group) => {
            const first = group.rules.find(({ health }) => health === "err");
            const last = Date.parse(group.lastEvaluation);
            return (
              <tr key={`${group.file} ${group.name}`}>
                <th scope="row">
                  {group.name} <span className="t3 mono">{group.file.split("/").at(-1)}</span>
                </th>
                <td>
                  {first === undefined ? (
                    <span className="t3">{t("status.rules.ok")}</span>
                  ) : (
                    <>
                      <StateWord tone="broken">{t("status.rules.err", { n: failing(group) })}</StateWord> <span lang="en">{`${first.name}: ${first.lastError ?? ""}`}</span>
                    </>
                  )}
                </td>
                <td className="right">{number(group.rules.length)}</td>
                <td className="right">{`${shortTime(words, group.evaluationTime * 1e6)} / ${shortTime(words, group.interval * 1e6, true)}`}</td>
                <td className="right">{Number.isNaN(last) || last <= 0 ? t("targets.never") : <Ago ms={last} />}</td>
              </tr>
            );
          })}
        </tbody>
      </Scroll>
      {sorted.length > shown.length ? (
        <button type="button" className="ctl" onClick={() => setAll(true)}>
          <Icon name="down" small />
          {t("status.rules.all", { n: sorted.length - shown.length })}
        </button>
      ) : null}
    </>
  );
}
