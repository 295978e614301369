import { describe, expect, it } from "vitest";
import { barsOf, levelOf, linesOf, linesAddress, logqlOf, narrowed, readQuestion, stepSeconds, type LokiAnswer } from "../../src/logs/model";
import { step } from "../../src/logs/LogList";

const streams = (...result: LokiAnswer["data"]["result"]): LokiAnswer => ({ data: { resultType: "streams", result } });

describe("log lines", () => {
  it("come newest first over all streams, with keys that stay", () => {
    const lines = linesOf(
      streams(
        { stream: { service_name: "a" }, values: [["1700000000000000002", "two"], ["1700000000000000001", "one"]] },
        { stream: { service_name: "b" }, values: [["1700000000000000002", "also two"], ["1700000001000000000", "last"]] },
      ),
    );
    expect(lines.map((line) => line.message)).toEqual(["last", "two", "also two", "one"]);
    expect(lines.map((line) => line.key)).toEqual([
      "1700000001000000000-0",
      "1700000000000000002-0",
      "1700000000000000002-1",
      "1700000000000000001-0",
    ]);
    expect(lines[0]?.atMs).toBe(1_700_000_001_000);
  });

  it("of JSON say their message first and keep ids for links", () => {
    const text = '{"message":"segment is black","segment":"1.ts","lag_s":1.5,"nested":{"a":[1]},"trace_id":"0af7","span_id":"b7"}';
    const [line] = linesOf(streams({ stream: { level: "error", service_name: "probe" }, values: [["1700000000000000000", text]] }));
    expect(line?.message).toBe("segment is black");
    expect(line?.fields).toEqual([["segment", "1.ts"], ["lag_s", "1.5"], ["nested", '{"a":[1]}']]);
    expect([line?.traceId, line?.spanId, line?.level, line?.service]).toEqual(["0af7", "b7", "error", "probe"]);
    expect(line?.raw).toBe(text);
  });

  it.each(["{", "{}x", "[1]", "null", '{"a":', "plain {text}"])("that only look like JSON stay text: %s", (text) => {
    const [line] = linesOf(streams({ stream: {}, values: [["1700000000000000000", text]] }));
    expect([line?.message, line?.fields]).toEqual([text, []]);
  });

  it("lead to no trace when the id is none", () => {
    const [line] = linesOf(streams({ stream: { trace_id: 'javascript:"x"' }, values: [["1700000000000000000", "x"]] }));
    expect(line?.traceId).toBeNull();
  });

  it.each([
    [{ level: "WARN" }, "warning"],
    [{ severity_text: "fatal" }, "error"],
    [{ detected_level: "trace" }, "debug"],
    [{ level: "loud" }, "other"],
    [{}, "other"],
  ])("have a level: %j is %s", (labels, level) => {
    expect(levelOf(labels as Record<string, string>)).toBe(level);
  });
});

describe("a question about logs", () => {
  const ask = (query: string) => readQuestion(new URLSearchParams(query));

  it("is all in the address, and asks for everything when it says nothing", () => {
    expect(logqlOf(ask(""))).toBe('{service_name=~".+"}');
    expect(logqlOf(ask('query={a="b"}&q=lost "x" \\&level=error,warning,nonsense'))).toBe(
      '{a="b"} |= "lost \\"x\\" \\\\" | level=~"error|err|fatal|critical|crit|alert|emerg|panic|warning|warn"',
    );
  });

  it("is narrowed by a field, whose value is quoted", () => {
    expect(narrowed('{a="b"} ', "detail", 'x" or "1')).toBe('{a="b"} | detail="x\\" or \\"1"');
  });

  it("asks in nanoseconds", () => {
    const address = new URL(linesAddress(ask(""), { fromMs: 1_700_000_000_000.4, toMs: 1_700_000_060_000 }), "http://x");
    expect(address.searchParams.get("start")).toBe("1700000000000000000");
    expect(address.searchParams.get("end")).toBe("1700000060000000000");
  });
});

describe("bars of lines", () => {
  const window = { fromMs: 1_700_000_000_000, toMs: 1_700_000_120_000 };

  it("cover the window and stand where their lines are", () => {
    expect(stepSeconds(window)).toBe(2);
    const answer: LokiAnswer = {
      data: {
        resultType: "matrix",
        result: [
          { metric: { level: "error" }, values: [[1_700_000_002, "3"], [1_700_000_120, "1"]] },
          { metric: {}, values: [[1_700_000_002, "2"], [1_700_009_999, "9"], [1_700_000_004, "NaN"]] },
        ],
      },
    };
    const bars = barsOf(answer, window);
    expect(bars).toHaveLength(60);
    expect([bars[0]?.total, bars[0]?.counts.error, bars[0]?.counts.other]).toEqual([5, 3, 2]);
    expect(bars[59]?.total).toBe(1);
    expect(bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(6);
  });

  it("are empty without an answer", () => {
    expect(barsOf(null, window).every((bar) => bar.total === 0)).toBe(true);
  });
});

describe("keys of the list", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 0, 0],
    ["PageDown", 3, 9],
    ["Home", 5, 0],
    ["End", 5, 9],
    ["x", 5, null],
  ])("%s from %i leads to %s", (key, at, next) => {
    expect(step(key, at, 10)).toBe(next);
  });
});
