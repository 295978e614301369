import { useEffect, useState } from "react";
import { timeStore } from "../app/time/store";
import { reason } from "../dash/data/panel";
import type { DataSource } from "../dash/data/sources";
import { SourceClient } from "../editor/client";
import { PromEditor } from "../editor/PromEditor";
import { useWords } from "../i18n";
import { Icon, type IconName } from "../parts/Icon";
import type { Asked, Got } from "./ask";
import type { Query } from "./model";

interface QueryRowProps {
  name: string;
  query: Query;
  source: DataSource;
  asked: Asked;
  only: boolean;
  first: boolean;
  full: boolean;
  /** Writes; nothing is asked yet. */
  change: (part: Partial<Query>) => void;
  /** Writes into the address. */
  commit: (part: Partial<Query>) => void;
  run: (expr: string) => void;
  cancel: () => void;
  duplicate: () => void;
  remove: () => void;
}

const NO_VARIABLES: readonly string[] = [];

/** One query: its editor, what can be done with it, and how it went. */
export function QueryRow({ name, query, source, asked, only, first, full, change, commit, run, cancel, duplicate, remove }: QueryRowProps) {
  const { t } = useWords();
  const [said, setSaid] = useState<string | null>(null);
  const format = (): void => {
    SourceClient.of(source)
      .format(query.expr)
      .then(
        (expr) => {
          setSaid(null);
          change({ expr });
        },
        (failure: unknown) => setSaid(`${t("explore.format.failed")} ${plainReason(reason(failure).what)}`),
      );
  };
  const written = query.expr.trim() !== "";
  return (
    <section className={query.off ? "xquery off" : "xquery"} aria-label={t("dash.edit.query", { name })}>
      <span className="xletter" aria-hidden="true">
        {name}
      </span>
      <div className="xfield">
        <PromEditor value={query.expr} label={t("dash.edit.query", { name })} placeholder={t("explore.placeholder")} source={source} variables={NO_VARIABLES} search={first} onChange={(expr) => change({ expr })} onRun={run} />
        <div className="xunder">
          <label className="xlegend">
            <span className="xs t3">{t("dash.legend")}</span>
            <input className="field" value={query.legend} maxLength={500} placeholder="{{instance}}" spellCheck={false} onChange={(event) => change({ legend: event.currentTarget.value })} onBlur={(event) => commit({ legend: event.currentTarget.value })} />
          </label>
          <Standing asked={asked} off={query.off} cancel={cancel} />
        </div>
        {said === null ? null : (
          <p className="s c-degraded" role="status">
            {said}
          </p>
        )}
        <Told asked={asked} />
      </div>
      <div className="xactions">
        <Action icon="code" label={t("explore.format", { name })} disabled={!written} act={format} />
        <Action icon={query.off ? "play" : "pause"} label={t(query.off ? "explore.turnOn" : "explore.turnOff", { name })} pressed={query.off} act={() => commit({ off: !query.off })} />
        <Action icon="copy" label={t("explore.duplicate", { name })} disabled={!written || full} act={duplicate} />
        <Action icon="trash" label={t("dash.edit.removeQuery", { name })} disabled={only && !written} act={remove} />
      </div>
    </section>
  );
}

function Action({ icon, label, disabled = false, pressed, act }: { icon: IconName; label: string; disabled?: boolean; pressed?: boolean; act: () => void }) {
  return (
    <button type="button" className="head-button" aria-label={label} title={label} disabled={disabled} aria-pressed={pressed} onClick={act}>
      <Icon name={icon} small />
    </button>
  );
}

const CANCEL_AFTER_MS = 1_000;

/** "3 series, 41 ms", or that it is being asked, with a way to stop it after a second. */
function Standing({ asked, off, cancel }: { asked: Asked; off: boolean; cancel: () => void }) {
  const { t, number } = useWords();
  const late = useLate(asked.loading, CANCEL_AFTER_MS);
  if (off) return <p className="s t3">{t("explore.isOff")}</p>;
  if (asked.loading) {
    return (
      <p className="s t2 xasking" role="status">
        {t("ask.loading")}
        {late ? (
          <button type="button" className="ctl" onClick={cancel}>
            <Icon name="close" small />
            {t("explore.cancel")}
          </button>
        ) : null}
      </p>
    );
  }
  if (asked.cancelled) {
    return (
      <p className="s t2" role="status">
        {t("explore.cancelled")}
      </p>
    );
  }
  if (asked.got === null || asked.error !== null) return null;
  const { total, tookMs } = asked.got;
  return (
    <p className="s t3 tn" role="status">
      {t("explore.took", { n: total, count: number(total), ms: number(Math.max(1, tookMs)) })}
    </p>
  );
}

function useLate(on: boolean, afterMs: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [on, afterMs]);
  return on && late;
}

/** What the reader should know before believing the answer: why there is none, doubts, and what is merely good to know. */
function Told({ asked }: { asked: Asked }) {
  const { t } = useWords();
  return (
    <>
      {asked.error === null ? null : <Failure error={asked.error} stale={asked.got !== null} />}
      {asked.got === null ? null : <Notes got={asked.got} title={t("explore.warnings")} />}
    </>
  );
}

function Notes({ got, title }: { got: Got; title: string }) {
  const { t } = useWords();
  if (got.warnings.length + got.infos.length === 0) return null;
  return (
    <ul className="xnotes" aria-label={title}>
      {[...new Set(got.warnings)].map((text) => (
        <li key={text} className="warning">
          <Icon name="incident" small />
          <span>
            <b>{t("explore.warning")}</b> <span lang="en">{text}</span>
          </span>
        </li>
      ))}
      {[...new Set(got.infos)].map((text) => (
        <li key={text}>
          <Icon name="help" small />
          <span>
            <b>{t("explore.info")}</b> <span lang="en">{text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Failure({ error, stale }: { error: unknown; stale: boolean }) {
  const { t } = useWords();
  const { what, todo, kind } = reason(error);
  const silent = kind === "unreachable" || kind === "slow";
  const turn = silent ? t("dash.error.auto") : kind === "failed" || kind === "unreadable" ? t("dash.error.us") : t("dash.error.you");
  return (
    <div className="xfailure" role="alert">
      <span className="c-broken">
        <Icon name="close" small />
      </span>
      <div>
        <p>
          <b>{t(`dash.error.${kind}`)}</b> {stale ? t("explore.stale") : null}
        </p>
        {what === "" || silent ? null : (
          <p className="mono xdetail" lang="en">
            {plainReason(what)}
          </p>
        )}
        <p className="t2" lang={todo === "" ? undefined : "en"}>
          {todo === "" ? turn : todo}
        </p>
      </div>
      <button type="button" className="ctl" onClick={timeStore.refresh}>
        <Icon name="refresh" small />
        {t("error.retry")}
      </button>
    </div>
  );
}

/** What Prometheus says before the place of an error tells nothing. */
function plainReason(text: string): string {
  return text.replace(/^invalid parameter "query": /, "");
}
