import { useEffect, useState, type SubmitEvent } from "react";
import { changeParams, go, useAddress } from "../app/address";
import { timeStore, useTime, zoomOut } from "../app/time/store";
import { timeWords } from "../app/time/words";
import { useWords } from "../i18n";
import { traceAddress } from "../now/segments";
import { Icon } from "../parts/Icon";
import { useAnswer } from "../signals/ask";
import { AskError } from "../signals/AskError";
import { shortTime } from "../signals/units";
import "../styles/signals.css";
import { rowsOf, TRACES_MAX, type JaegerAnswer, type TraceRow } from "./model";

/** Traces of a time, newest first; by service, or only those with errors. */
export default function TracesPage() {
  const { t } = useWords();
  const { params } = useAddress();
  const time = useTime();
  const service = params.get("service") ?? "";
  const failed = params.get("errors") === "1";
  const services = useAnswer<{ data: string[] | null }>("/jaeger/api/services", time.tick);
  const answer = useAnswer<JaegerAnswer>(address(service, failed, time.fromMs, time.toMs), time.tick);
  useEffect(() => timeStore.defaults({ from: "now-15m", to: "now" }), []);
  const known = services.data?.data ?? [];
  const rows = answer.data === null ? null : rowsOf(answer.data);
  return (
    <div className="traces">
      <h1 className="vh">{t("traces.list")}</h1>
      <div className="ask">
        <label>
          <span className="xs t3">{t("traces.service")}</span>
          <select className="ctl" value={service} onChange={(event) => changeParams({ service: event.currentTarget.value || null }, "push")}>
            <option value="">{t("traces.service.all")}</option>
            {[...new Set([...known, ...(service === "" ? [] : [service])])].map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="ctl" aria-pressed={failed} onClick={() => changeParams({ errors: failed ? null : "1" }, "push")}>
          <Icon name="close" small />
          {t("traces.failed")}
        </button>
        <span className="sp" />
        <ById />
      </div>
      {answer.error === null ? null : <AskError error={answer.error} retry={timeStore.refresh} />}
      {rows === null ? (
        answer.error === null ? (
          <div className="loading" role="status">
            <span className="progress" />
            {t("ask.loading")}
          </div>
        ) : null
      ) : rows.length === 0 ? (
        <div className="empty">
          <p>{t(known.length === 0 && services.data !== null ? "traces.noServices" : "traces.none")}</p>
          <div className="empty-steps">
            <button type="button" className="ctl" onClick={zoomOut}>
              <Icon name="zoomOut" small />
              {t("logs.empty.wider")}
            </button>
          </div>
        </div>
      ) : (
        <Rows rows={rows} zone={time.zone} />
      )}
    </div>
  );
}

function address(service: string, failed: boolean, fromMs: number, toMs: number): string {
  const params = new URLSearchParams({ start: `${Math.floor(fromMs)}000`, end: `${Math.floor(toMs)}000`, limit: String(TRACES_MAX) });
  if (service !== "") params.set("service", service);
  if (failed) params.set("tags", '{"error":"true"}');
  return `/jaeger/api/traces?${params.toString()}`;
}

function ById() {
  const { t } = useWords();
  const [wrong, setWrong] = useState(false);
  const open = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("id");
    const id = typeof given === "string" ? given.trim().toLowerCase() : "";
    const valid = /^[0-9a-f]{1,32}$/.test(id);
    setWrong(!valid);
    if (valid) go(traceAddress(id));
  };
  return (
    <form className="by-id" onSubmit={open}>
      <label>
        <span className="xs t3">{t("traces.open")}</span>
        <input className="field" name="id" data-search maxLength={64} placeholder={t("traces.id")} spellCheck={false} autoComplete="off" />
      </label>
      <button type="submit" className="ctl">
        {t("traces.go")}
      </button>
      {wrong ? (
        <p className="xs c-broken" role="alert">
          {t("traces.badId")}
        </p>
      ) : null}
    </form>
  );
}

function Rows({ rows, zone }: { rows: TraceRow[]; zone: string }) {
  const words = useWords();
  const { t, number } = words;
  const clock = timeWords(words.language, zone);
  const longest = Math.max(1, ...rows.map((row) => row.durationUs));
  return (
    <div className="span-table" tabIndex={0} role="region" aria-label={t("traces.list")} data-panel>
      <table className="tbl traces-table">
        <thead>
          <tr>
            <th scope="col">{t("traces.col.at")}</th>
            <th scope="col">{t("traces.col.what")}</th>
            <th scope="col">{t("traces.col.name")}</th>
            <th scope="col">{t("traces.col.duration")}</th>
            <th scope="col" className="right">
              {t("traces.col.spans")}
            </th>
            <th scope="col">{t("traces.col.services")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="mono">
                <a href={traceAddress(row.id)}>
                  <span className="wide-only">{clock.moment(row.startMs)}</span>
                  <span className="narrow-only">{clock.clock(row.startMs)}</span>
                </a>
              </td>
              <td>
                <span className="clamp one">{row.about}</span>
              </td>
              <td className="t2">
                <span className="clamp one">{row.name}</span>
              </td>
              <td className="took">
                <i style={{ width: `${Math.max(1, (row.durationUs / longest) * 60)}px` }} />
                <span className="tn">{shortTime(words, row.durationUs)}</span>
                {row.errors === 0 ? null : (
                  <span className="c-broken wf-error">
                    <Icon name="close" small />
                    {t("traces.errors", { n: row.errors })}
                  </span>
                )}
              </td>
              <td className="right tn">{number(row.spans)}</td>
              <td className="t3">
                <span className="clamp one">{row.services.join(", ")}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length >= TRACES_MAX ? <p className="s t3">{t("traces.cut", { n: TRACES_MAX })}</p> : null}
    </div>
  );
}
