import { useWords } from "../i18n";
import { logsAddress, traceAddress } from "../now/segments";
import { Icon } from "../parts/Icon";
import { shortTime } from "../signals/units";
import { logsWindow, type Span, type Trace } from "./model";

/** What the selected span says of itself. */
export function SpanDetails({ trace, span, colours }: { trace: Trace; span: Span; colours: Map<string, string> }) {
  const words = useWords();
  const { t } = words;
  const { fromMs, toMs } = logsWindow(trace);
  return (
    <section className="panel span-details" aria-label={t("trace.selected")}>
      <h2 className="clamp">
        <i className="wf-dot" style={{ background: colours.get(span.service) }} /> {span.service} <span className="t2">{span.name}</span>
      </h2>
      {span.error ? (
        <p className="st broken span-error">
          <Icon name="close" small />
          <span lang="en">{span.status === "" ? t("trace.row.error") : span.status}</span>
        </p>
      ) : null}
      <dl className="span-facts tn">
        <div>
          <dt>{t("trace.col.start")}</dt>
          <dd>+{shortTime(words, span.startUs)}</dd>
        </div>
        <div>
          <dt>{t("trace.col.duration")}</dt>
          <dd>{shortTime(words, span.durationUs)}</dd>
        </div>
        <div>
          <dt>{t("trace.col.kind")}</dt>
          <dd>{span.kind === "" ? "-" : span.kind}</dd>
        </div>
      </dl>
      {span.orphan ? <p className="s t3">{t("trace.orphan")}</p> : null}
      <a className="s" href={logsAddress(`{service_name=~".+"} | trace_id="${trace.id}" | span_id="${span.id}"`, fromMs, toMs)}>
        {t("trace.spanLogs")}
      </a>
      <Fields title={t("trace.attributes")} pairs={span.attributes} none={t("trace.noAttributes")} />
      {span.events.length === 0 ? null : (
        <>
          <h3>{t("trace.events")}</h3>
          {span.events.map((event, index) => (
            <Fields key={index} title={`+${shortTime(words, event.atUs)} ${event.name}`} pairs={event.fields} none="" />
          ))}
        </>
      )}
      {span.resource.length === 0 ? null : <Fields title={t("trace.resource")} pairs={span.resource} none="" />}
      {span.links.length === 0 ? null : (
        <>
          <h3>{t("trace.links")}</h3>
          <ul>
            {span.links.map((link) => (
              <li key={`${link.traceId} ${link.spanId}`}>
                <a className="mono" href={traceAddress(link.traceId, link.spanId)}>
                  {link.traceId.slice(0, 16)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="xs t3 mono span-id">{span.id}</p>
    </section>
  );
}

function Fields({ title, pairs, none }: { title: string; pairs: [string, string][]; none: string }) {
  return (
    <>
      <h3>{title}</h3>
      {pairs.length === 0 && none !== "" ? <p className="s t3">{none}</p> : null}
      <dl className="fields">
        {pairs.map(([name, value], index) => (
          <div key={`${name} ${index}`}>
            <dt className="mono syn-label">{name}</dt>
            <dd className="mono">
              <span className="field-value">{value}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
