import { durationText } from "../../app/time/range";

/** A variable's values now: one, several, or all. */
export interface Value {
  /** What it stands for in a query; for "All" every option, or the one custom value. */
  values: string[];
  /** As it is shown. */
  text: string;
  all: boolean;
  /** The custom "All" value, which goes into queries as it is. */
  verbatim: boolean;
  multi: boolean;
}

export type Values = Record<string, Value>;

/** What `$__...` means for one panel. */
export interface Builtins {
  fromMs: number;
  toMs: number;
  intervalMs: number;
  /** How often the source is scraped. */
  scrapeMs: number;
  /** Its name and uid where the text is a link. */
  dashboard?: string;
}

const REFERENCE = /\$(\w+)|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/** A value inside `=~"..."` stands for itself: escaped for the regular expression, then for the string. */
export function promRegex(value: string): string {
  return promString(value.replace(/[\\^$*+?.()|[\]{}]/g, "\\$&"));
}

/** A value inside a string in quotes of either kind: it cannot end the string. */
function promString(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("'", "\\x27").replaceAll("\n", "\\n");
}

/** Puts variables into text. What is no variable stays as it is. `format` is how a value is written where the text does not say. */
export function interpolate(text: string, values: Values, builtins: Builtins | null, format: string): string {
  if (!text.includes("$") && !text.includes("[[")) return text;
  return text.replace(REFERENCE, (whole, plain?: string, braced?: string, path?: string, asked?: string, old?: string, oldAsked?: string) => {
    const name = plain ?? braced ?? old ?? "";
    const builtin = builtins === null ? null : builtinText(name, path, asked, builtins);
    if (builtin !== null) return builtin;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return written(value, asked ?? oldAsked ?? format, name);
  });
}

function builtinText(name: string, path: string | undefined, asked: string | undefined, b: Builtins): string | null {
  const rangeMs = b.toMs - b.fromMs;
  switch (name) {
    case "__interval":
    case "interval_":
      return durationText(b.intervalMs);
    case "__interval_ms":
      return String(b.intervalMs);
    case "__rate_interval":
      return durationText(rateIntervalMs(b.intervalMs, b.scrapeMs));
    case "__rate_interval_ms":
      return String(rateIntervalMs(b.intervalMs, b.scrapeMs));
    case "__range":
      return durationText(Math.max(1_000, Math.round(rangeMs / 1_000) * 1_000));
    case "__range_s":
      return String(Math.round(rangeMs / 1_000));
    case "__range_ms":
      return String(rangeMs);
    case "__auto":
      return durationText(rateIntervalMs(b.intervalMs, b.scrapeMs));
    case "__from":
      return momentText(b.fromMs, path, asked);
    case "__to":
      return momentText(b.toMs, path, asked);
    case "__dashboard":
      return b.dashboard ?? "";
    case "timeFilter":
    case "__timeFilter":
      return "";
    case "__url_time_range":
      return `from=${b.fromMs}&to=${b.toMs}`;
    default:
      return null;
  }
}

/** Four scrapes at least, so that every window holds two samples even when one is lost. As Grafana defines it. */
export function rateIntervalMs(intervalMs: number, scrapeMs: number): number {
  return Math.max(intervalMs + scrapeMs, 4 * scrapeMs);
}

function momentText(ms: number, path: string | undefined, asked: string | undefined): string {
  const format = asked ?? path;
  if (format === "date" || format === "date:iso") return new Date(ms).toISOString();
  if (format === "date:seconds") return String(Math.floor(ms / 1_000));
  return String(ms);
}

function written(value: Value, format: string, name: string): string {
  const { values } = value;
  const [kind] = format.split(":");
  if (kind === "text") return value.text;
  if (value.verbatim && kind !== "queryparam" && kind !== "percentencode") return values.join("|");
  switch (kind) {
    case "raw":
      return values.join(",");
    case "csv":
      return values.join(",");
    case "pipe":
      return values.join("|");
    case "regex":
      return values.length === 1 ? escapeRegex(values[0] ?? "") : `(${values.map(escapeRegex).join("|")})`;
    case "prom":
      return promWritten(value);
    case "glob":
      return values.length === 1 ? (values[0] ?? "") : `{${values.join(",")}}`;
    case "json":
      return JSON.stringify(values.length === 1 && !value.multi ? values[0] : values);
    case "doublequote":
      return values.map((one) => `"${one.replaceAll('"', '\\"')}"`).join(",");
    case "singlequote":
    case "sqlstring":
      return values.map((one) => `'${one.replaceAll("'", kind === "sqlstring" ? "''" : "\\'")}'`).join(",");
    case "distributed":
      return values.map((one, at) => (at === 0 ? one : `${name}=${one}`)).join(",");
    case "queryparam":
      return value.all ? `var-${name}=%24__all` : values.map((one) => `var-${name}=${encodeURIComponent(one)}`).join("&");
    case "percentencode":
    case "uriencode":
      return encodeURIComponent(values.length === 1 ? (values[0] ?? "") : `{${values.join(",")}}`);
    default:
      return values.join(",");
  }
}

/** In PromQL and LogQL: several values become a group for `=~`; one value of a variable that may have several is escaped too. */
function promWritten({ values, multi, all }: Value): string {
  if (!multi && !all) return promString(values[0] ?? "");
  const escaped = values.map(promRegex);
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

function escapeRegex(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&");
}

/** The names of variables that a text uses. */
export function referenced(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map((match) => match[1] ?? match[2] ?? match[5] ?? "");
}
