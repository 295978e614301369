import type { PointerEvent } from "react";
import type { Stream } from "../api/types";
import { useWords } from "../i18n";
import { TONE } from "../parts/state";
import { useCursor } from "./cursor";
import { spansWithin, type Span } from "./model";

interface Props {
  stream: Stream;
  /** The right edge, ms since 1970. */
  endMs: number;
  spanMinutes: number;
  /** Ticks below, for the large strip. */
  axis?: boolean;
}

/** States over the last minutes in their colours; where nothing is recorded, hatch. No card follows the pointer: the
 * inspector says what was at the playhead. */
export function HistoryStrip({ stream, endMs, spanMinutes, axis = false }: Props) {
  const words = useWords();
  const cursor = useCursor();
  const startMs = endMs - spanMinutes * 60_000;
  const spans = spansWithin(stream, startMs, endMs);
  const percent = (ms: number) => `${(((ms - startMs) / (endMs - startMs)) * 100).toFixed(3)}%`;
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    cursor.move(startMs + ((event.clientX - box.left) / box.width) * (endMs - startMs));
  };
  const playhead = cursor.atMs !== null && cursor.atMs >= startMs && cursor.atMs <= endMs ? cursor.atMs : null;
  return (
    <div className={axis ? "history tall" : "history"}>
      <div
        className="strip"
        role="img"
        aria-label={described(stream, spans, spanMinutes, words)}
        onPointerMove={follow}
        onPointerLeave={() => cursor.move(null)}
      >
        {spans.map((span) => (
          <i
            key={span.fromMs}
            className={`bar ${TONE[span.group]}`}
            style={{ left: percent(span.fromMs), width: percent(startMs + span.toMs - span.fromMs) }}
          />
        ))}
        {playhead === null ? null : <i className="playhead" style={{ left: percent(playhead) }} />}
      </div>
      {axis ? (
        <div className="axis" aria-hidden="true">
          {ticks(startMs, endMs).map((tick) => (
            <span key={tick} style={{ left: percent(tick) }}>
              {words.minute(tick)}
            </span>
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** Round minutes, about five of them, away from the edges where their words would be cut. */
export function ticks(startMs: number, endMs: number): number[] {
  const minutes = (endMs - startMs) / 60_000;
  const stepMs = (minutes > 20 ? 15 : minutes > 8 ? 5 : 1) * 60_000;
  const edgeMs = (endMs - startMs) * 0.03;
  const found: number[] = [];
  for (let at = Math.ceil(startMs / stepMs) * stepMs; at <= endMs; at += stepMs) {
    if (at > startMs + edgeMs && at < endMs - edgeMs) found.push(at);
  }
  return found;
}

function described(stream: Stream, spans: Span[], spanMinutes: number, words: ReturnType<typeof useWords>): string {
  const seconds = new Map<Stream["state"], number>();
  for (const span of spans) seconds.set(span.state, (seconds.get(span.state) ?? 0) + (span.toMs - span.fromMs) / 1_000);
  const missing = spanMinutes * 60 - [...seconds.values()].reduce((sum, one) => sum + one, 0);
  const parts = [...seconds].map(([state, length]) => `${words.t(`state.${state}`)} ${words.age(length)}`);
  if (missing >= 1) parts.push(`${words.t("history.noData")} ${words.age(missing)}`);
  return words.t("history.label", { name: stream.name, span: words.age(spanMinutes * 60), parts: parts.join(", ") });
}
