import type { Json, JsonObject } from "./types";

/** Reading JSON that may hold anything: each function gives a value of its type, whatever it finds. */
export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

export function object(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {};
}

export function list(json: Json | undefined): Json[] {
  return Array.isArray(json) ? json : [];
}

export function objects(json: Json | undefined): JsonObject[] {
  return list(json).filter(isObject);
}

export function text(json: Json | undefined, otherwise = ""): string {
  return typeof json === "string" ? json : typeof json === "number" ? String(json) : otherwise;
}

export function texts(json: Json | undefined): string[] {
  return list(json).filter((one) => typeof one === "string" || typeof one === "number").map(String);
}

/** A number, also where it is written as text, as old dashboards do. */
export function number(json: Json | undefined): number | null {
  if (typeof json === "number") return Number.isFinite(json) ? json : null;
  if (typeof json !== "string" || json.trim() === "") return null;
  const value = Number(json);
  return Number.isFinite(value) ? value : null;
}

export function count(json: Json | undefined, otherwise: number): number {
  return number(json) ?? otherwise;
}

export function flag(json: Json | undefined, otherwise = false): boolean {
  return typeof json === "boolean" ? json : otherwise;
}

export function choice<T extends string>(json: Json | undefined, all: readonly T[], otherwise: T): T {
  return all.find((one) => one === json) ?? otherwise;
}

/** Deep enough for any dashboard, and an end for one that is made to have none. */
const DEPTH_MAX = 60;

export function copy(json: Json, depth = 0): Json {
  if (depth > DEPTH_MAX) return null;
  if (Array.isArray(json)) return json.map((one) => copy(one, depth + 1));
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, copy(value ?? null, depth + 1)]));
}

/** Sets what "custom.stacking" or "options.legend.calcs" names, in a copy. */
export function withPath(of: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [first, ...rest] = path;
  if (first === undefined || first === "__proto__") return of;
  if (rest.length === 0) {
    const { [first]: _, ...others } = of;
    return value === undefined ? others : { ...of, [first]: value };
  }
  return { ...of, [first]: withPath(object(of[first]), rest, value) };
}
