import { queryOptions, useQuery } from "@tanstack/react-query";
import { getJson } from "../../api/client";
import type { SourceRef } from "../model/types";
import { interpolate, type Values } from "./interpolate";

/** Where queries go: `GET /api/datasources` lists them (docs/reference/dashboards.md). */
export interface DataSource {
  uid: string;
  name: string;
  type: "prometheus" | "loki" | "jaeger" | "tempo";
  isDefault: boolean;
  /** What stands before the source's own paths: nothing for our own, its proxy for another. */
  base: string;
  /** How often it is scraped, which `$__rate_interval` needs. */
  scrapeMs: number;
}

const SCRAPE_MS = 15_000;

/** Our own APIs: there on every server, and all there is where no other source is set up. */
export const OWN_SOURCES: readonly DataSource[] = [
  { uid: "framewatch", name: "Framewatch", type: "prometheus", isDefault: true, base: "", scrapeMs: SCRAPE_MS },
  { uid: "framewatch-logs", name: "Framewatch logs", type: "loki", isDefault: false, base: "", scrapeMs: SCRAPE_MS },
  { uid: "framewatch-traces", name: "Framewatch traces", type: "jaeger", isDefault: false, base: "/jaeger", scrapeMs: SCRAPE_MS },
];

export const sourcesQuery = queryOptions({
  queryKey: ["datasources"],
  queryFn: async ({ signal }) => (await getJson<Omit<DataSource, "scrapeMs">[]>("/api/datasources", { signal })).map((one): DataSource => ({ scrapeMs: SCRAPE_MS, ...one })),
  staleTime: 60_000,
});

export function useSources(): { sources: readonly DataSource[]; ready: boolean } {
  const { data, isPending } = useQuery(sourcesQuery);
  return { sources: data ?? OWN_SOURCES, ready: !isPending };
}

/** What a dashboard calls a source, found among those there are: by uid, by name, by type, else the default of its type. */
export function findSource(ref: SourceRef | null, sources: readonly DataSource[], values: Values): DataSource | null {
  if (ref === null) return sources.find((one) => one.isDefault) ?? sources[0] ?? null;
  const uid = interpolate(ref.uid, values, null, "raw");
  const named = sources.find((one) => one.uid === uid || one.name === uid);
  if (named !== undefined) return named;
  const type = ref.type === "tempo" || ref.type === "zipkin" ? "jaeger" : ref.type;
  const ofType = sources.filter((one) => one.type === type);
  const inherited = ofType.find((one) => one.isDefault) ?? ofType[0];
  if (inherited !== undefined) return inherited;
  return type === "" || ref.uid.startsWith("$") || uid === "default" ? (sources.find((one) => one.isDefault) ?? null) : null;
}
