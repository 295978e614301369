import { getJson, RequestError } from "./client";
import type { Now } from "./types";

const POLL_MS = 2_000;
const POLL_MS_MAX = 30_000;
/** Silence on an open event stream after which the page asks by itself. */
const EVENTS_SILENT_MS = 12_000;
const EVENTS_AGAIN_MS = 60_000;

/** What the page knows at this moment: the last good answer, and what has gone wrong since. */
export interface FeedState {
  now: Now | null;
  /** When `now` arrived, on the clock of `performance.now()`, ms. */
  receivedMs: number;
  error: RequestError | null;
  /** When the error began, wall clock, ms; null while all is well. */
  failingSinceMs: number | null;
  loading: boolean;
  paused: boolean;
}

export interface FeedSource {
  read: () => Promise<Now>;
  /** Opens the event stream; null where the browser has none. */
  events: (() => EventSource) | null;
}

export const serverSource: FeedSource = {
  read: () => getJson<Now>("/api/now"),
  events: typeof EventSource === "undefined" ? null : () => new EventSource("/api/now/events"),
};

/**
 * Keeps the page up to date: server-sent events while they flow, else a question every 2 s, slower after failures.
 * Old data stays until new data is there. Not thread safe, as nothing in a page is.
 */
export class NowFeed {
  #state: FeedState = {
    now: null,
    receivedMs: 0,
    error: null,
    failingSinceMs: null,
    loading: false,
    paused: false,
  };
  #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #events: EventSource | null = null;
  #eventsAgainAt = 0;
  #failures = 0;
  #running = false;
  #asked = 0;

  constructor(private readonly source: FeedSource = serverSource) {}

  readonly state = (): FeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#ask();
  }

  stop(): void {
    this.#running = false;
    this.#closeEvents();
    clearTimeout(this.#timer);
  }

  /** Stops asking, keeps what is shown, says so. */
  pause(): void {
    this.stop();
    this.#change({ paused: true, loading: false });
  }

  resume(): void {
    if (!this.#state.paused) return;
    this.#change({ paused: false });
    this.start();
  }

  /** Asks at once, also while paused. */
  readonly refresh = (): void => {
    this.#failures = 0;
    void this.#ask();
  };

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const question = ++this.#asked;
    this.#change({ loading: true });
    try {
      const now = await this.source.read();
      if (question === this.#asked) this.#take(now);
    } catch (failure) {
      if (question === this.#asked) this.#fail(failure);
    }
    if (question === this.#asked && this.#running) this.#next();
  }

  #next(): void {
    if (this.#failures === 0) this.#openEvents();
    const quiet = this.#events === null ? POLL_MS * 2 ** Math.min(this.#failures, 8) : EVENTS_SILENT_MS;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), Math.min(quiet, POLL_MS_MAX));
  }

  #openEvents(): void {
    if (this.#events !== null || this.source.events === null || performance.now() < this.#eventsAgainAt) return;
    const events = this.source.events();
    this.#events = events;
    const take = (event: MessageEvent<string>): void => {
      const now = readNow(event.data);
      if (now === null) return;
      this.#asked++;
      this.#take(now);
      if (this.#running) this.#next();
    };
    events.addEventListener("message", take);
    events.addEventListener("now", take as EventListener);
    events.onerror = () => {
      this.#closeEvents();
      this.#eventsAgainAt = performance.now() + EVENTS_AGAIN_MS;
      if (this.#running) this.#next();
    };
  }

  #closeEvents(): void {
    this.#events?.close();
    this.#events = null;
  }

  #take(now: Now): void {
    this.#failures = 0;
    this.#change({ now, receivedMs: performance.now(), error: null, failingSinceMs: null, loading: false });
  }

  #fail(failure: unknown): void {
    this.#failures++;
    this.#closeEvents();
    const error =
      failure instanceof RequestError ? failure : new RequestError("unreadable", null, String(failure));
    this.#change({ error, failingSinceMs: this.#state.failingSinceMs ?? Date.now(), loading: false });
  }

  #change(part: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function readNow(data: string): Now | null {
  try {
    const now = JSON.parse(data) as Partial<Now>;
    return Array.isArray(now.streams) && Array.isArray(now.alerts) ? (now as Now) : null;
  } catch {
    return null;
  }
}
