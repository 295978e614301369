import type { Group, StreamState } from "../api/types";
import { useWords } from "../i18n";

/** Worst first: the order of counts, tally, cells and lists. */
export const WORST_FIRST: readonly Group[] = ["broken", "unknown", "degraded", "maintenance", "fine"];

/** The class name part of a group. */
export const TONE: Record<Group, "ok" | "degraded" | "broken" | "unknown" | "maint"> = {
  fine: "ok",
  degraded: "degraded",
  broken: "broken",
  unknown: "unknown",
  maintenance: "maint",
};

export function worse(a: Group, b: Group): number {
  return WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b);
}

/** One shape per state on a 10 px grid, so that colour is never alone. Live has none: fine is quiet. */
const GLYPHS: Record<StreamState, string | null> = {
  LIVE: null,
  DEGRADED: "M1.5 3.4 5 6.9l3.5-3.5",
  FROZEN: "M3.2 1.8v6.4M6.8 1.8v6.4",
  BLACK: "M2.6 2.6h4.8v4.8H2.6z",
  OFFLINE: "M2 8.2 8 1.8",
  CONNECTING: "M2 5h.2M5 5h.2M8 5h.2",
  FLAPPING: "M.9 6.4 3.4 3.4l2.8 3.4 2.9-3.4",
  UNKNOWN: "M3 3.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.5-.9 1.1M5 8.6v.1",
  TAMPERED: "M5 1.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2M2.6 7.4 7.4 2.6",
  MAINTENANCE: "M1.5 5h7",
};

const GROUP_GLYPHS: Record<Group, string | null> = {
  broken: "M2.2 2.2l5.6 5.6M7.8 2.2 2.2 7.8",
  unknown: null,
  degraded: GLYPHS.DEGRADED,
  maintenance: GLYPHS.MAINTENANCE,
  fine: null,
};

const LIVE_TICK = "M1.6 5.4 4 7.8l4.4-5.4";

export function Glyph({ state, always = false }: { state: StreamState; always?: boolean }) {
  return <GlyphPath path={GLYPHS[state] ?? (always ? LIVE_TICK : null)} />;
}

/** The glyph that stands for all states of a group, in counts. */
export function GroupGlyph({ group, always = false }: { group: Group; always?: boolean }) {
  return <GlyphPath path={GROUP_GLYPHS[group] ?? (always ? LIVE_TICK : null)} />;
}

function GlyphPath({ path }: { path: string | null }) {
  if (path === null) return null;
  return (
    <svg className="g" viewBox="0 0 10 10" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** Glyph, word and age: "Frozen 15 min". */
export function StateBadge({ state, group, age }: { state: StreamState; group: Group; age?: string | null }) {
  const { t } = useWords();
  return (
    <span className={`st ${TONE[group]}`}>
      <Glyph state={state} always />
      {t(`state.${state}`)}
      {age ? <span className="tn"> {age}</span> : null}
    </span>
  );
}
