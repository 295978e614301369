import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { changeParams } from "../app/address";
import { timeWords, type TimeWords } from "../app/time/words";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { traceAddress } from "../now/segments";
import { narrowed, type Line } from "./model";

interface Props {
  lines: Line[];
  zone: string;
  query: string;
  /** Key of the opened line. */
  opened: string | null;
}

const ROW_PX = 26;
const PHONE_ROW_PX = 46;
const PHONE = "(max-width: 720px)";

/** Lines newest first; only those in sight are in the page. One tab stop: arrows move, Enter opens. */
export function LogList({ lines, zone, query, opened }: Props) {
  "use no memo"; // the virtualizer answers anew on each scroll
  const { t, language } = useWords();
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(0);
  const words = timeWords(language, zone);
  useEffect(() => setTop(list.current?.offsetTop ?? 0), [lines.length]);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => (matchMedia(PHONE).matches ? PHONE_ROW_PX : ROW_PX),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    scrollMargin: top,
  });
  const current = Math.min(at, lines.length - 1);
  const move = (event: KeyboardEvent): void => {
    const next = step(event.key, current, lines.length);
    if (next === null || !(event.target instanceof HTMLElement) || event.target.dataset["row"] === undefined) return;
    event.preventDefault();
    setAt(next);
    rows.scrollToIndex(next);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true }));
  };
  return (
    <ol
      className="log-list"
      ref={list}
      aria-label={t("logs.list")}
      style={{ height: rows.getTotalSize() }}
      onKeyDown={move}
      data-panel
      tabIndex={-1}
    >
      {rows.getVirtualItems().map((row) => {
        const line = lines[row.index];
        if (line === undefined) return null;
        return (
          <li
            key={row.key}
            data-index={row.index}
            ref={rows.measureElement}
            aria-setsize={lines.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start - top}px)` }}
          >
            <Row
              line={line}
              index={row.index}
              open={line.key === opened}
              stop={row.index === current}
              words={words}
              query={query}
              onFocus={() => setAt(row.index)}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** Where a key leads from a row; null when it is not one of the list's. */
export function step(key: string, at: number, count: number): number | null {
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 20, PageUp: at - 20, Home: 0, End: count - 1 }[key];
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next));
}

interface RowProps {
  line: Line;
  index: number;
  open: boolean;
  stop: boolean;
  words: TimeWords;
  query: string;
  onFocus: () => void;
}

function Row({ line, index, open, stop, words, query, onFocus }: RowProps) {
  const { t } = useWords();
  return (
    <>
      <div className={`log-row lv-${line.level}${open ? " open" : ""}`}>
        <button
          type="button"
          className="log-line"
          data-row={index}
          tabIndex={stop ? 0 : -1}
          aria-expanded={open}
          onFocus={onFocus}
          onClick={() => changeParams({ line: open ? null : line.key })}
        >
          <span className="log-at mono t3">{preciseTime(words, line.atMs)}</span>
          <span className={`log-level lv-${line.level}`}>{t(`logs.level.${line.level}`)}</span>
          <span className="log-service t2">{line.service}</span>
          <span className="log-text mono">
            {line.message}
            {line.fields.map(([name, value]) => (
              <span key={name}>
                {" "}
                <span className="syn-label">{name}</span>
                <span className="syn-op">=</span>
                {value}
              </span>
            ))}
          </span>
        </button>
        {line.traceId === null ? null : (
          <a
            className="log-trace"
            href={traceAddress(line.traceId, line.spanId ?? "")}
            title={t("logs.openTrace", { id: line.traceId })}
            tabIndex={stop ? 0 : -1}
          >
            <Icon name="traces" small />
            <span className="vh">{t("logs.openTrace", { id: "" }).trim()}</span>
            <span className="mono">{line.traceId.slice(0, 6)}</span>
          </a>
        )}
      </div>
      {open ? <Opened line={line} words={words} query={query} /> : null}
    </>
  );
}

function preciseTime(words: TimeWords, ms: number): string {
  return `${words.clock(ms)}.${String(((ms % 1_000) + 1_000) % 1_000).padStart(3, "0")}`;
}

/** All of one line: its fields, each of which can narrow the question, and its text. */
function Opened({ line, words, query }: { line: Line; words: TimeWords; query: string }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  // In braces: newer browsers answer with a promise, which is no clean-up.
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div className="log-open" ref={place}>
      <div className="log-open-head">
        <span className="s t2 tn">
          {words.full(line.atMs)} {words.zone}
        </span>
        {line.traceId === null ? null : (
          <a className="ctl" href={traceAddress(line.traceId, line.spanId ?? "")}>
            <Icon name="traces" small />
            {t("logs.openTrace", { id: `${line.traceId.slice(0, 8)}…` })}
          </a>
        )}
      </div>
      <dl className="fields" aria-label={t("logs.fields")}>
        {line.labels.map(([name, value]) => (
          <div key={name}>
            <dt className="mono syn-label">{name}</dt>
            <dd className="mono">
              <span className="field-value">{value}</span>
              <button
                type="button"
                className="ctl icon tiny"
                aria-label={t("logs.only", { name, value })}
                title={t("logs.only", { name, value })}
                onClick={() => changeParams({ query: narrowed(query, name, value), line: null }, "push")}
              >
                <Icon name="search" small />
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <pre className="log-whole" tabIndex={0} aria-label={t("logs.whole")}>
        {line.raw}
      </pre>
    </div>
  );
}
