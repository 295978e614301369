import { createContext, useContext, useSyncExternalStore } from "react";
import { NowFeed } from "../api/feed";

const Context = createContext(new NowFeed());

/** Whose clock the page goes by: `value` is its feed. */
export const ServerClock = Context;

/** The server's clock, ms since 1970, a second at a time: its last answer plus what has passed here since. */
export function useServerTime(): number {
  const feed = useContext(Context);
  const here = useSecond();
  const { now, receivedMs } = feed.state();
  return now === null ? here.wallMs : Date.parse(now.at) + Math.max(0, here.steadyMs - receivedMs);
}

interface Clocks {
  wallMs: number;
  /** `performance.now()` */
  steadyMs: number;
}

const readClocks = (): Clocks => ({ wallMs: Date.now(), steadyMs: performance.now() });
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = readClocks();

/** This machine's clocks, a second at a time: all that show a time change together, and the page is drawn once for them. */
export function useSecond(): Clocks {
  return useSyncExternalStore(onSecond, () => second);
}

function onSecond(tell: () => void): () => void {
  listeners.add(tell);
  if (timer === undefined) {
    second = readClocks();
    timer = setInterval(() => {
      second = readClocks();
      for (const each of [...listeners]) each();
    }, 1_000);
  }
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Seconds from then to the server's now; null when then is not known. */
export function secondsSince(then: string | null | undefined, nowMs: number): number | null {
  if (then === null || then === undefined) return null;
  const ms = Date.parse(then);
  return Number.isNaN(ms) ? null : Math.max(0, (nowMs - ms) / 1_000);
}
