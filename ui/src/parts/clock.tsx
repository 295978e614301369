import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import type { FeedState } from "../api/feed";

const Context = createContext(0);

/** The server's clock, ms since 1970, a second at a time: its last answer plus what has passed here since. */
export function useServerTime(): number {
  return useContext(Context);
}

export function ServerClock({ feed, children }: { feed: FeedState; children: ReactNode }) {
  const [here, setHere] = useState(readClocks);
  useEffect(() => onSecond(() => setHere(readClocks())), []);
  const passed = Math.max(0, here.steadyMs - feed.receivedMs);
  const at = feed.now === null ? here.wallMs : Date.parse(feed.now.at) + passed;
  return <Context value={at}>{children}</Context>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Tells every second, all at the same moment, so that the page is drawn once for all its clocks. Returns the way to end it. */
export function onSecond(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => listeners.forEach((each) => each()), 1_000);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function readClocks(): { wallMs: number; steadyMs: number } {
  return { wallMs: Date.now(), steadyMs: performance.now() };
}

/** Seconds from then to the server's now; null when then is not known. */
export function secondsSince(then: string | null | undefined, nowMs: number): number | null {
  if (then === null || then === undefined) return null;
  const ms = Date.parse(then);
  return Number.isNaN(ms) ? null : Math.max(0, (nowMs - ms) / 1_000);
}
