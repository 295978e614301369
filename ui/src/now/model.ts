import type { Group, Now, Site, Stream } from "../api/types";
import { worse } from "../parts/state";
import type { SpanMinutes, View } from "../app/view";

/** Up to so many pictures get a tile each; above it the cells and the inspector do. */
export const TILES_MAX = 12;

/** The demo breaks something every minute; elsewhere a quarter of an hour tells more. */
export function usualSpan(now: Now | null): SpanMinutes {
  return now?.mode === "demo" ? 5 : 15;
}

export interface SiteRow {
  site: Site;
  streams: Stream[];
}

/**
 * Sites worst first, pictures worst first in a site, narrowed by the search and the state filter. A few pictures need
 * no search: they keep their places, by name of the site and id of the picture.
 */
export function siteRows(now: Now, view: Pick<View, "only" | "search">, stateWord: (stream: Stream) => string): SiteRow[] {
  const few = now.streams.length <= TILES_MAX;
  const known = new Set(now.sites.map((site) => site.id));
  const sites = [...now.sites];
  if (now.streams.some((stream) => stream.site === null || !known.has(stream.site))) sites.push(nowhere(now, known));
  const wanted = view.search.trim().toLowerCase();
  const shown = (stream: Stream, site: Site): boolean => {
    if (view.only !== null && stream.group !== view.only) return false;
    if (wanted === "") return true;
    return [stream.id, stream.name, site.name, stateWord(stream)].some((text) => text.toLowerCase().includes(wanted));
  };
  return sites
    .map((site) => ({
      site,
      streams: now.streams
        .filter((stream) => home(stream, known) === site.id && shown(stream, site))
        .sort((a, b) => (few ? a.id.localeCompare(b.id) : worse(a.group, b.group))),
    }))
    .filter((row) => row.streams.length > 0)
    .sort((a, b) =>
      few
        ? a.site.name.localeCompare(b.site.name)
        : worse(a.site.worst, b.site.worst) || troubled(b) - troubled(a),
    );
}

/** The picture in the inspector: the chosen one, else the worst, else the first. */
export function inspected(now: Now, chosen: string | null, rows: SiteRow[]): Stream | null {
  const wanted = now.streams.find((stream) => stream.id === chosen);
  const shown = rows.flatMap((row) => row.streams);
  return wanted ?? shown.sort((a, b) => worse(a.group, b.group))[0] ?? null;
}

function home(stream: Stream, known: Set<string>): string {
  return stream.site !== null && known.has(stream.site) ? stream.site : "";
}

function nowhere(now: Now, known: Set<string>): Site {
  const streams = now.streams.filter((stream) => home(stream, known) === "");
  const worst = streams.map((stream) => stream.group).sort(worse)[0] ?? "unknown";
  return { id: "", name: "", streams: streams.map((stream) => stream.id), line: null, worst, dataAgeSeconds: null };
}

function troubled(row: SiteRow): number {
  return row.streams.filter((stream) => stream.group !== "fine").length;
}

export interface Span {
  group: Group;
  state: Stream["state"];
  fromMs: number;
  toMs: number;
}

/** The last answer holds until the next one is due; only after that its end is a gap. */
const ANSWER_HOLDS_MS = 10_000;

/** A stream's history cut to a window; what is not covered stays a gap, drawn hatched. */
export function spansWithin(stream: Stream, fromMs: number, toMs: number): Span[] {
  return stream.history.flatMap((span) => {
    const begin = Math.max(fromMs, Date.parse(span.from));
    const told = span.to === null ? toMs : Date.parse(span.to);
    const holds = span === stream.history.at(-1) && told > toMs - ANSWER_HOLDS_MS;
    const end = holds ? toMs : Math.min(toMs, told);
    return end > begin ? [{ group: span.group, state: span.state, fromMs: begin, toMs: end }] : [];
  });
}
