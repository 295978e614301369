import type { Alert, Group, Now, Stream } from "../api/types";
import { changeView } from "../app/view";
import { useWords } from "../i18n";
import { Chain } from "../parts/Chain";
import { secondsSince, useServerTime } from "../parts/clock";
import { TONE } from "../parts/state";
import { Turn } from "../parts/Turn";

/** Alerts that fire, most pictures first; then those not yet sure; the resolved folded below. */
export function Incidents({ now }: { now: Now }) {
  const { t } = useWords();
  const streams = new Map(now.streams.map((stream) => [stream.id, stream]));
  const { firing, pending, resolved } = sortAlerts(now.alerts);
  const open = [...firing, ...pending];
  return (
    <section id="incidents" aria-labelledby="incidents-title">
      <div className="hd">
        <h2 id="incidents-title">{t("incidents.title")}</h2>
        {open.length > 1 ? <span className="s t3">{t("incidents.order")}</span> : null}
      </div>
      {open.length === 0 ? (
        <p className="none">{t(now.counts.unknown > 0 ? "incidents.none.unknown" : "incidents.none")}</p>
      ) : (
        <ol className="incidents">
          {open.map((alert) => (
            <Incident key={alert.id} alert={alert} stream={streams.get(alert.stream ?? "") ?? null} />
          ))}
        </ol>
      )}
      {resolved.length > 0 ? <Resolved alerts={resolved} /> : null}
    </section>
  );
}

export function sortAlerts(alerts: Alert[]): Record<"firing" | "pending" | "resolved", Alert[]> {
  const pick = (state: Alert["state"]) => alerts.filter((alert) => alert.state === state);
  const pictures = (alert: Alert) => alert.pictures ?? 1;
  const began = (alert: Alert) => alert.since ?? "";
  const bySize = (a: Alert, b: Alert) => pictures(b) - pictures(a) || began(b).localeCompare(began(a));
  return {
    firing: pick("firing").sort(bySize),
    pending: pick("pending").sort(bySize),
    resolved: pick("resolved").sort((a, b) => (b.resolvedAt ?? "").localeCompare(a.resolvedAt ?? "")),
  };
}

function Incident({ alert, stream }: { alert: Alert; stream: Stream | null }) {
  const { t, age } = useWords();
  const seconds = secondsSince(alert.since ?? alert.firedAt, useServerTime());
  const group = groupOf(alert, stream);
  const pending = alert.state === "pending";
  return (
    <li className={pending ? "inc pending" : "inc"}>
      <div className="num">
        <div className={`big ${TONE[group]}`}>{alert.pictures ?? 1}</div>
        <span className="xs t3">{t(`group.${group}`)}</span>
      </div>
      <div className="inc-body">
        <div className="row">
          <h3>
            <IncidentTitle alert={alert} />
          </h3>
          {pending ? <span className="pending-tag">{t("incidents.pending.tag")}</span> : null}
          <span className="when">{seconds === null ? "" : age(seconds)}</span>
        </div>
        <Chain links={stream?.chain ?? []} />
        <div className="row last">
          <p className="did clamp" lang="en">
            {alert.cause}
          </p>
          <Turn turn={alert.turn} />
        </div>
      </div>
    </li>
  );
}

function IncidentTitle({ alert }: { alert: Alert }) {
  const { stream, summary } = alert;
  if (stream === null) return <span className="clamp" lang="en">{summary}</span>;
  return (
    <button type="button" className="title-link" data-incident onClick={() => changeView({ stream }, "push")}>
      <span className="clamp" lang="en">
        {summary}
      </span>
    </button>
  );
}

/** A picture that is fine again keeps its incident until the alert resolves; the severity then gives the colour. */
function groupOf(alert: Alert, stream: Stream | null): Group {
  if (stream !== null && stream.group !== "fine") return stream.group;
  return alert.severity === "critical" || alert.severity === "page" ? "broken" : "degraded";
}

function Resolved({ alerts }: { alerts: Alert[] }) {
  const { t, age, time } = useWords();
  return (
    <details className="resolved">
      <summary>{t("incidents.resolved", { n: alerts.length })}</summary>
      <ul>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <span className="mono t3">{alert.resolvedAt === null ? "" : time(alert.resolvedAt)}</span>
            <span lang="en">{alert.summary}</span>
            <span className="t3 when">
              {alert.resolvedAt === null || alert.since === null
                ? ""
                : t("incidents.resolvedRow", {
                    age: age(secondsSince(alert.since, Date.parse(alert.resolvedAt)) ?? 0),
                  })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
