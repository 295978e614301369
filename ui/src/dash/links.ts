import type { Cell } from "./data/frames";
import { interpolate, type Builtins, type Values } from "./data/interpolate";
import type { Shown } from "./field/resolve";
import { display } from "./field/resolve";
import type { Link } from "./model/types";

export interface ReadyLink {
  title: string;
  url: string;
  targetBlank: boolean;
}

export interface At {
  shown: Shown;
  cell: Cell;
  row: number;
}

/** Links with everything filled in. One that leads anywhere but to a page is left out: `javascript:` and its like. */
export function linksOf(links: readonly Link[], at: At | null, values: Values, builtins: Builtins | null = null): ReadyLink[] {
  return links.flatMap((link) => {
    const url = safeUrl(interpolate(withPlaces(link.url, at, true), values, builtins, "percentencode"));
    if (url === null) return [];
    const title = interpolate(withPlaces(link.title, at, false), values, builtins, "text");
    return [{ title: title === "" ? url : title, url, targetBlank: link.targetBlank }];
  });
}

/** `${__value.raw}`, `${__field.labels.x}`, `${__data.fields.x}` of the place that is linked from. */
function withPlaces(text: string, at: At | null, encode: boolean): string {
  if (at === null) return text;
  const written = (value: string): string => (encode ? encodeURIComponent(value) : value);
  return text.replace(/\$\{__(value|field|series|data)\.([^}:]+)(?::[^}]*)?\}/g, (whole, kind: string, path: string) => {
    const found = place(kind, path, at);
    return found === null ? whole : written(found);
  });
}

function place(kind: string, path: string, { shown, cell, row }: At): string | null {
  const time = shown.frame.fields.find((field) => field.type === "time")?.values[row];
  if (kind === "value") {
    if (path === "time") return String(time ?? "");
    return path === "text" ? display(shown, cell, "dark").text : String(cell ?? "");
  }
  if (kind === "data") {
    const name = /^fields(?:\.|\[")?([^"\]]+)/.exec(path)?.[1] ?? "";
    const field = shown.frame.fields.find((one) => one.name === name || one.given === name);
    return field === undefined ? null : String(field.values[row] ?? "");
  }
  if (path === "name" || path === "displayName") return shown.name;
  const label = /^labels\.(.+)$/.exec(path)?.[1];
  return label === undefined ? null : (shown.field.labels[label] ?? "");
}

/** http, https, or an address of this program; null for anything else. */
export function safeUrl(text: string): string | null {
  const trimmed = text.trim();
  if (/^https?:\/\//i.test(trimmed)) return trimmed;
  if (/^\/(?!\/)/.test(trimmed)) return trimmed;
  if (/^(\?|#)/.test(trimmed)) return trimmed;
  return /^[\w-]+(\/[\w./-]*)?(\?[^\s]*)?$/.test(trimmed) && !trimmed.includes(":") ? `/${trimmed}` : null;
}
