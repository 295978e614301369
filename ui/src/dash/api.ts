import { queryOptions } from "@tanstack/react-query";
import { getJson, sendJson } from "../api/client";
import type { JsonObject } from "./model/types";

/** The contract of docs/reference/dashboards.md, as far as the page uses it. */
export interface BoardEntry {
  uid: string;
  title: string;
  description: string;
  folder: string;
  tags: string[];
  version: number;
  /** What a save must name, so that nobody's change is lost. */
  etag: string;
  source: "store" | "folder" | "pack";
  file: string | null;
  /** Whether the reader may save it under its own uid. */
  canSave: boolean;
  canDelete: boolean;
  updatedAt: string | null;
  updatedBy: string | null;
}

export interface BoardProblem {
  file: string;
  line: number;
  column: number;
  what: string;
}

export interface BoardListing {
  dashboards: BoardEntry[];
  folders: string[];
  problems: BoardProblem[];
  limits?: { boardBytesMax: number };
}

export interface BoardFile {
  meta: BoardEntry;
  dashboard: JsonObject;
}

export interface BoardVersion {
  version: number;
  at: string;
  by: string;
  message: string;
}

const path = (uid: string): string => `/api/dashboards/${encodeURIComponent(uid)}`;

export const boards = {
  list: (signal: AbortSignal) => getJson<BoardListing>("/api/dashboards?limit=5000", { signal }),
  read: (uid: string, signal: AbortSignal) => getJson<BoardFile>(path(uid), { signal }),
  /** `etag` is of what was edited; null for a new board. A newer one on the server is refused with 412. */
  save: (uid: string, dashboard: JsonObject, etag: string | null, message: string, folder: string) =>
    sendJson("PUT", path(uid), { dashboard, message, folder }, etag === null ? { "if-none-match": "*" } : { "if-match": etag }) as Promise<{ meta: BoardEntry }>,
  remove: (uid: string) => sendJson("DELETE", path(uid)),
  versions: async (uid: string, signal: AbortSignal) => (await getJson<{ versions: BoardVersion[] }>(`${path(uid)}/versions`, { signal })).versions,
  version: (uid: string, version: number, signal: AbortSignal) => getJson<{ dashboard: JsonObject }>(`${path(uid)}/versions/${version}`, { signal }),
};

/** What became of a save, by status: 412 and 409 mean that somebody else saved meanwhile. */
export function isConflict(status: number | null): boolean {
  return status === 409 || status === 412;
}

export const boardQuery = (uid: string) => queryOptions({ queryKey: ["board", uid], queryFn: ({ signal }) => boards.read(uid, signal), staleTime: 60_000 });
