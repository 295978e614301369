import type { Alert, Group, Now, Stream } from "../api/types";
import { changeView } from "../app/view";
import { useWords, wordsOf, type Words } from "../i18n";
import { Chain } from "../parts/Chain";
import { secondsSince, useServerTime } from "../parts/clock";
import { GroupGlyph, TONE } from "../parts/state";
import { tell, tellAlert, Told, type Said } from "../parts/told";
import { Turn } from "../parts/Turn";
import { incidentsOf, spoken, type Incident } from "./incidents";

/** What fires, most pictures first; then what is not yet sure; the resolved folded below. */
export function Incidents({ now }: { now: Now }) {
  const { t } = useWords();
  const streams = new Map(now.streams.map((stream) => [stream.id, stream]));
  const { firing, ending, pending, resolved } = incidentsOf(now.alerts, now.streams);
  const open = [...firing, ...pending];
  return (
    <section id="incidents" aria-labelledby="incidents-title">
      <div className="hd">
        <h2 id="incidents-title">{t("incidents.title")}</h2>
        {open.length > 1 ? <span className="s t3">{t("incidents.order")}</span> : null}
      </div>
      {open.length === 0 ? (
        <p className="none">
          {t(isTroubled(now) ? "incidents.none.trouble" : ending.length > 0 ? "incidents.none.ending" : "incidents.none")}
        </p>
      ) : (
        <ol className="incidents">
          {open.map((incident) => (
            <Row key={incident.key} incident={incident} stream={streams.get(incident.lead.stream ?? "") ?? null} />
          ))}
        </ol>
      )}
      {ending.length > 0 ? (
        <ul className="incidents ending">
          {ending.map((incident) => (
            <Ending key={incident.key} incident={incident} stream={streams.get(incident.lead.stream ?? "") ?? null} />
          ))}
        </ul>
      ) : null}
      {resolved.length > 0 ? <Resolved alerts={resolved} streams={streams} /> : null}
    </section>
  );
}

function isTroubled({ counts }: Now): boolean {
  return counts.broken + counts.unknown + counts.degraded > 0;
}

function Row({ incident, stream }: { incident: Incident; stream: Stream | null }) {
  const words = useWords();
  const { t, age } = words;
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
          <p className="did clamp">
            <Told said={tell(words, lead.causeMessage, lead.cause)} />
          </p>
          <Turn turn={lead.turn} />
        </div>
        {also.length > 0 ? (
          <p className="did also">
            {t("incidents.also")}{" "}
            {also.map((alert, index) => (
              <span key={alert.id}>
                {index > 0 ? "; " : ""}
                <Told said={summaryOf(words, alert, stream)} />
              </span>
            ))}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function IncidentTitle({ alert, stream }: { alert: Alert; stream: Stream | null }) {
  const words = useWords();
  const title = summaryOf(words, alert, stream);
  if (stream === null) return <Told className="clamp" said={title} />;
  return (
    <button
      type="button"
      className="title-link"
      data-incident
      onClick={() => changeView({ stream: stream.id }, "push")}
    >
      <Told className="clamp" said={title} />
    </button>
  );
}

const english = wordsOf("en");

/** What an alert says, by the camera's name. */
function summaryOf(words: Words, alert: Alert, stream: Stream | null): Said {
  const said = tellAlert(words, alert, english.t, stream?.name ?? alert.stream ?? "");
  return said.foreign ? { ...said, text: spoken(said.text, stream) } : said;
}

/** An alert that outlives its incident says so, and is not counted among the broken. */
function Ending({ incident, stream }: { incident: Incident; stream: Stream | null }) {
  const { t, time } = useWords();
  return (
    <li className="inc pending">
      <div className="num">
        <div className="big">
          <GroupGlyph group="fine" always />
        </div>
      </div>
      <div className="inc-body">
        <div className="row">
          <h3>
            <IncidentTitle alert={incident.lead} stream={stream} />
          </h3>
          <span className="pending-tag">{t("incidents.ending")}</span>
        </div>
        <p className="did">{t("incidents.ending.note", { time: stream?.since ? time(stream.since) : "" })}</p>
      </div>
    </li>
  );
}

/** Where the picture does not say how bad it is, the severity does. */
function groupOf(alert: Alert, stream: Stream | null): Group {
  if (stream !== null && stream.group !== "fine") return stream.group;
  return alert.severity === "critical" || alert.severity === "page" ? "broken" : "degraded";
}

function Resolved({ alerts, streams }: { alerts: Alert[]; streams: Map<string, Stream> }) {
  const words = useWords();
  const { t, age, time } = words;
  return (
    <details className="resolved">
      <summary>{t("incidents.resolved", { n: alerts.length })}</summary>
      <ul>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <span className="mono t3">{alert.resolvedAt === null ? "" : time(alert.resolvedAt)}</span>
            <Told said={summaryOf(words, alert, streams.get(alert.stream ?? "") ?? null)} />
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
