import type { DataSource } from "../data/sources";
import { object, text } from "../model/json";
import type { Json } from "../model/types";

/** The uid of the source that JSON names; empty for the default one, or one that is not there. */
export function sourceOf(json: Json | undefined, sources: readonly DataSource[]): string {
  const uid = typeof json === "string" ? json : text(object(json)["uid"]);
  return sources.some((source) => source.uid === uid) ? uid : "";
}

/** How JSON names a source; null for the default one. */
export function refOf(uid: string, sources: readonly DataSource[]): Json {
  const source = sources.find((one) => one.uid === uid);
  return source === undefined ? null : { type: source.type, uid };
}
