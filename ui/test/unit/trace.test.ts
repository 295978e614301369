import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/i18n";
import { shortTime } from "../../src/signals/units";
import { aboutOf, logsWindow, marks, readTrace, rowsOf, serviceColours, traceOf, type JaegerSpan, type JaegerTrace } from "../../src/trace/model";

const span = (spanID: string, startTime: number, duration: number, parent?: string, more: Partial<JaegerSpan> = {}): JaegerSpan => ({
  traceID: "t",
  spanID,
  operationName: spanID,
  references: parent === undefined ? [] : [{ refType: "CHILD_OF", traceID: "t", spanID: parent }],
  startTime,
  duration,
  tags: [],
  logs: [],
  processID: "p1",
  ...more,
});

const trace = (...spans: JaegerSpan[]): JaegerTrace => ({
  traceID: "t",
  spans,
  processes: { p1: { serviceName: "camera", tags: [] }, p2: { serviceName: "probe" } },
});

const BASE = 1_700_000_000_000_000;

describe("a trace", () => {
  it("puts children under their parent by start, and measures the whole", () => {
    const read = readTrace(
      trace(span("c", BASE + 300, 50, "b"), span("root", BASE, 200), span("b", BASE + 100, 900, "root"), span("a", BASE + 50, 10, "root")),
    );
    expect(read.spans.map((one) => [one.id, one.depth, one.startUs])).toEqual([
      ["root", 0, 0],
      ["a", 1, 50],
      ["b", 1, 100],
      ["c", 2, 300],
    ]);
    expect([read.startMs, read.durationUs]).toEqual([BASE / 1_000, 1_000]);
    expect(logsWindow(read).fromMs).toBeLessThan(read.startMs);
  });

  it("shows every span once, whatever parents they name", () => {
    const read = readTrace(
      trace(span("x", BASE, 1, "y"), span("y", BASE, 1, "x"), span("self", BASE, 1, "self"), span("lost", BASE + 1, 1, "gone")),
    );
    expect(read.spans.map((one) => one.id).sort()).toEqual(["lost", "self", "x", "y"]);
    expect(read.spans.find((one) => one.id === "lost")?.orphan).toBe(true);
  });

  it("tells errors, kinds, resources and links from attributes", () => {
    const read = readTrace(
      trace(
        span("a", BASE, 5, undefined, {
          processID: "p2",
          tags: [
            { key: "error", type: "bool", value: true },
            { key: "otel.status_description", value: "black" },
            { key: "span.kind", value: "consumer" },
            { key: "segment", value: "1.ts" },
            { key: "stream_id", value: "cam-1" },
            { key: "luma", value: 16.2 },
          ],
          references: [{ refType: "FOLLOWS_FROM", traceID: "other", spanID: "s" }],
          logs: [{ timestamp: BASE + 3, fields: [{ key: "event", value: "seen" }, { key: "n", value: 2 }] }],
        }),
      ),
    );
    const one = read.spans[0];
    expect([one?.service, one?.kind, one?.error, one?.status]).toEqual(["probe", "consumer", true, "black"]);
    expect(one?.attributes).toEqual([["luma", "16.2"], ["segment", "1.ts"], ["stream_id", "cam-1"]]);
    expect(one?.events).toEqual([{ atUs: 3, name: "seen", fields: [["n", "2"]] }]);
    expect(one?.links).toEqual([{ traceId: "other", spanId: "s" }]);
    expect([read.errors, aboutOf(read)]).toEqual([1, "cam-1 1.ts"]);
  });

  it("is none where the answer has no span", () => {
    expect(traceOf({ data: null })).toBeNull();
    expect(traceOf({ data: [trace()] })).toBeNull();
    expect(rowsOf({ data: [trace(), trace(span("a", BASE, 5))] }).map((row) => [row.name, row.spans])).toEqual([["camera a", 1]]);
  });

  it("survives a long chain of parents", () => {
    const spans = Array.from({ length: 20_000 }, (_, index) => span(`s${index}`, BASE + index, 1, index === 0 ? undefined : `s${index - 1}`));
    expect(readTrace(trace(...spans.slice(0, 5_000))).spans.at(-1)?.depth).toBe(4_999);
  });
});

describe("service colours", () => {
  it("are the same wherever a service is met, and differ within a trace", () => {
    const six = ["camera", "ingest", "transcoder", "packager", "origin", "probe"];
    expect(new Set(serviceColours(six).values()).size).toBe(6);
    expect(serviceColours(["probe"]).get("probe")).toBe(serviceColours(["probe", "zzz"]).get("probe"));
    expect(serviceColours(Array.from({ length: 30 }, (_, index) => `s${index}`)).size).toBe(30);
  });
});

describe("short times", () => {
  const english = wordsOf("en");
  it.each([
    [0, "0 µs"],
    [240, "240 µs"],
    [2_339, "2.34 ms"],
    [354_200, "354 ms"],
    [5_674_000, "5.67 s"],
    [61_000_000, "61.0 s"],
    [232_000_000, "3 min 52 s"],
  ])("%s µs is %s", (us, text) => {
    expect(shortTime(english, us)).toBe(text);
  });

  it("marks are round and leave the edge free", () => {
    expect(marks(3_218_000)).toEqual([0, 1_000_000, 2_000_000, 3_000_000]);
    expect(marks(0)).toEqual([0]);
    expect(marks(7).length).toBeLessThan(8);
  });
});
