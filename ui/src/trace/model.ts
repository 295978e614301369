/** What `GET /jaeger/api/traces/{id}` answers, as far as the pages use it. */
export interface JaegerTag {
  key: string;
  type?: string;
  value: unknown;
}

export interface JaegerSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  references?: { refType: string; traceID: string; spanID: string }[] | null;
  startTime: number;
  duration: number;
  tags?: JaegerTag[] | null;
  logs?: { timestamp: number; fields: JaegerTag[] }[] | null;
  processID: string;
}

export interface JaegerTrace {
  traceID: string;
  spans: JaegerSpan[];
  processes: Record<string, { serviceName: string; tags?: JaegerTag[] | null }>;
}

export interface JaegerAnswer {
  data: JaegerTrace[] | null;
}

export interface Event {
  /** Since the trace began, µs. */
  atUs: number;
  name: string;
  fields: [string, string][];
}

export interface Span {
  id: string;
  service: string;
  name: string;
  kind: string;
  /** Since the trace began, µs. */
  startUs: number;
  durationUs: number;
  error: boolean;
  status: string;
  attributes: [string, string][];
  resource: [string, string][];
  events: Event[];
  links: { traceId: string; spanId: string }[];
  /** Its parent is named but not kept. */
  orphan: boolean;
  depth: number;
}

export interface Trace {
  id: string;
  /** When its first span began, Unix ms. */
  startMs: number;
  durationUs: number;
  /** In the order of a waterfall: children under their parent, by start. */
  spans: Span[];
  services: string[];
  errors: number;
}

/** Tags that the page shows in places of their own. */
const OWN_PLACE = new Set(["span.kind", "error", "otel.status_code", "otel.status_description", "otel.scope.name"]);

export function traceOf(answer: JaegerAnswer): Trace | null {
  const found = answer.data?.[0];
  return found === undefined || found.spans.length === 0 ? null : readTrace(found);
}

export function readTrace(found: JaegerTrace): Trace {
  const startUs = found.spans.reduce((least, span) => Math.min(least, span.startTime), Infinity);
  const endUs = found.spans.reduce((most, span) => Math.max(most, span.startTime + span.duration), -Infinity);
  const spans = inOrder(found, startUs);
  return {
    id: found.traceID,
    startMs: startUs / 1_000,
    durationUs: endUs - startUs,
    spans,
    services: [...new Set(spans.map((span) => span.service))],
    errors: spans.filter((span) => span.error).length,
  };
}

/** Depth-first from the spans without a kept parent; what a circle of parents hides comes last. */
function inOrder(found: JaegerTrace, startUs: number): Span[] {
  const known = new Set(found.spans.map((span) => span.spanID));
  const children = new Map<string, JaegerSpan[]>();
  const roots: JaegerSpan[] = [];
  for (const span of [...found.spans].sort((a, b) => a.startTime - b.startTime || b.duration - a.duration)) {
    const parent = parentOf(span, known);
    if (parent === null) roots.push(span);
    else children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const placed = new Set<JaegerSpan>();
  const rows: Span[] = [];
  const place = (first: JaegerSpan): void => {
    const waiting: [JaegerSpan, number][] = [[first, 0]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [span, depth] = next;
      if (placed.has(span)) continue;
      placed.add(span);
      rows.push(readSpan(span, found, startUs, depth, known));
      for (const child of [...(children.get(span.spanID) ?? [])].reverse()) waiting.push([child, depth + 1]);
    }
  };
  roots.forEach(place);
  found.spans.forEach(place);
  return rows;
}

function parentOf(span: JaegerSpan, known: Set<string>): string | null {
  const parent = (span.references ?? []).find((one) => one.refType === "CHILD_OF" && one.traceID === span.traceID);
  return parent !== undefined && parent.spanID !== span.spanID && known.has(parent.spanID) ? parent.spanID : null;
}

function readSpan(span: JaegerSpan, trace: JaegerTrace, startUs: number, depth: number, known: Set<string>): Span {
  const tags = pairs(span.tags);
  const value = (key: string): string => tags.find(([name]) => name === key)?.[1] ?? "";
  const process = trace.processes[span.processID];
  const references = span.references ?? [];
  return {
    id: span.spanID,
    service: process?.serviceName ?? "",
    name: span.operationName,
    kind: value("span.kind"),
    startUs: span.startTime - startUs,
    durationUs: Math.max(0, span.duration),
    error: value("error") === "true" || value("otel.status_code") === "ERROR",
    status: value("otel.status_description"),
    attributes: tags.filter(([name]) => !OWN_PLACE.has(name)).sort(([a], [b]) => a.localeCompare(b)),
    resource: pairs(process?.tags),
    events: (span.logs ?? []).map(({ timestamp, fields }) => event(timestamp - startUs, pairs(fields))),
    links: references
      .filter((one) => one.refType !== "CHILD_OF" || one.traceID !== span.traceID)
      .map((one) => ({ traceId: one.traceID, spanId: one.spanID })),
    orphan: references.some((one) => one.refType === "CHILD_OF" && one.traceID === span.traceID && !known.has(one.spanID)),
    depth,
  };
}

function event(atUs: number, fields: [string, string][]): Event {
  const name = fields.find(([key]) => key === "event")?.[1] ?? "";
  return { atUs, name, fields: fields.filter(([key]) => key !== "event") };
}

function pairs(tags: JaegerTag[] | null | undefined): [string, string][] {
  return (tags ?? []).map(({ key, value }) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
}

const PALETTE = 9;

/** A colour per service, the same on every page and in every trace where it is free: by name, else the next one. */
export function serviceColours(services: string[]): Map<string, string> {
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  for (const service of services) {
    const wanted = Array.from(service).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7) % PALETTE;
    let colour = wanted;
    while (taken.has(colour) && taken.size < PALETTE) colour = (colour + 1) % PALETTE;
    taken.add(colour);
    colours.set(service, `var(--s${colour + 1})`);
  }
  return colours;
}

/** What a trace is about: the stream and segment of ours, else the first span's most telling attribute. */
export function aboutOf(trace: Trace): string {
  const find = (name: string): string | undefined =>
    trace.spans.flatMap((span) => span.attributes).find(([key]) => key === name)?.[1];
  const segment = find("segment")?.split("/").at(-1);
  return [find("stream_id"), segment].filter((part) => part !== undefined).join(" ");
}

const LOGS_BEFORE_MS = 10_000;
const LOGS_AFTER_MS = 60_000;

/** The window of the lines that belong to a trace: somewhat wider than itself, for lines are written late. */
export function logsWindow(trace: Trace): { fromMs: number; toMs: number } {
  return { fromMs: trace.startMs - LOGS_BEFORE_MS, toMs: trace.startMs + trace.durationUs / 1_000 + LOGS_AFTER_MS };
}

export interface TraceRow {
  id: string;
  startMs: number;
  name: string;
  about: string;
  durationUs: number;
  spans: number;
  services: string[];
  errors: number;
}

export const TRACES_MAX = 100;

export function rowsOf(answer: JaegerAnswer): TraceRow[] {
  return (answer.data ?? [])
    .filter((one) => one.spans.length > 0)
    .map((one) => {
      const trace = readTrace(one);
      const first = trace.spans[0];
      return {
        id: trace.id,
        startMs: trace.startMs,
        name: first === undefined ? "" : `${first.service} ${first.name}`,
        about: aboutOf(trace),
        durationUs: trace.durationUs,
        spans: trace.spans.length,
        services: trace.services,
        errors: trace.errors,
      };
    })
    .sort((a, b) => b.startMs - a.startMs);
}

/** About four round marks between 0 and the end, µs. */
export function marks(durationUs: number): number[] {
  if (durationUs <= 0) return [0];
  const rough = durationUs / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * size >= rough) ?? 10) * size;
  const found: number[] = [];
  for (let at = 0; at <= durationUs * 0.97; at += step) found.push(at);
  return found;
}
