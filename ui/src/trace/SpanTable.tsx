import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { shortTime } from "../signals/units";
import type { Trace } from "./model";

interface Props {
  trace: Trace;
  colours: Map<string, string>;
  selected: string | null;
  select: (id: string) => void;
}

const ROWS_MAX = 2_000;

/** The same spans as numbers. */
export function SpanTable({ trace, colours, selected, select }: Props) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="span-table" tabIndex={0} role="region" aria-label={t("trace.spansList")}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{t("trace.col.service")}</th>
            <th scope="col">{t("trace.col.name")}</th>
            <th scope="col" className="right">
              {t("trace.col.start")}
            </th>
            <th scope="col" className="right">
              {t("trace.col.duration")}
            </th>
            <th scope="col">{t("trace.col.kind")}</th>
            <th scope="col">{t("trace.col.status")}</th>
          </tr>
        </thead>
        <tbody>
          {trace.spans.slice(0, ROWS_MAX).map((span) => (
            <tr key={span.id} className={span.id === selected ? "on" : undefined}>
              <td>
                <i className="wf-dot" style={{ background: colours.get(span.service) }} /> {span.service}
              </td>
              <th scope="row">
                <button type="button" className="title-link" aria-pressed={span.id === selected} onClick={() => select(span.id)}>
                  {span.name}
                </button>
              </th>
              <td className="right">{shortTime(words, span.startUs)}</td>
              <td className="right">{shortTime(words, span.durationUs)}</td>
              <td className="t3">{span.kind}</td>
              <td>
                {span.error ? (
                  <span className="c-broken wf-error">
                    <Icon name="close" small /> {span.status === "" ? t("trace.row.error") : span.status}
                  </span>
                ) : (
                  <span className="t3">{t("trace.ok")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {trace.spans.length > ROWS_MAX ? <p className="s t3">{t("trace.more", { n: trace.spans.length - ROWS_MAX })}</p> : null}
    </div>
  );
}
