import type { Tone } from "./parts";

export interface Target {
  discoveredLabels: Record<string, string>;
  labels: Record<string, string>;
  scrapePool: string;
  scrapeUrl: string;
  lastError: string;
  lastScrape: string;
  /** Seconds. */
  lastScrapeDuration: number;
  health: "up" | "down" | "unknown";
  scrapeInterval: string;
  scrapeTimeout: string;
  /** Samples of the last scrape, after relabelling. */
  lastSamples: number;
}

export interface DroppedTarget {
  discoveredLabels: Record<string, string>;
  scrapePool: string;
  /** Why it is not scraped, in the server's words. */
  reason: string;
}

export interface Discovery {
  mechanism: string;
  source: string;
  refreshes: number;
  failures: number;
  lastSuccessMs: number;
  targets: number;
}

export interface TargetsAnswer {
  activeTargets: Target[];
  droppedTargets: DroppedTarget[];
  droppedTargetCounts: Record<string, number>;
  problems: string[];
  discoveries: Discovery[];
}

export const STATES = ["down", "unknown", "up", "dropped"] as const;
export type State = (typeof STATES)[number];

export const TARGET_TONE: Record<Target["health"], Tone> = { down: "broken", unknown: "unknown", up: "fine" };

/** What is wrong with a scrape, and whose turn it is: the reader's, who configures, or the target's owner's. */
export interface Reason {
  key: "timeout" | "refused" | "host" | "denied" | "path" | "answer" | "tls" | "limit" | "full" | "format" | "redirect" | "other";
  turn: "you" | "owner";
}

const REASONS: readonly [RegExp, Reason][] = [
  [/timed out|no complete answer in time/i, { key: "timeout", turn: "owner" }],
  [/connection refused|connection reset|closed/i, { key: "refused", turn: "owner" }],
  [/no host named|unresolved/i, { key: "host", turn: "you" }],
  [/HTTP status 40[13]|OAuth/i, { key: "denied", turn: "you" }],
  [/HTTP status 404/i, { key: "path", turn: "you" }],
  [/HTTP status \d+/i, { key: "answer", turn: "owner" }],
  [/redirect/i, { key: "redirect", turn: "you" }],
  [/TLS|SSL|PKIX|certificate|handshake/i, { key: "tls", turn: "you" }],
  [/active series|wal_|seriesPer/i, { key: "full", turn: "you" }],
  [/limit exceeded|_limit|larger than/i, { key: "limit", turn: "you" }],
  [/Content-Type|gzip|encoding|line \d+|expected|invalid/i, { key: "format", turn: "owner" }],
];

/** The reason behind the text of a failed scrape. */
export function reasonOf(error: string): Reason {
  return REASONS.find(([pattern]) => pattern.test(error))?.[1] ?? { key: "other", turn: "owner" };
}

export interface Pool {
  name: string;
  targets: Target[];
  dropped: DroppedTarget[];
  counts: Record<Target["health"], number>;
  droppedCount: number;
}

export interface Wanted {
  job: string;
  state: State | null;
  text: string;
}

const ORDER = { down: 0, unknown: 1, up: 2 } as const;

/** Pools with what is wanted of them: the ones with most targets down first, and in each the same; empty ones left out
 * unless everything is wanted. */
export function poolsOf(answer: TargetsAnswer, names: readonly string[], wanted: Wanted): Pool[] {
  const typed = wanted.text.trim().toLowerCase();
  const fits = (...texts: readonly string[]): boolean => typed === "" || texts.some((text) => text.toLowerCase().includes(typed));
  const all = names.map((name): Pool => {
    const active = answer.activeTargets.filter((one) => one.scrapePool === name);
    const counts = { up: 0, down: 0, unknown: 0 };
    for (const one of active) counts[one.health]++;
    const targets = active
      .filter((one) => (wanted.state === null || wanted.state === one.health) && fits(one.scrapeUrl, one.lastError, ...Object.values(one.labels)))
      .sort((a, b) => ORDER[a.health] - ORDER[b.health] || a.scrapeUrl.localeCompare(b.scrapeUrl));
    const dropped = wanted.state !== null && wanted.state !== "dropped" ? [] : answer.droppedTargets.filter((one) => one.scrapePool === name && fits(one.reason, ...Object.values(one.discoveredLabels)));
    return { name, targets, dropped, counts, droppedCount: answer.droppedTargetCounts[name] ?? dropped.length };
  });
  const everything = wanted.state === null && typed === "";
  return all
    .filter((pool) => (wanted.job === "" || pool.name === wanted.job) && (everything || pool.targets.length > 0 || pool.dropped.length > 0))
    .sort((a, b) => b.counts.down - a.counts.down || b.counts.unknown - a.counts.unknown || a.name.localeCompare(b.name));
}

export function totals(answer: TargetsAnswer): Record<State, number> {
  const all = { up: 0, down: 0, unknown: 0, dropped: 0 };
  for (const one of answer.activeTargets) all[one.health]++;
  for (const count of Object.values(answer.droppedTargetCounts)) all.dropped += count;
  return all;
}
