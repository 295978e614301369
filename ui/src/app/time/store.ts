import { useSyncExternalStore } from "react";
import { changeParams, subscribeAddress } from "../address";
import { preferredZone, subscribePreferences } from "../preferences";
import { absolute, durationMs, isRelative, movedBy, resolveRange, zoomedOut, type Range, type Window } from "./range";

/** Looking more often than this costs more than it shows. */
export const REFRESH_MS_MIN = 5_000;
export const REFRESHES = ["", "5s", "10s", "30s", "1m", "5m", "15m", "1h"] as const;

export interface Defaults extends Range {
  refresh: string;
  zone: string;
}

export interface Time extends Window, Range {
  /** "10s"; empty for not at all. */
  refresh: string;
  /** "browser", "utc" or an IANA name. */
  zone: string;
  /** Counts refreshes: a question asked at another tick may have another answer. */
  tick: number;
  paused: boolean;
}

const BARE: Defaults = { from: "now-1h", to: "now", refresh: "", zone: "" };

/**
 * The one time range of the page. `now` stands still between refreshes, so that all panels mean the same moment.
 * A hidden tab asks nothing; it refreshes when it is seen again, if a refresh was due.
 */
class TimeStore {
  #defaults = BARE;
  #nowMs = Date.now();
  #tick = 0;
  #paused = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #everyMs = 0;
  #listeners = new Set<() => void>();
  #key = "";
  #known: Time | null = null;
  #stop: (() => void) | null = null;
  #ahead = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#begin();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#end();
    };
  };

  readonly time = (): Time => {
    const key = `${location.search} ${this.#tick} ${this.#paused} ${preferredZone()} ${JSON.stringify(this.#defaults)}`;
    if (this.#known === null || key !== this.#key) {
      this.#key = key;
      this.#known = this.#read();
    }
    return this.#known;
  };

  /** What a page means when its address says nothing. */
  defaults(part: Partial<Defaults>): void {
    this.#defaults = { ...BARE, ...part };
    this.#tell();
  }

  /**
   * The time that a page will show, before anything shows it: the moment stands from now on, so that what is asked
   * ahead is what the page asks. Null where a page shows the time already.
   */
  ahead(part: Partial<Defaults>): Time | null {
    if (this.#listeners.size > 0) return null;
    this.#defaults = { ...BARE, ...part };
    this.#stand();
    this.#ahead = true;
    return this.time();
  }

  /** Asks everything anew, with `now` as it is now. */
  readonly refresh = (): void => {
    this.#stand();
    this.#tell();
  };

  #stand(): void {
    this.#nowMs = Date.now();
    this.#tick++;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#tell();
    else this.refresh();
  }

  #read(): Time {
    const params = new URLSearchParams(location.search);
    const from = params.get("from") ?? this.#defaults.from;
    const to = params.get("to") ?? this.#defaults.to;
    const refresh = params.get("refresh") ?? this.#defaults.refresh;
    const zone = zoneOf(params.get("timezone") ?? (preferredZone() || this.#defaults.zone));
    return { from, to, refresh, zone, tick: this.#tick, paused: this.#paused, ...resolveRange({ from, to }, this.#nowMs, zone) };
  }

  #begin(): void {
    const due = (): void => {
      const late = Date.now() - this.#nowMs >= this.#everyMs;
      if (!document.hidden && !this.#paused && this.#everyMs > 0 && late) this.refresh();
    };
    const address = subscribeAddress(() => this.#tell());
    const preferences = subscribePreferences(() => this.#tell());
    document.addEventListener("visibilitychange", due);
    this.#stop = () => {
      address();
      preferences();
      document.removeEventListener("visibilitychange", due);
    };
    if (!this.#ahead) this.#stand();
    this.#ahead = false;
    this.#schedule();
  }

  #end(): void {
    this.#stop?.();
    clearInterval(this.#timer);
    this.#everyMs = 0;
  }

  #tell(): void {
    this.#schedule();
    for (const listener of [...this.#listeners]) listener();
  }

  #schedule(): void {
    const { refresh, from, to } = this.time();
    const wanted = durationMs(refresh) ?? 0;
    const everyMs = wanted > 0 && isRelative({ from, to }) ? Math.max(wanted, REFRESH_MS_MIN) : 0;
    if (everyMs === this.#everyMs) return;
    clearInterval(this.#timer);
    this.#everyMs = everyMs;
    if (everyMs === 0) return;
    this.#timer = setInterval(() => {
      if (!document.hidden && !this.#paused) this.refresh();
    }, everyMs);
  }
}

function zoneOf(text: string): string {
  return text === "" ? "browser" : text.toLowerCase() === "utc" ? "utc" : text;
}

export const timeStore = new TimeStore();

/** The page's time range, refresh and zone; changes with the address, the clock of refreshes and the reader's choice. */
export function useTime(): Time {
  return useSyncExternalStore(timeStore.subscribe, timeStore.time);
}

/** The page's zone alone: who shows times need not be drawn anew at each refresh. */
export function useZone(): string {
  return useSyncExternalStore(timeStore.subscribe, zoneNow);
}

const zoneNow = (): string => timeStore.time().zone;

export function chooseRange(range: Range): void {
  changeParams({ from: range.from, to: range.to }, "push");
  timeStore.refresh();
}

export function chooseWindow(window: Window): void {
  chooseRange(absolute(window));
}

export const zoomOut = (): void => chooseWindow(zoomedOut(timeStore.time(), Date.now()));
export const moveInTime = (direction: -1 | 1): void => chooseWindow(movedBy(timeStore.time(), direction, Date.now()));

/** The address of this view with "now" frozen, so that who opens it sees the same. */
export function frozenAddress(): string {
  const params = new URLSearchParams(location.search);
  const { from, to } = absolute(timeStore.time());
  params.set("from", from);
  params.set("to", to);
  params.delete("refresh");
  return `${location.origin}${location.pathname}?${params.toString()}`;
}
