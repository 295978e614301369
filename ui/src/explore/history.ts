import { useSyncExternalStore } from "react";
import { queryParams, type Query } from "./model";

/** Queries that were asked together. */
export interface Past {
  /** When last, Unix ms. */
  at: number;
  source: string;
  queries: Query[];
  starred: boolean;
}

const STORED = "framewatch.explore.history";
/** Older ones without a star go first; a star is kept, up to as many. */
export const PAST_MAX = 200;
const CHARACTERS_MAX = 500_000;

const listeners = new Set<() => void>();
let known: { text: string | null; all: readonly Past[] } = { text: null, all: [] };
/** Where the browser keeps nothing, the page does until it is closed. */
let unkept: readonly Past[] | null = null;

function all(): readonly Past[] {
  if (unkept !== null) return unkept;
  const text = stored();
  if (text !== known.text) known = { text, all: readPast(text) };
  return known.all;
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** What was kept; what cannot be read is left out. */
export function readPast(text: string | null): Past[] {
  try {
    const json: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(json) ? json.flatMap(readOne).slice(0, 2 * PAST_MAX) : [];
  } catch {
    return [];
  }
}

function readOne(json: unknown): Past[] {
  const { at, source, queries, starred } = (typeof json === "object" && json !== null ? json : {}) as Partial<Record<keyof Past, unknown>>;
  if (typeof at !== "number" || !Array.isArray(queries)) return [];
  const read = queries.flatMap((one: Partial<Record<keyof Query, unknown>> | null): Query[] =>
    typeof one?.expr === "string" ? [{ expr: one.expr, legend: typeof one.legend === "string" ? one.legend : "", off: one.off === true }] : [],
  );
  return read.length === 0 ? [] : [{ at, source: typeof source === "string" ? source : "", queries: read, starred: starred === true }];
}

/** The history with queries put first; the same ones asked again only move up. */
export function withPast(before: readonly Past[], source: string, queries: readonly Query[], at: number): Past[] {
  const asked = queries.filter(({ expr }) => expr.trim() !== "");
  if (asked.length === 0) return [...before];
  const same = (one: Past): boolean => one.source === source && keyOf(one.queries) === keyOf(asked);
  const old = before.find(same);
  return bounded([{ at, source, queries: asked, starred: old?.starred ?? false }, ...before.filter((one) => !same(one))]);
}

export function keyOf(queries: readonly Query[]): string {
  return JSON.stringify(queryParams(queries));
}

/** At most {@link PAST_MAX} without a star and as many with one, and no more text than a browser keeps. */
function bounded(list: readonly Past[]): Past[] {
  const seen = { starred: 0, plain: 0 };
  let characters = 0;
  return list.filter((one) => {
    const place = one.starred ? "starred" : "plain";
    characters += JSON.stringify(one).length;
    return ++seen[place] <= PAST_MAX && characters <= CHARACTERS_MAX;
  });
}

/** Those that hold every word that was typed. */
export function searched(list: readonly Past[], wanted: string, onlyStarred: boolean): Past[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return list.filter((one) => {
    if (onlyStarred && !one.starred) return false;
    const text = one.queries.map(({ expr, legend }) => `${expr} ${legend}`).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function keep(next: readonly Past[]): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(next));
    unkept = null;
  } catch {
    unkept = next;
  }
  for (const listener of [...listeners]) listener();
}

export const past = {
  add: (source: string, queries: readonly Query[]): void => keep(withPast(all(), source, queries, Date.now())),
  star: (of: Past): void => keep(bounded(all().map((one) => (one === of ? { ...one, starred: !one.starred } : one)))),
  remove: (of: Past): void => keep(all().filter((one) => one !== of)),
  /** Forgets all without a star. */
  clear: (): void => keep(all().filter((one) => one.starred)),
};

export function usePast(): readonly Past[] {
  return useSyncExternalStore(subscribe, all);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener); // another tab
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}
