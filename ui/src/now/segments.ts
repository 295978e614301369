import type { Group, Segment, StreamState, Verdict } from "../api/types";

/** How bad a verdict is, in the groups that have a colour. */
const GROUP: Record<Verdict, Group> = {
  fine: "fine",
  unseen: "unknown",
  late: "degraded",
  frozen: "broken",
  black: "broken",
  unreadable: "broken",
  missing: "broken",
  failed: "broken",
};

/** The state whose mark stands for a verdict: one shape each, as everywhere. */
const STATE: Record<Verdict, StreamState> = {
  fine: "LIVE",
  unseen: "UNKNOWN",
  late: "DEGRADED",
  frozen: "FROZEN",
  black: "BLACK",
  unreadable: "TAMPERED",
  missing: "OFFLINE",
  failed: "OFFLINE",
};

/** A verdict of a newer server, which this page does not know, is one that it cannot judge. */
export function verdictOf({ verdict }: Segment): Verdict {
  return Object.hasOwn(GROUP, verdict) ? verdict : "unseen";
}

export const groupOf = (segment: Segment): Group => GROUP[verdictOf(segment)];
export const stateOf = (segment: Segment): StreamState => STATE[verdictOf(segment)];

export function isBroken(segment: Segment): boolean {
  const group = groupOf(segment);
  return group === "broken" || group === "degraded";
}

export type Item = { kind: "segment"; segment: Segment } | { kind: "gap"; seconds: number; key: string };

/** A silence longer than this many segments is a gap. */
const GAP_SEGMENTS = 2.5;

/** Segments in order, with what is missing between them, and since the last. */
export function withGaps(segments: Segment[], nowMs: number): Item[] {
  const items: Item[] = [];
  let before: Segment | null = null;
  for (const segment of segments) {
    if (before !== null) {
      const seconds = (Date.parse(segment.seenAt) - Date.parse(before.seenAt)) / 1_000;
      pushGap(items, seconds, before);
    }
    items.push({ kind: "segment", segment });
    before = segment;
  }
  if (before !== null) pushGap(items, (nowMs - Date.parse(before.seenAt)) / 1_000 - before.durationSeconds, before);
  return items;
}

function pushGap(items: Item[], seconds: number, before: Segment): void {
  const usual = Math.max(1, before.durationSeconds);
  if (seconds > GAP_SEGMENTS * usual) items.push({ kind: "gap", seconds, key: `after ${before.seenAt} ${before.name}` });
}

/** Lines may be written somewhat before a segment is captured and long after it. */
const BEFORE_MS = 10_000;
const AFTER_MS = 60_000;

/** All lines about a segment: those of its trace, or, without one, of its stream at that time. */
export function logsOf(streamId: string, segment: Segment): string {
  const seenMs = Date.parse(segment.seenAt);
  const fromMs = segment.capturedAt === null ? seenMs - AFTER_MS : Date.parse(segment.capturedAt) - BEFORE_MS;
  const which =
    segment.traceId === null ? `{stream_id=${JSON.stringify(streamId)}}` : `{service_name=~".+"} | trace_id=${JSON.stringify(segment.traceId)}`;
  return logsAddress(which, fromMs, seenMs + AFTER_MS);
}

export function logsOfStream(streamId: string): string {
  return `/logs?${new URLSearchParams({ query: `{stream_id=${JSON.stringify(streamId)}}`, from: "now-15m", to: "now" }).toString()}`;
}

export function logsAddress(query: string, fromMs: number, toMs: number): string {
  const params = { query, from: String(Math.floor(fromMs)), to: String(Math.ceil(toMs)) };
  return `/logs?${new URLSearchParams(params).toString()}`;
}

export function traceAddress(traceId: string, spanId = ""): string {
  return `/trace/${encodeURIComponent(traceId)}${spanId === "" ? "" : `?span=${encodeURIComponent(spanId)}`}`;
}
