import { queryClient } from "../app/queries";
import { boardQuery } from "./api";
import { sourcesQuery } from "./data/sources";

/** The board that an address shows; null for another page. */
export function uidOf(path: string): string | null {
  const uid = /^\/d\/([^/]+)/.exec(path)?.[1];
  return uid === undefined ? null : decodeURIComponent(uid);
}

/** Asks for a board's file and for the sources before the program that draws it has come. */
export function boardAhead(path: string): void {
  const uid = uidOf(path);
  if (uid === null) return;
  // Who shows them tells what is wrong with them, and asks again.
  queryClient.query(sourcesQuery).catch(() => undefined);
  queryClient.query(boardQuery(uid)).catch(() => undefined);
}
