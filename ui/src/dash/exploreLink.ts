import { exploreAddress } from "../explore/model";
import type { Question } from "./data/panel";
import { OWN_SOURCES } from "./data/sources";

/**
 * Where a panel's queries are looked at closer: Explore for metrics, Logs for lines of our own; null where there is
 * no such page. Queries go as the panel asked them, with variables filled in.
 */
export function exploreLink(questions: readonly Question[], range: { from: string; to: string }): string | null {
  const [first] = questions;
  if (first === undefined) return null;
  const { type, uid } = first.source;
  if (type === "loki") return uid === OWN_SOURCES[1]?.uid ? `/logs?${new URLSearchParams({ ...range, query: first.expr }).toString()}` : null;
  if (type !== "prometheus") return null;
  const same = questions.filter((one) => one.source.uid === uid);
  const table = same.every(({ kind }) => kind === "instant");
  const queries = same.map(({ expr, legend }) => ({ expr, legend: legend === "__auto" ? "" : legend, off: false }));
  return exploreAddress(queries, { ...range, view: table ? "table" : "", source: first.source.isDefault ? "" : uid });
}
