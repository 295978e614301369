import type { FeedState } from "../api/feed";
import { useWords } from "../i18n";
import { secondsSince, useServerTime } from "./clock";

/** The probes speak every few seconds; twice that is late, five times that is lost. */
const INTERVAL_SECONDS = 5;

export type Freshness = "fresh" | "stale" | "lost" | "unknown";

export function freshness(ageSeconds: number | null): Freshness {
  if (ageSeconds === null) return "unknown";
  if (ageSeconds <= 2 * INTERVAL_SECONDS) return "fresh";
  return ageSeconds <= 5 * INTERVAL_SECONDS ? "stale" : "lost";
}

/** The age of the newest measurement: as the server said, plus what has passed since it said so. */
export function DataAge({ state }: { state: FeedState }) {
  const { t, age, time } = useWords();
  const at = useServerTime();
  if (state.paused) {
    return (
      <span className="age paused">
        <i />
        {t(document.hidden ? "age.hidden" : "age.paused")}
      </span>
    );
  }
  if (state.now === null) return null;
  const seconds = pageAge(state, at);
  const kind = freshness(seconds);
  return (
    <span className={`age ${kind}`}>
      <i />
      {seconds === null
        ? t("age.unknown")
        : kind === "lost"
          ? t("age.lost", { time: time(at - seconds * 1_000) })
          : t(kind === "stale" ? "age.stale" : "age.data", { age: age(seconds) })}
    </span>
  );
}

export function pageAge(state: FeedState, serverMs: number): number | null {
  if (state.now === null || state.now.dataAgeSeconds === null) return null;
  return state.now.dataAgeSeconds + (secondsSince(state.now.at, serverMs) ?? 0);
}
