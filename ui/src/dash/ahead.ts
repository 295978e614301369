import { queryClient } from "../app/queries";
import { boardQuery } from "./api";
import { sourcesQuery } from "./data/sources";

/** Asks for a board's file and for the sources before the program that draws it has come. */
export function boardAhead(path: string): void {
  const uid = /^\/d\/([^/]+)/.exec(path)?.[1];
  if (uid === undefined) return;
  // Who shows them tells what is wrong with them, and asks again.
  queryClient.query(sourcesQuery).catch(() => undefined);
  queryClient.query(boardQuery(decodeURIComponent(uid))).catch(() => undefined);
}
