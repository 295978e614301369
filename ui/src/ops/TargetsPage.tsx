import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { getJson } from "../api/client";
import { changeParams, useAddress } from "../app/address";
import { reportRead } from "../app/crumb";
import { seriesText } from "../editor/names";
import { exploreQuery } from "../explore/model";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { shortTime } from "../signals/units";
import { Ago, Failed, Finding, Head, LabelList, Part, Scroll, SearchField, StateWord, Waiting } from "./parts";
import { poolsOf, reasonOf, STATES, TARGET_TONE, totals, type Discovery, type DroppedTarget, type Pool, type State, type Target, type TargetsAnswer, type Wanted } from "./targets";

const REFRESH_MS = 10_000;
const SHOWN = 50;

interface Read {
  answer: TargetsAnswer;
  pools: string[];
}

async function read(signal: AbortSignal): Promise<Read> {
  const [targets, pools] = await Promise.all([
    getJson<{ data: TargetsAnswer }>("/api/v1/targets?details=true", { signal }),
    getJson<{ data: { scrapePools: string[] } }>("/api/v1/scrape_pools", { signal }),
  ]);
  reportRead();
  return { answer: targets.data, pools: pools.data.scrapePools };
}

/** What is scraped: every target by job, the ones that do not answer first. */
export default function TargetsPage() {
  const { t } = useWords();
  const { params } = useAddress();
  const { data, error, refetch } = useQuery({ queryKey: ["targets"], queryFn: ({ signal }) => read(signal), refetchInterval: REFRESH_MS, staleTime: 0 });
  const wanted = useMemo((): Wanted => {
    const state = params.get("state");
    return { job: params.get("job") ?? "", state: STATES.find((one) => one === state) ?? null, text: params.get("q") ?? "" };
  }, [params]);
  const pools = useMemo(() => (data === undefined ? [] : poolsOf(data.answer, data.pools, wanted)), [data, wanted]);
  if (data === undefined) {
    return (
      <>
        <h1 className="vh">{t("nav.targets")}</h1>
        <Waiting error={error} retry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      <Verdict answer={data.answer} pools={data.pools} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {data.pools.length === 0 ? null : (
        <>
          <Bar answer={data.answer} pools={data.pools} wanted={wanted} />
          {pools.length === 0 ? <p className="none">{t("targets.none")}</p> : null}
          {pools.map((pool) => (
            <PoolPart key={pool.name} pool={pool} wanted={wanted} />
          ))}
          <Discoveries all={data.answer.discoveries} />
        </>
      )}
    </>
  );
}

function Verdict({ answer, pools }: { answer: TargetsAnswer; pools: string[] }) {
  const { t } = useWords();
  const { up, down, unknown } = totals(answer);
  const n = up + down + unknown;
  const problems = answer.problems.map((one) => (
    <p key={one} className="s c-degraded op-problem" lang="en">
      {one}
    </p>
  ));
  if (pools.length === 0) return <Finding level={1} tone="unknown" what={t("targets.unset")} todo={t("targets.unset.todo")} />;
  return (
    <>
      {down > 0 ? (
        <Finding level={1} tone="broken" what={t("targets.down", { n: down, total: n })} todo={t("targets.down.todo")} />
      ) : n === 0 ? (
        <Finding level={1} tone="unknown" what={t("targets.notFound")} todo={t("targets.notFound.todo")} />
      ) : unknown > 0 ? (
        <Finding level={1} tone="unknown" what={t("targets.unknown", { n: unknown, total: n })} />
      ) : (
        <Finding level={1} tone="fine" what={t("targets.fine", { n })} />
      )}
      {problems}
    </>
  );
}

function Bar({ answer, pools, wanted }: { answer: TargetsAnswer; pools: string[]; wanted: Wanted }) {
  const { t, number } = useWords();
  const counts = totals(answer);
  return (
    <div className="op-bar" role="search">
      <SearchField name="q" value={wanted.text} label={t("targets.search")} />
      <select className="ctl" aria-label={t("targets.job")} value={wanted.job} onChange={(event) => changeParams({ job: event.currentTarget.value === "" ? null : event.currentTarget.value })}>
        <option value="">{t("targets.everyJob")}</option>
        {pools.map((pool) => (
          <option key={pool} value={pool}>
            {pool}
          </option>
        ))}
      </select>
      <div className="seg" role="group" aria-label={t("targets.states")}>
        {STATES.map((state: State) => (
          <button key={state} type="button" aria-pressed={wanted.state === state} onClick={() => changeParams({ state: wanted.state === state ? null : state })}>
            {t(`targets.state.${state}`)} <span className="tn">{number(counts[state])}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function PoolPart({ pool, wanted }: { pool: Pool; wanted: Wanted }) {
  const { t, number } = useWords();
  const [most, setMost] = useState(SHOWN);
  const { up, down, unknown } = pool.counts;
  const note = [t("targets.ofUp", { n: up, total: number(up + down + unknown) }), ...(pool.droppedCount > 0 ? [t("targets.dropped", { n: pool.droppedCount })] : [])].join(", ");
  return (
    <Part title={pool.name} note={note}>
      {pool.targets.length === 0 && wanted.state !== "dropped" ? <p className="none s">{t("targets.emptyPool")}</p> : null}
      <ul className="tg-list">
        {pool.targets.slice(0, most).map((target) => (
          <TargetRow key={`${target.scrapeUrl} ${JSON.stringify(target.labels)}`} target={target} />
        ))}
      </ul>
      {pool.targets.length > most ? (
        <button type="button" className="ctl" onClick={() => setMost(most + 4 * SHOWN)}>
          {t("targets.more", { n: number(pool.targets.length - most) })}
        </button>
      ) : null}
      {pool.dropped.length > 0 ? <Dropped all={pool.dropped} open={wanted.state === "dropped"} /> : null}
    </Part>
  );
}

function TargetRow({ target }: { target: Target }) {
  const words = useWords();
  const { t, number } = words;
  const [open, setOpen] = useState(false);
  const scraped = Date.parse(target.lastScrape);
  const never = Number.isNaN(scraped) || scraped <= 0;
  return (
    <li>
      <div className="tg-row">
        <StateWord tone={TARGET_TONE[target.health]}>{t(`targets.state.${target.health}`)}</StateWord>
        <span className="tg-name">
          <span className="tg-url">{target.scrapeUrl}</span>
          <LabelList labels={target.labels} leave={["job"]} />
        </span>
        <span className="num" title={t("targets.last")}>
          {never ? t("targets.never") : <Ago ms={scraped} />}
        </span>
        <span className="num" title={t("targets.took")}>
          {never ? "" : shortTime(words, target.lastScrapeDuration * 1e6)}
        </span>
        <span className="num" title={t("targets.samples.title")}>
          {target.health === "up" ? t("targets.samples", { n: target.lastSamples, shown: number(target.lastSamples) }) : ""}
        </span>
        <span className="tg-acts">
          <a className="ctl" href={exploreQuery(seriesText("up", { job: target.labels["job"] ?? "", instance: target.labels["instance"] ?? "" }))} aria-label={t("targets.explore", { name: target.labels["instance"] ?? target.scrapeUrl })}>
            <Icon name="explore" small />
          </a>
          <button type="button" className="ctl" aria-expanded={open} aria-label={t("targets.details", { name: target.labels["instance"] ?? target.scrapeUrl })} onClick={() => setOpen(!open)}>
            <Icon name="down" small />
          </button>
        </span>
      </div>
      {target.lastError === "" ? null : <ErrorOf target={target} />}
      {open ? <Details target={target} /> : null}
    </li>
  );
}

function ErrorOf({ target }: { target: Target }) {
  const { t } = useWords();
  const { key, turn } = reasonOf(target.lastError);
  const host = target.labels["instance"] ?? target.scrapeUrl;
  return (
    <div className="tg-error">
      <p>
        <span className="c-broken">{t(`targets.why.${key}`, { host, timeout: target.scrapeTimeout })}</span>
        <span className={turn === "you" ? "turn you" : "turn"}>{t(turn === "you" ? "targets.turn.you" : "targets.turn.owner", { host })}</span>
      </p>
      <p className="t2">{t(`targets.todo.${key}`, { host, timeout: target.scrapeTimeout, url: target.scrapeUrl })}</p>
      <p className="mono" lang="en">
        {target.lastError}
      </p>
    </div>
  );
}

interface Family {
  metric: string;
  type: string;
  help: string;
}

/** What is known of a target beside its state: labels before relabelling, and what it exposes. */
function Details({ target }: { target: Target }) {
  const { t } = useWords();
  const match = seriesText("", { job: target.labels["job"] ?? "", instance: target.labels["instance"] ?? "" });
  const { data } = useQuery({
    queryKey: ["target-metadata", match],
    queryFn: ({ signal }) => getJson<{ data: Family[] }>(`/api/v1/targets/metadata?${new URLSearchParams({ match_target: match, limit: "1000" }).toString()}`, { signal }),
  });
  return (
    <div className="tg-more">
      <div>
        <h3>{t("targets.before")}</h3>
        <LabelList labels={target.discoveredLabels} />
      </div>
      <div>
        <h3>{t("targets.every")}</h3>
        <p className="s">{t("targets.interval", { interval: target.scrapeInterval, timeout: target.scrapeTimeout })}</p>
      </div>
      <div>
        <h3>{t("targets.exposes", { n: data?.data.length ?? 0 })}</h3>
        <p className="op-labels mono">
          {(data?.data ?? []).slice(0, 60).map(({ metric, help, type }) => (
            <a key={metric} href={exploreQuery(seriesText(metric, { instance: target.labels["instance"] ?? "" }))} title={`${type}: ${help}`}>
              {metric}
            </a>
          ))}
        </p>
      </div>
    </div>
  );
}

function Dropped({ all, open }: { all: DroppedTarget[]; open: boolean }) {
  const { t, number } = useWords();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const shown = chosen ?? open;
  return (
    <>
      <button type="button" className="plain-link op-more" aria-expanded={shown} onClick={() => setChosen(!shown)}>
        {t("targets.showDropped", { n: all.length })}
      </button>
      {shown ? (
        <ul className="tg-list">
          {all.slice(0, SHOWN).map((one) => (
            <li key={JSON.stringify(one.discoveredLabels)} className="s">
              <LabelList labels={one.discoveredLabels} leave={["__scheme__", "__metrics_path__", "__scrape_interval__", "__scrape_timeout__", "__scrape_native_histograms__", "__always_scrape_classic_histograms__", "__convert_classic_histograms_to_nhcb__"]} />
              <p className="t2" lang="en">
                {one.reason}
              </p>
            </li>
          ))}
          {all.length > SHOWN ? <li className="s t3">{t("targets.moreDropped", { n: number(all.length - SHOWN) })}</li> : null}
        </ul>
      ) : null}
    </>
  );
}

/** How targets are found, where somebody else names them. */
function Discoveries({ all }: { all: Discovery[] }) {
  const { t, number } = useWords();
  if (all.length === 0) return null;
  return (
    <Part title={t("targets.discovery")}>
      <Scroll label={t("targets.discovery")}>
        <Head columns={[t("targets.disc.source"), t("targets.disc.state"), { right: t("targets.disc.found") }, { right: t("targets.disc.failures") }]} />
        <tbody>
          {all.map((one) => (
            <tr key={`${one.mechanism} ${one.source}`}>
              <th scope="row">
                <span className="t3">{one.mechanism}</span> {one.source}
              </th>
              <td>
                {one.lastSuccessMs === 0 ? (
                  <StateWord tone={one.failures > 0 ? "broken" : "unknown"}>{t(one.failures > 0 ? "targets.disc.failing" : "targets.disc.waiting")}</StateWord>
                ) : (
                  <Ago ms={one.lastSuccessMs} />
                )}
              </td>
              <td className="right">{number(one.targets)}</td>
              <td className="right">{`${number(one.failures)} / ${number(one.refreshes)}`}</td>
            </tr>
          ))}
        </tbody>
      </Scroll>
    </Part>
  );
}
