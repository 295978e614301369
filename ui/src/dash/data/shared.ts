/** Answers that several panels want at once are asked for once, and kept for a moment. */
const KEPT_MS = 3_000;
const KEPT_MAX = 200;

interface Shared {
  promise: Promise<unknown>;
  stop: AbortController;
  waiting: number;
  doneAt: number | null;
}

const asked = new Map<string, Shared>();

/**
 * The answer under a key: one under way or just arrived is shared, else `ask` is called. A question that nobody waits
 * for any more is stopped.
 */
export function shared<T>(key: string, signal: AbortSignal | undefined, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const known = asked.get(key);
  const fresh = known !== undefined && (known.doneAt === null ? !known.stop.signal.aborted : performance.now() - known.doneAt < KEPT_MS);
  const one = fresh ? known : begin(key, ask);
  one.waiting++;
  let left = false;
  const leave = (): void => {
    if (left) return;
    left = true;
    one.waiting--;
    if (one.waiting === 0 && one.doneAt === null) one.stop.abort();
  };
  signal?.addEventListener("abort", leave, { once: true });
  return (one.promise as Promise<T>).finally(() => signal?.removeEventListener("abort", leave));
}

function begin(key: string, ask: (signal: AbortSignal) => Promise<unknown>): Shared {
  const stop = new AbortController();
  const one: Shared = { promise: ask(stop.signal), stop, waiting: 0, doneAt: null };
  one.promise.then(
    () => {
      one.doneAt = performance.now();
    },
    () => {
      if (asked.get(key) === one) asked.delete(key);
    },
  );
  for (const old of asked.keys()) {
    if (asked.size < KEPT_MAX) break;
    asked.delete(old);
  }
  asked.delete(key);
  asked.set(key, one);
  return one;
}
