import { kindOf, metadataOf, type Kind } from "../editor/names";
import type { Metadata, MetadataOf } from "../editor/client";

export interface Metric {
  name: string;
  kind: Kind;
  help: string;
  metadata: Metadata | null;
  /** Name and help in small letters, for the search. */
  text: string;
}

export function metricsOf(names: readonly string[], all: MetadataOf): Metric[] {
  return names.map((name) => {
    const metadata = metadataOf(name, all);
    const help = metadata?.help ?? "";
    return { name, kind: kindOf(name, metadata), help, metadata, text: `${name} ${help}`.toLowerCase() };
  });
}

/**
 * Metrics whose name or help holds every word that was typed: those that begin with it first, then those with it in
 * their name, then those with it in their help alone.
 */
export function found(metrics: readonly Metric[], typed: string): Metric[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [...metrics];
  const ranked = metrics.flatMap((metric) => {
    if (!words.every((word) => metric.text.includes(word))) return [];
    const name = metric.name.toLowerCase();
    const rank = name.startsWith(words[0] ?? "") ? 0 : words.every((word) => name.includes(word)) ? 1 : 2;
    return [{ metric, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ metric }) => metric);
}
