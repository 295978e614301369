import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EXEMPLARS_MAX, readExemplars } from "../../src/dash/data/exemplars";
import { answered, type Question } from "../../src/dash/data/panel";
import { metricsRead } from "../../src/dash/data/reads";

const question: Question = {
  refId: "A",
  source: { uid: "s", name: "S", type: "prometheus", isDefault: true, base: "", scrapeMs: 15_000 },
  expr: "up",
  kind: "range",
  legend: "",
  fromMs: 0,
  toMs: 60_000,
  stepMs: 15_000,
  startMs: 0,
  endMs: 60_000,
  limit: 500,
  exemplars: false,
  search: "",
};

describe("exemplars", () => {
  it("are read with their traces, the highest first, and what is none is passed over", () => {
    const answer = [{ seriesLabels: {}, exemplars: [{ labels: { traceID: "ab12" }, value: "1", timestamp: 2 }, { labels: { trace_id: "../x" }, value: "3", timestamp: 1 }, { value: "NaN", timestamp: 1 }, { value: "1" }, {}] }, {}, { exemplars: null }];
    const read = readExemplars(answer, true);
    expect(read.map(({ atMs, value, url }) => [atMs, value, url])).toEqual([[1_000, 3, null], [2_000, 1, "/trace/ab12"]]);
    expect(readExemplars(answer, false).map(({ url }) => url)).toEqual([null, null]);
    for (const odd of [null, {}, "x", [null].slice(1)]) expect(readExemplars(odd, true)).toEqual([]);
    expect(readExemplars([{ exemplars: Array.from({ length: 500 }, (_, at) => ({ value: at, timestamp: at })) }], true)).toHaveLength(EXEMPLARS_MAX);
  });
});

describe("what panels ask", () => {
  let asked = 0;
  beforeEach(() => {
    asked = 0;
    vi.stubGlobal("fetch", () => {
      asked++;
      const result = [{ metric: { __name__: "up" }, values: [[0, String(asked)]] }];
      return Promise.resolve(new Response(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }), { headers: { "content-type": "application/json" } }));
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("is shared within a tick, also once it is there, and asked anew at the next", async () => {
    const { signal } = new AbortController();
    await Promise.all([answered([question], 1, signal), answered([{ ...question, refId: "B" }], 1, signal)]);
    await answered([question], 1, signal);
    expect(asked).toBe(1);
    const { frames } = await answered([question], 2, signal);
    expect(asked).toBe(2);
    expect(frames[0]?.fields[1]?.values[0]).toBe(2);
  });
});

describe("the metrics that a query reads", () => {
  it.each([
    ["sum by (resolution, le) (rate(video_bucket{le=\"0.5\", job=~\"a{2}\"}[5m]))", ["video_bucket"]],
    ["100 * sum(rate(done_total[1h])) / (sum(rate(done_total[1h])) + (sum(rate(failed_total[1h])) or vector(0)) > 0)", ["done_total", "failed_total"]],
    ["a:b:rate5m * on(instance) group_left(nodename) node_uname_info offset 5m and bool_x unless NaN", ["a:b:rate5m", "node_uname_info", "bool_x"]],
    ["sum(x) by (le) # y", ["x"]],
    ["1e3 + 0x1F + Inf", []],
    ["vector(1)", []],
    ["label_replace(up, \"x\", \"$1\", 'y', `(z)`)", ["up"]],
    ["", []],
  ])("%s", (expr, names) => {
    expect(metricsRead(expr)).toEqual(names);
  });
});
