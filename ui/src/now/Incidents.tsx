import type { Alert, Group, Now, Stream } from "../api/types";
import { changeView } from "../app/view";
import { useWords } from "../i18n";
import { Chain } from "../parts/Chain";
import { secondsSince, useServerTime } from "../parts/clock";
import { TONE } from "../parts/state";
import { Turn } from "../parts/Turn";
import { incidentsOf, spoken, type Incident } from "./incidents";

/** What fires, most pictures first; then what is not yet sure; the resolved folded below. */
export function Incidents({ now }: { now: Now }) {
  const { t } = useWords();
  const streams = new Map(now.streams.map((stream) => [stream.id, stream]));
  const { firing, pending, resolved } = incidentsOf(now.alerts);
  const open = [...firing, ...pending];
  return (
    <section id="incidents" aria-labelledby="incidents-title">
      <div className="hd">
        <h2 id="incidents-title">{t("incidents.title")}</h2>
        {open.length > 1 ? <span className="s t3">{t("incidents.order")}</span> : null}
      </div>
      {open.length === 0 ? (
        <p className="none">{t(isTroubled(now) ? "incidents.none.trouble" : "incidents.none")}</p>
      ) : (
        <ol className="incidents">
          {open.map((incident) => (
            <Row key={incident.key} incident={incident} stream={streams.get(incident.lead.stream ?? "") ?? null} />
          ))}
        </ol>
      )}
      {resolved.length > 0 ? <Resolved alerts={resolved} streams={streams} /> : null}
    </section>
  );
}

function isTroubled({ counts }: Now): boolean {
  return counts.broken + counts.unknown + counts.degraded > 0;
}

function Row({ incident, stream }: { incident: Incident; stream: Stream | null }) {
  const { t, age } = useWords();
  const { lead, also } = incident;
  const seconds = secondsSince(incident.since, useServerTime());
  const group = groupOf(lead, stream);
  const pending = lead.state === "pending";
  return (
    <li className={pending ? "inc pending" : "inc"}>
      <div className="num">
        <div className={`big ${TONE[group]}`}>{incident.pictures}</div>
        <span className="xs t3">{t(`group.${group}`)}</span>
      </div>
      <div className="inc-body">
        <div className="row">
          <h3>
            <IncidentTitle alert={lead} stream={stream} />
          </h3>
          {pending ? <span className="pending-tag">{t("incidents.pending.tag")}</span> : null}
          <span className="when">{seconds === null ? "" : age(seconds)}</span>
        </div>
        <Chain links={stream?.chain ?? []} />
        <div className="row last">
          <p className="did clamp" lang="en">
            {lead.cause}
          </p>
          <Turn turn={lead.turn} />
        </div>
        {also.length > 0 ? (
          <p className="did also">
            {t("incidents.also")}{" "}
            <span lang="en">{also.map((alert) => spoken(alert.summary, stream)).join("; ")}</span>
          </p>
        ) : null}
      </div>
    </li>
  );
}

function IncidentTitle({ alert, stream }: { alert: Alert; stream: Stream | null }) {
  const title = spoken(alert.summary, stream);
  if (stream === null) {
    return (
      <span className="clamp" lang="en">
        {title}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="title-link"
      data-incident
      onClick={() => changeView({ stream: stream.id }, "push")}
    >
      <span className="clamp" lang="en">
        {title}
      </span>
    </button>
  );
}

/** A picture that is fine again keeps its incident until the alert resolves; the severity then gives the colour. */
function groupOf(alert: Alert, stream: Stream | null): Group {
  if (stream !== null && stream.group !== "fine") return stream.group;
  return alert.severity === "critical" || alert.severity === "page" ? "broken" : "degraded";
}

function Resolved({ alerts, streams }: { alerts: Alert[]; streams: Map<string, Stream> }) {
  const { t, age, time } = useWords();
  return (
    <details className="resolved">
      <summary>{t("incidents.resolved", { n: alerts.length })}</summary>
      <ul>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <span className="mono t3">{alert.resolvedAt === null ? "" : time(alert.resolvedAt)}</span>
            <span lang="en">{spoken(alert.summary, streams.get(alert.stream ?? "") ?? null)}</span>
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
