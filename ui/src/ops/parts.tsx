import type { UseMutationResult } from "@tanstack/react-query";
import { useEffect, useId, useState, type ReactNode } from "react";
import { RequestError } from "../api/client";
import { changeParams } from "../app/address";
import { useWords } from "../i18n";
import { useServerTime } from "../parts/clock";
import { Icon } from "../parts/Icon";
import { Glyph, GroupGlyph } from "../parts/state";
import { AskError } from "../signals/AskError";
import "../styles/signals.css";
import "../styles/ops.css";

export type Tone = "fine" | "degraded" | "broken" | "unknown";

const TONES = { fine: "ok", degraded: "degraded", broken: "broken", unknown: "unknown", off: "maint" } as const;

function Mark({ tone }: { tone: Tone | "off" }) {
  if (tone === "unknown") return <Glyph state="UNKNOWN" />;
  if (tone === "off") return <Glyph state="MAINTENANCE" />;
  return <GroupGlyph group={tone} always />;
}

/** A state as a glyph and a word; "off" is what somebody switched off. */
export function StateWord({ tone, children }: { tone: Tone | "off"; children: ReactNode }) {
  return (
    <span className={`st ${TONES[tone]}`}>
      <Mark tone={tone} />
      {children}
    </span>
  );
}

/** What a page or a part of it found, as a sentence, and what to do about it. */
export function Finding({ tone, what, todo, level = 2 }: { tone: Tone; what: string; todo?: string; level?: 1 | 2 }) {
  const Head = level === 1 ? "h1" : "p";
  return (
    <div className={level === 1 ? "op-finding lead" : "op-finding"}>
      <Head className="op-what">
        <span className={`op-mark c-${TONES[tone]}`}>
          <Mark tone={tone} />
        </span>
        {what}
      </Head>
      {todo === undefined || todo === "" ? null : <p className="s t2">{todo}</p>}
    </div>
  );
}

/** A part of a page under its heading. */
export function Part({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="op-part" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {note === undefined ? null : <span className="s t3 op-note">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

/** While nothing is there yet: that it is asked, or why it failed and how to ask again. */
export function Waiting({ error, retry }: { error: Error | null; retry: () => void }) {
  const { t } = useWords();
  if (error !== null) return <Failed error={error} retry={retry} />;
  return (
    <div className="loading" role="status">
      <span className="progress" />
      {t("ask.loading")}
    </div>
  );
}

export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return <AskError error={error instanceof RequestError ? error : new RequestError("unreadable", null, error.message)} retry={retry} />;
}

/** A search among what the page shows, kept in the address; `/` leads to it. */
export function SearchField({ name, value, label, list }: { name: string; value: string; label: string; list?: string }) {
  return (
    <label className="ctl search op-search">
      <Icon name="search" small />
      <input
        data-search
        type="search"
        value={value}
        maxLength={200}
        placeholder={label}
        aria-label={label}
        list={list}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => changeParams({ [name]: event.currentTarget.value === "" ? null : event.currentTarget.value })}
      />
      <kbd>/</kbd>
    </label>
  );
}

/** Copies a text; where the browser has no clipboard, the text beside it can be selected. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!("clipboard" in navigator)) return null; // plain HTTP from another machine
  return (
    <button type="button" className="ctl" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <Icon name={copied ? "check" : "copy"} small />
      {copied ? t("ops.copied") : label}
    </button>
  );
}

/** A text to copy as a whole: a rule, a token. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <div className="op-copy">
      <pre className="mono" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** Names and values of a series or a target. */
export function LabelList({ labels, leave = [] }: { labels: Record<string, string>; leave?: readonly string[] }) {
  const shown = Object.entries(labels).filter(([name]) => !leave.includes(name));
  return (
    <span className="op-labels mono">
      {shown.map(([name, value]) => (
        <span key={name} className="op-label">
          <span className="syn-label">{name}</span>
          <span className="syn-op">=</span>
          {value === "" ? '""' : value}
        </span>
      ))}
    </span>
  );
}

/** How much of a limit is used: a bar with its number beside it. */
export function Meter({ share, label, quiet = false }: { share: number; label: string; quiet?: boolean }) {
  const tone = quiet ? "fine" : share >= 0.95 ? "broken" : share >= 0.8 ? "degraded" : "fine";
  return (
    <span className="op-meter" role="img" aria-label={label}>
      <i className={`m-${tone}`} style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
    </span>
  );
}

/** A table that scrolls sideways by itself where there is no room, also by keys. */
export function Scroll({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div className="op-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className={className === undefined ? "tbl" : `tbl ${className}`}>{children}</table>
    </div>
  );
}

/** A column's name: of numbers, which stand to the right, or one that is only heard, over buttons. */
type Column = string | { right: string } | { heard: string };

export function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) =>
          typeof column === "string" ? (
            <th key={column} scope="col">
              {column}
            </th>
          ) : "right" in column ? (
            <th key={column.right} scope="col" className="right">
              {column.right}
            </th>
          ) : (
            <th key={column.heard} scope="col">
              <span className="vh">{column.heard}</span>
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

/** How long ago something was. It alone is drawn anew every second, and not the row it stands in. */
export function Ago({ ms, by }: { ms: number; by?: string }) {
  const { t, age } = useWords();
  const passed = age((useServerTime() - ms) / 1_000);
  return by === undefined ? t("targets.ago", { age: passed }) : t("users.made", { by, age: passed });
}

/** A change that failed, and how to make it again as it was asked; null for one that did not fail. */
export function failureOf<D, V>(change: UseMutationResult<D, Error, V>): { error: Error; retry: () => void } | null {
  return change.status === "error" ? { error: change.error, retry: () => change.mutate(change.variables) } : null;
}

export function FailedChange<D, V>({ change }: { change: UseMutationResult<D, Error, V> }) {
  const failure = failureOf(change);
  return failure === null ? null : <Failed {...failure} />;
}
