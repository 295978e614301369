import { useSyncExternalStore } from "react";
import { go, subscribeAddress } from "./address";
import type { Group } from "../api/types";

/** All that a link to the page must carry: the address is the only view state. */
export interface View {
  stream: string | null;
  /** How much history the strips show; null for what suits the page. */
  spanMinutes: SpanMinutes | null;
  only: Group | null;
  search: string;
}

export const SPANS = [5, 15, 60] as const;
export type SpanMinutes = (typeof SPANS)[number];

const GROUPS: readonly Group[] = ["broken", "unknown", "degraded", "maintenance", "fine"];
let known = "";
let view = readView("");

export function readView(query: string): View {
  const params = new URLSearchParams(query);
  return {
    stream: params.get("stream"),
    spanMinutes: SPANS.find((span) => String(span) === params.get("span")) ?? null,
    only: GROUPS.find((group) => group === params.get("only")) ?? null,
    search: params.get("q") ?? "",
  };
}

export function writeView(of: View): string {
  const params = new URLSearchParams();
  if (of.stream !== null) params.set("stream", of.stream);
  if (of.spanMinutes !== null) params.set("span", String(of.spanMinutes));
  if (of.only !== null) params.set("only", of.only);
  if (of.search !== "") params.set("q", of.search);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** Changes parts of the view. Selecting is a step back can undo; typing is not. */
export function changeView(part: Partial<View>, step: "push" | "replace" = "replace"): void {
  go(location.pathname + writeView({ ...current(), ...part }) + location.hash, step);
}

export function useView(): View {
  return useSyncExternalStore(subscribeAddress, current);
}

function current(): View {
  if (location.search !== known) {
    known = location.search;
    view = readView(known);
  }
  return view;
}
