import { useRef, type KeyboardEvent } from "react";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { shortTime } from "../signals/units";
import { marks, type Span, type Trace } from "./model";

interface Props {
  trace: Trace;
  colours: Map<string, string>;
  selected: string | null;
  select: (id: string) => void;
}

const ROWS_MAX = 1_000;
const DEPTH_MAX = 12;

/** Spans as bars in time, children under their parent. One tab stop: arrows move and select. */
export function Waterfall({ trace, colours, selected, select }: Props) {
  const words = useWords();
  const { t } = words;
  const list = useRef<HTMLOListElement>(null);
  const spans = trace.spans.slice(0, ROWS_MAX);
  const at = Math.max(0, spans.findIndex((span) => span.id === selected));
  const percent = (us: number): number => (trace.durationUs === 0 ? 0 : (us / trace.durationUs) * 100);
  const move = (event: KeyboardEvent): void => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: spans.length - 1 }[event.key];
    const span = next === undefined ? undefined : spans[Math.max(0, Math.min(spans.length - 1, next))];
    if (span === undefined) return;
    event.preventDefault();
    select(span.id);
    list.current?.querySelector<HTMLElement>(`[data-span="${CSS.escape(span.id)}"]`)?.focus();
  };
  return (
    <div className="wf" data-panel tabIndex={-1}>
      <div className="wf-axis xs t3 tn" aria-hidden="true">
        <span />
        <div className="wf-track">
          {marks(trace.durationUs).map((us) => (
            <span key={us} className="wf-mark" style={{ left: `${percent(us)}%` }}>
              {us === 0 ? "0" : shortTime(words, us, true)}
            </span>
          ))}
        </div>
      </div>
      <ol ref={list} aria-label={t("trace.spansList")} onKeyDown={move}>
        {spans.map((span) => (
          <Row
            key={span.id}
            span={span}
            left={percent(span.startUs)}
            width={percent(span.durationUs)}
            colour={colours.get(span.service) ?? "var(--s-rest)"}
            selected={span.id === spans[at]?.id}
            select={select}
          />
        ))}
      </ol>
      {trace.spans.length > ROWS_MAX ? <p className="s t3">{t("trace.more", { n: trace.spans.length - ROWS_MAX })}</p> : null}
    </div>
  );
}

interface RowProps {
  span: Span;
  left: number;
  width: number;
  colour: string;
  selected: boolean;
  select: (id: string) => void;
}

/** Where the duration is written: beside the bar where there is room, else before it, else on it. */
function Row({ span, left, width, colour, selected, select }: RowProps) {
  const words = useWords();
  const { t } = words;
  const duration = shortTime(words, span.durationUs);
  const right = 100 - left - width;
  const place = right > 12 ? "after" : left > 12 ? "before" : "on";
  const style = { after: { left: `${left + width}%` }, before: { right: `${100 - left}%` }, on: { right: `${right}%` } }[place];
  return (
    <li>
      <button
        type="button"
        className={`wf-row${selected ? " on" : ""}`}
        data-span={span.id}
        tabIndex={selected ? 0 : -1}
        aria-pressed={selected}
        onClick={() => select(span.id)}
      >
        <span className="wf-name" style={{ paddingLeft: `${Math.min(span.depth, DEPTH_MAX) * 12}px` }}>
          <i className="wf-dot" style={{ background: colour }} />
          <span className="wf-op">{span.name}</span>
          <span className="wf-rendition t3">{renditionOf(span)}</span>
          <span className="vh">{t("trace.row", { service: span.service, start: shortTime(words, span.startUs) })}</span>
          {span.error ? (
            <span className="c-broken wf-error">
              <Icon name="close" small />
              {t("trace.row.error")}
            </span>
          ) : null}
        </span>
        <span className="wf-track">
          <i className="wf-span" style={{ left: `${left}%`, width: `${width}%`, background: colour }} />
          <span className={`wf-time ${place} tn`} style={style}>
            {duration}
          </span>
        </span>
      </button>
    </li>
  );
}

/** What tells spans of one name apart, in our own traces. */
function renditionOf(span: Span): string {
  return span.attributes.find(([key]) => key === "rendition")?.[1] ?? span.service;
}
