import { describe, expect, it } from "vitest";
import type { Question } from "../../src/dash/data/panel";
import { exploreLink } from "../../src/dash/exploreLink";
import { readDashboard } from "../../src/dash/model/read";
import { csvOf } from "../../src/chart/DataTable";
import { questionsOf } from "../../src/explore/ask";
import { boardWith, newBoard } from "../../src/explore/board";
import { PAST_MAX, readPast, searched, withPast, type Past } from "../../src/explore/history";
import { found, metricsOf } from "../../src/explore/metrics";
import { exploreAddress, queryParams, readExploration, type Query } from "../../src/explore/model";
import { readCost, rowsOf } from "../../src/explore/plan";
import { tableOf } from "../../src/explore/table";

const OWN = { uid: "framewatch", name: "Framewatch", type: "prometheus", isDefault: true, base: "", scrapeMs: 15_000 } as const;
const q = (expr: string, more: Partial<Query> = {}): Query => ({ expr, legend: "", off: false, ...more });

describe("the address of Explore", () => {
  it.each<[string, Query[]]>([
    ["one", [q("up")]],
    ["two with a legend", [q("up"), q('rate(a{b="&=+ #"}[5m])', { legend: "{{b}}" })]],
    ["one turned off", [q("up"), q("down", { off: true }), q("")]],
  ])("keeps queries as they are: %s", (_, queries) => {
    const address = exploreAddress(queries, { from: "now-6h", to: "now", source: "" });
    const read = readExploration(new URL(address, "http://x").searchParams);
    expect(read.queries).toEqual(queries);
    expect(address).not.toContain("source");
  });

  it("reads anything: unknown words mean the usual, and no more than ten queries", () => {
    const params = new URLSearchParams("view=nothing&side=x&step=many&of=y");
    for (let at = 0; at < 30; at++) params.append("expr", `up${at}`);
    expect(readExploration(params)).toMatchObject({ view: "graph", side: null, step: "", instant: false });
    expect(readExploration(params).queries).toHaveLength(10);
    expect(readExploration(new URLSearchParams()).queries).toEqual([q("")]);
    expect(queryParams([q("")])).toEqual({ expr: null, legend: null, off: null });
  });

  it("asks only what is turned on and written, with the step's own variables filled in", () => {
    const read = readExploration(new URLSearchParams([["expr", "rate(a[$__rate_interval])"], ["expr", ""], ["expr", "b"], ["off", "C"]]));
    const questions = questionsOf(read, OWN, 0, 3_600_000, 1_200);
    expect(questions.map(({ refId, expr, kind }) => [refId, expr, kind])).toEqual([["A", "rate(a[1m])", "range"]]);
    expect(questions[0]?.grid).toEqual({ startMs: 0, endMs: 3_600_000, stepMs: 15_000 });
    expect(questionsOf({ ...read, step: "5m" }, OWN, 0, 3_600_000, 1_200)[0]?.grid.stepMs).toBe(300_000);
    expect(questionsOf({ ...read, view: "table" }, OWN, 0, 3_600_000, 1_200)[0]?.kind).toBe("instant");
    expect(questionsOf({ ...read, view: "plan" }, OWN, 0, 3_600_000, 1_200)[0]).toMatchObject({ kind: "range", plan: true });
  });
});

describe("an instant answer as a table", () => {
  const full = (ms: number): string => String(ms);
  const drawn = (data: Parameters<typeof tableOf>[0]): string => {
    const { columns, rows } = tableOf(data, full);
    return csvOf(columns, rows).trim().replaceAll("\r\n", " / ");
  };

  it("has a column for each label, the name first, and values as they were sent", () => {
    const result = [
      { metric: { __name__: "up", job: "a" }, value: [1, "0.1"] },
      { metric: { __name__: "up", Area: "b" }, value: [1, "NaN"] },
      { metric: {}, value: [1, "+Inf"] },
    ];
    expect(drawn({ resultType: "vector", result })).toBe("__name__,Area,job,Value / up,,a,0.1 / up,b,,NaN / ,,,'+Inf");
  });

  it("reads scalars, strings, range selectors and native histograms", () => {
    expect(drawn({ resultType: "scalar", result: [1, "42"] })).toBe("Value / 42");
    expect(drawn({ resultType: "string", result: [1, "a,b"] })).toBe('Value / "a,b"');
    expect(drawn({ resultType: "matrix", result: [{ metric: { a: "x" }, values: [[1, "1"], [2, "2"]] }] })).toBe("Time,a,Value / 1000,x,1 / 2000,x,2");
    expect(drawn({ resultType: "vector", result: [{ metric: {}, histogram: [1, { count: "5", sum: "2.5" }] }] })).toBe("Value / \"histogram: 5 observations, sum 2.5\"");
    expect(drawn({ resultType: "vector", result: [] })).toBe("Value");
  });
});

describe("a plan", () => {
  const plan = { text: "sum(a)", position: "1:1", series: 1, steps: 10, seconds: 1, parts: [{ text: "a", position: "1:5", series: 4, steps: 10, seconds: 0.8, leaf: { answeredBy: "split", pushedDown: "rate", engineSteps: 7, series: 4, rawSeries: 2, samples: 99 }, parts: [] }] };

  it("is read with what each part cost by itself, the slowest marked", () => {
    const cost = readCost({ stats: { timings: { evalTotalTime: 1.1 }, samples: { totalQueryableSamples: 99, peakSamples: 5 } }, framewatch: { seriesSelected: 4, steps: 10, plan } });
    expect(cost).toMatchObject({ seconds: 1.1, samples: 99, peakSamples: 5, series: 4, steps: 10 });
    const rows = cost.plan === null ? [] : rowsOf(cost.plan);
    expect(rows.map(({ part, depth, ownSeconds, slowest }) => [part.text, depth, Number(ownSeconds.toFixed(3)), slowest])).toEqual([["sum(a)", 0, 0.2, false], ["a", 1, 0.8, true]]);
    expect(rows[1]?.part.leaf).toEqual({ answeredBy: "split", pushedDown: "rate", engineSteps: 7, series: 4, rawSeries: 2, samples: 99 });
  });

  it("is none where a source tells only stats, or nonsense", () => {
    expect(readCost({ stats: { samples: { totalQueryableSamples: 3 } } })).toMatchObject({ samples: 3, plan: null, seconds: null });
    expect(readCost(null).plan).toBeNull();
    expect(readCost({ framewatch: { plan: { parts: "no", seconds: "x" } } }).plan).toMatchObject({ seconds: 0, parts: [] });
  });
});

describe("the history", () => {
  const made = (at: number, expr: string, starred = false): Past => ({ at, source: "framewatch", queries: [q(expr)], starred });

  it("puts the newest first, moves what was asked before, and keeps its star", () => {
    const before = [made(2, "b"), made(1, "a", true)];
    const after = withPast(before, "framewatch", [q("a"), q(" ")], 3);
    expect(after.map(({ at, queries, starred }) => [at, queries[0]?.expr, starred])).toEqual([[3, "a", true], [2, "b", false]]);
    expect(withPast(before, "framewatch", [q("  ")], 3)).toEqual(before);
    expect(withPast(before, "other", [q("a")], 3)).toHaveLength(3);
  });

  it("is bounded by number and by text; stars outlast the others", () => {
    const many = Array.from({ length: PAST_MAX + 50 }, (_, at) => made(at, `up${at}`, at > PAST_MAX));
    const after = withPast(many, "framewatch", [q("new")], 9_999);
    expect(after.filter((one) => !one.starred)).toHaveLength(PAST_MAX);
    expect(after.filter((one) => one.starred)).toHaveLength(49);
    const long = Array.from({ length: 20 }, (_, at) => made(at, `${at}${"x".repeat(60_000)}`));
    expect(withPast(long, "framewatch", [q("new")], 9).length).toBeLessThan(10);
  });

  it("is searched by words in any order", () => {
    const list = [made(1, "rate(http_requests_total[5m])"), made(2, "up", true)];
    expect(searched(list, "TOTAL rate", false)).toEqual([list[0]]);
    expect(searched(list, "", true)).toEqual([list[1]]);
  });

  it("leaves out what cannot be read", () => {
    expect(readPast("{")).toEqual([]);
    expect(readPast('{"a":1}')).toEqual([]);
    expect(readPast(JSON.stringify([null, 3, { at: 1 }, { at: 1, queries: [null, { expr: 4 }] }, { at: 5, queries: [{ expr: "up" }] }]))).toEqual([{ at: 5, source: "", queries: [q("up")], starred: false }]);
    expect(readPast(null)).toEqual([]);
  });
});

describe("metrics", () => {
  const all = metricsOf(["http_requests_total", "up", "seconds_bucket", "other"], {
    http_requests_total: [{ type: "counter", help: "Requests answered.", unit: "" }],
    up: [{ type: "gauge", help: "Whether the last scrape succeeded.", unit: "" }],
    seconds: [{ type: "histogram", help: "How long, of requests.", unit: "" }],
  });

  it("are found by name and by meaning, names first", () => {
    expect(found(all, "request").map(({ name }) => name)).toEqual(["http_requests_total", "seconds_bucket"]);
    expect(found(all, "scrape succeed").map(({ name }) => name)).toEqual(["up"]);
    expect(found(all, "")).toHaveLength(4);
    expect(found(all, "nowhere")).toEqual([]);
  });

  it("have the kind of their family", () => {
    expect(all.map(({ kind }) => kind)).toEqual(["counter", "gauge", "histogram", "other"]);
  });
});

describe("a board from Explore", () => {
  it("has the queries as a panel under all others", () => {
    const old = { ...newBoard("u", "T", { from: "now-1h", to: "now" }), panels: [{ id: 7, type: "stat", title: "old", gridPos: { x: 0, y: 0, w: 6, h: 4 } }] };
    const board = readDashboard(boardWith(old, { title: "New", queries: [q("up", { legend: "{{job}}" }), q(""), q("down", { off: true })], source: OWN, type: "timeseries" }));
    const [, panel] = board.panels;
    expect(panel).toMatchObject({ id: 8, type: "timeseries", title: "New", grid: { y: 4 } });
    expect(panel?.targets.map(({ refId, expr, legend, hide }) => [refId, expr, legend, hide])).toEqual([["A", "up", "{{job}}", false], ["C", "down", "", true]]);
  });
});

describe("a panel's link", () => {
  const question = (more: Partial<Question>): Question => ({ refId: "A", source: OWN, expr: "up", kind: "range", legend: "", fromMs: 0, toMs: 1, stepMs: 1, startMs: 0, endMs: 1, limit: 1, exemplars: false, search: "", ...more });
  const range = { from: "now-1h", to: "now" };

  it("leads metrics to Explore and lines to Logs, and nowhere else", () => {
    expect(exploreLink([question({ legend: "__auto" }), question({ refId: "B", expr: "down", legend: "{{a}}" })], range)).toBe("/explore?from=now-1h&to=now&expr=up&expr=down&legend=&legend=%7B%7Ba%7D%7D");
    expect(exploreLink([question({ kind: "instant" })], range)).toBe("/explore?from=now-1h&to=now&view=table&expr=up");
    expect(exploreLink([question({ source: { ...OWN, uid: "mimir", isDefault: false } })], range)).toContain("source=mimir");
    expect(exploreLink([question({ kind: "logs", expr: "{a=\"b\"}", source: { ...OWN, uid: "framewatch-logs", type: "loki" } })], range)).toBe("/logs?from=now-1h&to=now&query=%7Ba%3D%22b%22%7D");
    expect(exploreLink([question({ source: { ...OWN, uid: "elsewhere", type: "loki" } })], range)).toBeNull();
    expect(exploreLink([], range)).toBeNull();
  });
});
