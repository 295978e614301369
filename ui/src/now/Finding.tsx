import { useEffect, useRef, useState } from "react";
import type { Counts, Group, Now } from "../api/types";
import { changeView, useView } from "../app/view";
import { useWords } from "../i18n";
import { GroupGlyph, TONE, WORST_FIRST } from "../parts/state";
import { tellFinding, type FindingWords } from "../parts/told";

/** The page's first sentence, worst state first, its support, and the counts that also filter. */
export function Finding({ now }: { now: Now }) {
  const words = useWords();
  const finding = tellFinding(words, now);
  const sentence = finding.parts.map((part) => part.text).join("");
  const lang = (foreign: boolean) => (foreign && words.language !== "en" ? "en" : undefined);
  return (
    <header className="finding" id="finding" tabIndex={-1}>
      <h1 className="verdict" lang={lang(finding.foreign)}>
        {finding.parts.map((part, index) => (
          <VerdictPart key={index} text={part.text} state={firstOfState(finding.parts, index)} />
        ))}
      </h1>
      {finding.support.text ? (
        <p className="support" lang={lang(finding.support.foreign)}>
          {finding.support.text}
        </p>
      ) : null}
      <CountFilter counts={now.counts} />
      <Spoken sentence={sentence} lang={lang(finding.foreign)} />
    </header>
  );
}

/** Each state is coloured once, where it is named first: the count. What follows is plain, to be read. */
function firstOfState(parts: FindingWords["parts"], index: number): Group | null {
  const state = parts[index]?.state ?? null;
  return parts.findIndex((part) => part.state === state) === index ? state : null;
}

function VerdictPart({ text, state }: { text: string; state: Group | null }) {
  if (state === null) return text;
  return <em className={state === "unknown" ? "unseen" : `c-${TONE[state]}`}>{text}</em>;
}

function CountFilter({ counts }: { counts: Counts }) {
  const { t } = useWords();
  const { only } = useView();
  const shown = WORST_FIRST.filter((group) => counts[group] > 0 || group === only);
  return (
    <div className="counts" role="group" aria-label={t("counts.label")}>
      {shown.map((group) => (
        <button
          key={group}
          type="button"
          className="count"
          aria-pressed={only === group}
          onClick={() => changeView({ only: only === group ? null : group })}
        >
          <span className={`cell ${TONE[group]}`}>
            <GroupGlyph group={group} />
          </span>
          <b>{counts[group]}</b>
          {t(`group.${group}`)}
        </button>
      ))}
    </div>
  );
}

const SPOKEN_EVERY_MS = 30_000;

/** The verdict for screen readers: spoken when it changes, at most once in 30 s, never at the first sight. */
function Spoken({ sentence, lang }: { sentence: string; lang: string | undefined }) {
  const [said, setSaid] = useState("");
  const first = useRef(sentence);
  const lastMs = useRef(-SPOKEN_EVERY_MS);
  useEffect(() => {
    if (sentence === first.current) return;
    first.current = "";
    const wait = Math.max(0, lastMs.current + SPOKEN_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      lastMs.current = performance.now();
      setSaid(sentence);
    }, wait);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <p className="vh" aria-live="polite" lang={lang}>
      {said}
    </p>
  );
}
