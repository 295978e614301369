import { useMemo, useSyncExternalStore } from "react";
import type { FeedState, NowFeed } from "../api/feed";
import type { Counts } from "../api/types";
import { incidentsOf } from "../now/incidents";

/** What every page shows of the feed. It changes seldom, while the feed itself may speak every second. */
export interface Brief {
  /** What the server calls what it watches; null before it said so. */
  title: string | null;
  counts: Counts | null;
  /** Open incidents. */
  firing: number;
  demo: boolean;
  denied: boolean;
  /** Nothing has come yet, and it is asked. */
  waiting: boolean;
}

/** Follows the feed, and changes only when something of the brief does. */
export function useBrief(feed: NowFeed): Brief {
  const text = useSyncExternalStore(feed.subscribe, () => briefText(feed.state()));
  return useMemo(() => JSON.parse(text) as Brief, [text]);
}

let told: { state: FeedState; text: string } | null = null;

function briefText(state: FeedState): string {
  if (told?.state !== state) told = { state, text: JSON.stringify(briefOf(state)) };
  return told.text;
}

export function briefOf({ now, error, loading }: FeedState): Brief {
  return {
    title: now?.title ?? null,
    counts: now?.counts ?? null,
    firing: now === null ? 0 : incidentsOf(now.alerts, now.streams).firing.length,
    demo: now !== null && now.demo !== null,
    denied: error?.kind === "denied",
    waiting: now === null && loading,
  };
}

/** Follows all that the feed says. */
export function useFeedState(feed: NowFeed): FeedState {
  return useSyncExternalStore(feed.subscribe, feed.state);
}
