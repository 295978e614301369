import { useState } from "react";
import { changeParams, useAddress } from "../app/address";
import { useCrumbText } from "../app/crumb";
import type { PageProps } from "../app/pages";
import { useZone } from "../app/time/store";
import { timeWords } from "../app/time/words";
import { useWords } from "../i18n";
import { logsAddress } from "../now/segments";
import { Icon } from "../parts/Icon";
import { useAnswer } from "../signals/ask";
import { AskError } from "../signals/AskError";
import { shortTime } from "../signals/units";
import "../styles/signals.css";
import { aboutOf, logsWindow, serviceColours, traceOf, type JaegerAnswer, type Trace } from "./model";
import { SpanDetails } from "./SpanDetails";
import { SpanTable } from "./SpanTable";
import TracesPage from "./TracesPage";
import { Waterfall } from "./Waterfall";

/** One trace by its id: where its time went, and what each span says. */
export default function TracePage({ rest }: PageProps) {
  return rest === "" ? <TracesPage /> : <One id={decoded(rest)} />;
}

function decoded(rest: string): string {
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

function One({ id }: { id: string }) {
  const { t } = useWords();
  const [tick, setTick] = useState(0);
  const valid = /^[0-9a-f]{1,32}$/i.test(id);
  const answer = useAnswer<JaegerAnswer>(valid ? `/jaeger/api/traces/${id.toLowerCase()}` : null, tick);
  const again = (): void => setTick(tick + 1);
  useCrumbText(id.slice(0, 32));
  const trace = answer.data === null ? null : traceOf(answer.data);
  const missing = !valid || answer.error?.status === 404;
  if (trace !== null && answer.of?.endsWith(id.toLowerCase())) return <Shown trace={trace} />;
  if (missing) {
    return (
      <div className="empty">
        <h1>{t("trace.notFound")}</h1>
        <p>{valid ? t("trace.notFound.why") : t("traces.badId")}</p>
        <div className="empty-steps">
          {valid ? (
            <button type="button" className="ctl" onClick={again} disabled={answer.loading}>
              <Icon name="refresh" small />
              {t("trace.again")}
            </button>
          ) : null}
          <a className="ctl" href="/traces">
            {t("traces.list")}
          </a>
        </div>
      </div>
    );
  }
  return (
    <>
      <h1 className="vh">{t("trace.title", { id: id.slice(0, 32) })}</h1>
      {answer.error === null ? (
        <div className="loading" role="status">
          <span className="progress" />
          {t("trace.loading")}
        </div>
      ) : (
        <AskError error={answer.error} retry={again} />
      )}
    </>
  );
}

function Shown({ trace }: { trace: Trace }) {
  const { t } = useWords();
  const { params } = useAddress();
  const table = params.get("view") === "table";
  const wanted = params.get("span");
  const selected = trace.spans.find((span) => span.id === wanted) ?? trace.spans.find((span) => span.error) ?? trace.spans[0];
  const colours = serviceColours(trace.services);
  const select = (id: string): void => changeParams({ span: id });
  return (
    <div className="trace">
      <Head trace={trace} colours={colours} />
      <div className="trace-bar">
        <div className="seg" role="group" aria-label={t("trace.view")}>
          <button type="button" aria-pressed={!table} onClick={() => changeParams({ view: null })}>
            {t("trace.waterfall")}
          </button>
          <button type="button" aria-pressed={table} onClick={() => changeParams({ view: "table" })}>
            {t("trace.table")}
          </button>
        </div>
        <Legend services={trace.services} colours={colours} />
      </div>
      <div className="trace-cols">
        {table ? (
          <SpanTable trace={trace} colours={colours} selected={selected?.id ?? null} select={select} />
        ) : (
          <Waterfall trace={trace} colours={colours} selected={selected?.id ?? null} select={select} />
        )}
        {selected === undefined ? null : <SpanDetails trace={trace} span={selected} colours={colours} />}
      </div>
    </div>
  );
}

function Head({ trace, colours }: { trace: Trace; colours: Map<string, string> }) {
  const words = useWords();
  const { t } = words;
  const zone = useZone();
  const clock = timeWords(words.language, zone);
  const about = aboutOf(trace);
  const { fromMs, toMs } = logsWindow(trace);
  return (
    <header className="trace-head">
      <div className="trace-name">
        <h1 className="clamp">{about === "" ? `${trace.spans[0]?.service ?? ""} ${trace.spans[0]?.name ?? ""}` : about}</h1>
        <a className="ctl" href={logsAddress(`{service_name=~".+"} | trace_id="${trace.id}"`, fromMs, toMs)}>
          <Icon name="logs" small />
          {t("trace.logs")}
        </a>
      </div>
      <p className="trace-facts t2 tn">
        <span>
          {clock.full(trace.startMs)}.{String(Math.floor(trace.startMs) % 1_000).padStart(3, "0")} {clock.zone}
        </span>
        <b>{t("trace.took", { age: shortTime(words, trace.durationUs) })}</b>
        <span>{t("trace.spans", { n: trace.spans.length })}</span>
        <span>{t("trace.services", { n: colours.size })}</span>
        {trace.errors === 0 ? (
          <span>{t("trace.noErrors")}</span>
        ) : (
          <span className="st broken">
            <Icon name="close" small />
            {t("trace.errors", { n: trace.errors })}
          </span>
        )}
        <code className="t3 trace-id">{trace.id}</code>
      </p>
    </header>
  );
}

function Legend({ services, colours }: { services: string[]; colours: Map<string, string> }) {
  return (
    <ul className="svc-legend">
      {services.slice(0, 12).map((service) => (
        <li key={service}>
          <i style={{ background: colours.get(service) }} />
          <span>{service}</span>
        </li>
      ))}
    </ul>
  );
}
