/**
 * Time as Grafana's links write it: `now-6h`, `now/d`, `now-1d/d`, milliseconds since 1970, or ISO 8601.
 * A rounded time is the start of its unit as `from` and the end of it as `to`.
 */
export interface Range {
  from: string;
  to: string;
}

export interface Window {
  fromMs: number;
  toMs: number;
}

const UNIT_MS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const RELATIVE = /^now(?:([+-])(\d{1,6})([smhdwMy]))?(?:\/([mhdwMy]))?$/;

/** The shortest window that can be looked at, so that zooming ends somewhere. */
export const WINDOW_MS_MIN = 1_000;

/** Milliseconds since 1970, or null for what is no time. */
export function resolveTime(text: string, nowMs: number, zone: string, edge: "from" | "to"): number | null {
  const relative = RELATIVE.exec(text.trim());
  if (relative !== null) {
    const [, sign, amount, unit, rounding] = relative;
    const moved = amount === undefined || unit === undefined ? nowMs : shift(nowMs, Number(`${sign ?? "+"}${amount}`), unit, zone);
    return rounding === undefined ? moved : round(moved, rounding, zone, edge);
  }
  if (/^\d{9,16}$/.test(text)) return Number(text);
  const parsed = /^\d{4}-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

/** The window a range means at this moment; a range that means none becomes the last hour. */
export function resolveRange(range: Range, nowMs: number, zone: string): Window {
  const fromMs = resolveTime(range.from, nowMs, zone, "from");
  const toMs = resolveTime(range.to, nowMs, zone, "to");
  if (fromMs === null || toMs === null || toMs - fromMs < WINDOW_MS_MIN) return { fromMs: nowMs - 3_600_000, toMs: nowMs };
  return { fromMs, toMs };
}

export function isRelative({ from, to }: Range): boolean {
  return from.startsWith("now") || to.startsWith("now");
}

/** "6h" of { from: "now-6h", to: "now" }; null for any other range. */
export function lastSpan({ from, to }: Range): string | null {
  return to === "now" ? (/^now-(\d+[smhdwMy])$/.exec(from)?.[1] ?? null) : null;
}

export function absolute({ fromMs, toMs }: Window): Range {
  return { from: String(Math.round(fromMs)), to: String(Math.round(toMs)) };
}

/** The window twice as wide about the same middle, never beyond now. */
export function zoomedOut({ fromMs, toMs }: Window, nowMs: number): Window {
  const half = (toMs - fromMs) / 2;
  const end = Math.min(toMs + half, Math.max(nowMs, toMs));
  return { fromMs: end - 4 * half, toMs: end };
}

/** Half a window earlier (-1) or later (1), never beyond now. */
export function movedBy({ fromMs, toMs }: Window, direction: -1 | 1, nowMs: number): Window {
  const step = (direction * (toMs - fromMs)) / 2;
  const by = Math.min(step, Math.max(0, nowMs - toMs));
  return { fromMs: fromMs + by, toMs: toMs + by };
}

/** "5s", "1m30s", "2h" in milliseconds, as refresh and intervals are written; null for anything else. */
export function durationMs(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwMy])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * unitMs(unit ?? "s"), 0);
}

function unitMs(unit: string): number {
  if (unit === "ms") return 1;
  if (unit === "M") return 30 * 86_400_000;
  if (unit === "y") return 365 * 86_400_000;
  return UNIT_MS[unit] ?? 1_000;
}

/** "15s", "5m", "1h30m" of milliseconds, as PromQL reads it. */
export function durationText(ms: number): string {
  if (ms < 1_000 || ms % 1_000 !== 0) return `${Math.max(1, Math.round(ms))}ms`;
  let rest = Math.round(ms / 1_000);
  let text = "";
  for (const [unit, seconds] of [["d", 86_400], ["h", 3_600], ["m", 60], ["s", 1]] as const) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === "" ? "0s" : text;
}

function shift(ms: number, amount: number, unit: string, zone: string): number {
  const fixed = UNIT_MS[unit];
  if (fixed !== undefined && unit !== "d" && unit !== "w") return ms + amount * fixed;
  const wall = wallClock(ms, zone);
  if (unit === "M") wall.setUTCMonth(wall.getUTCMonth() + amount);
  else if (unit === "y") wall.setUTCFullYear(wall.getUTCFullYear() + amount);
  else wall.setUTCDate(wall.getUTCDate() + amount * (unit === "w" ? 7 : 1));
  return fromWallClock(wall.getTime(), zone);
}

function round(ms: number, unit: string, zone: string, edge: "from" | "to"): number {
  const wall = wallClock(ms, zone);
  wall.setUTCSeconds(0, 0);
  if (unit !== "m") wall.setUTCMinutes(0);
  if (unit !== "m" && unit !== "h") wall.setUTCHours(0);
  if (unit === "w") wall.setUTCDate(wall.getUTCDate() - ((wall.getUTCDay() + 6) % 7));
  if (unit === "M" || unit === "y") wall.setUTCDate(1);
  if (unit === "y") wall.setUTCMonth(0);
  const start = fromWallClock(wall.getTime(), zone);
  return edge === "from" ? start : shift(start, 1, unit, zone) - 1;
}

/** The zone's wall clock, in a date whose UTC fields read like that clock. */
export function wallClock(ms: number, zone: string): Date {
  return new Date(ms + offsetMs(ms, zone));
}

/** The moment at which the zone's wall clock shows this; where it shows it twice, the first. */
export function fromWallClock(wallMs: number, zone: string): number {
  const guess = wallMs - offsetMs(wallMs, zone);
  return wallMs - offsetMs(guess, zone);
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function offsetMs(ms: number, zone: string): number {
  if (zone === "utc") return 0;
  if (zone === "browser" || zone === "") return -new Date(ms).getTimezoneOffset() * 60_000;
  let format = formats.get(zone);
  if (format === undefined) {
    format = zoneFormat(zone);
    formats.set(zone, format);
  }
  if (format === null) return -new Date(ms).getTimezoneOffset() * 60_000;
  const field: Record<string, number> = {};
  for (const part of format.formatToParts(ms)) field[part.type] = Number(part.value);
  const of = (name: string): number => field[name] ?? 0;
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(ms / 1_000) * 1_000;
}

function zoneFormat(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
}

/** The zone's name for Intl: undefined means the browser's. A name the browser does not know is the browser's too. */
export function intlZone(zone: string): string | undefined {
  if (zone === "utc") return "UTC";
  if (zone === "browser" || zone === "") return undefined;
  return zoneFormat(zone) === null ? undefined : zone;
}
