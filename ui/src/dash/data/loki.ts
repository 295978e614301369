import { field, frameOf, legendText, seriesText, type Frame } from "./frames";
import { rangeFrames, type Grid, type PromResult } from "./prometheus";
import type { LokiData, LokiStream } from "./ask";

/** Log lines as one frame: time (ms), line, labels as JSON text, nanoseconds as text. Metric queries as series. */
export function lokiFrames(refId: string, data: LokiData, grid: Grid, legend: string): PromResult {
  if (data.resultType === "matrix") return rangeFrames(refId, data, grid, legend, "series");
  if (data.resultType === "vector") {
    const series = data.result as { metric: Record<string, string>; value: [number, string] }[];
    const frames = series.map(({ metric, value: [at, value] }) => {
      const given = legend === "" ? seriesText(metric) : legendText(legend, metric);
      return frameOf(refId, "series", given, [field("Time", "time", [at * 1_000]), field("Value", "number", [Number(value)], metric, given)]);
    });
    return { frames, total: frames.length };
  }
  const lines = (data.result as LokiStream[]).flatMap(({ stream, values }) => values.map(([ns, line]) => ({ ns, line, stream })));
  lines.sort((a, b) => (a.ns.length === b.ns.length ? (a.ns < b.ns ? 1 : -1) : b.ns.length - a.ns.length));
  return { frames: [logFrame(refId, lines)], total: lines.length };
}

function logFrame(refId: string, lines: { ns: string; line: string; stream: Record<string, string> }[]): Frame {
  return frameOf(refId, "logs", refId, [
    field("Time", "time", lines.map((one) => Number(one.ns.slice(0, -6)))),
    field("Line", "string", lines.map((one) => one.line)),
    field("labels", "other", lines.map((one) => JSON.stringify(one.stream))),
    field("tsNs", "string", lines.map((one) => one.ns)),
  ]);
}

/** Traces as a table: when, which, of what service, how long. */
export function traceFrame(refId: string, traces: import("./ask").JaegerTrace[]): Frame {
  const rows = traces.flatMap((trace) => {
    const ids = new Set(trace.spans.map((span) => span.spanID));
    const root = trace.spans.find((span) => !(span.references ?? []).some((one) => ids.has(one.spanID))) ?? trace.spans[0];
    if (root === undefined) return [];
    const end = trace.spans.reduce((most, span) => Math.max(most, span.startTime + span.duration), -Infinity);
    const failed = trace.spans.filter((span) => (span.tags ?? []).some((tag) => tag.key === "error" && tag.value === true)).length;
    return [{ trace, root, ms: (end - root.startTime) / 1_000, failed }];
  });
  return frameOf(refId, "traces", refId, [
    field("Trace", "string", rows.map(({ trace }) => trace.traceID)),
    field("Start", "time", rows.map(({ root }) => root.startTime / 1_000)),
    field("Service", "string", rows.map(({ trace, root }) => trace.processes[root.processID]?.serviceName ?? "")),
    field("Name", "string", rows.map(({ root }) => root.operationName)),
    field("Spans", "number", rows.map(({ trace }) => trace.spans.length)),
    field("Errors", "number", rows.map(({ failed }) => failed)),
    field("Duration", "number", rows.map(({ ms }) => ms)),
  ]);
}
