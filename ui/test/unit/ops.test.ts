import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/i18n";
import { findingOf, ruleFor, type Own, type Tsdb } from "../../src/ops/cardinality";
import { engineErrors, engineFinding, ingestFinding, keep, limitFinding, rate, reloadFinding, ruleFinding, storageFinding, sum, usedOf, waysOf, worstOf, type Sample, type Status } from "../../src/ops/status";
import { poolsOf, reasonOf, totals, type TargetsAnswer } from "../../src/ops/targets";
import { bytes } from "../../src/ops/units";
import { browserOf, madePassword } from "../../src/ops/users";

const words = wordsOf("en");
const { t, number, age } = words;

function status(nowMs: number, metrics: Record<string, Sample[]>, part: Partial<Status> = {}): Status {
  return { version: "1", java: "25", mode: "serve", folder: "/x", startedAtMs: 1, nowMs, store: "embedded", hotDays: 15, days: 90, limits: [], tenants: [], slowMs: 1_000, running: [], slow: [], metrics, ...part };
}
const one = (value: number, labels: Record<string, string> = {}): Sample[] => [{ labels, value }];

describe("status", () => {
  it("keeps the readings of a minute, and none of before a restart", () => {
    const all = [0, 30_000, 70_000].reduce<Status[]>((before, at) => keep(before, status(at, {})), []);
    expect(all.map(({ nowMs }) => nowMs)).toEqual([30_000, 70_000]);
    expect(keep(all, status(75_000, {}, { startedAtMs: 72_000 }))).toHaveLength(1);
  });

  it("reckons rates between the first and the last reading; a counter that falls is no negative rate", () => {
    const readings = [status(0, { c: one(100) }), status(10_000, { c: one(350) })];
    expect(rate(readings, "c")).toBe(25);
    expect(rate(readings.slice(0, 1), "c")).toBeNull();
    expect(rate([status(0, { c: one(100) }), status(10_000, { c: one(3) })], "c")).toBe(0);
    expect(rate([status(0, {}), status(10_000, { c: one(50) })], "c")).toBe(5);
    expect(sum(status(0, {}), "c")).toBeNull();
  });

  it("finds what is refused, and by which way", () => {
    const at = (n: number) =>
      status(n * 1_000, {
        framewatch_ingest_taken_total: [{ labels: { signal: "samples", way: "scrape" }, value: 100 * n }, { labels: { signal: "lines", way: "loki" }, value: n }],
        framewatch_ingest_refused_total: [{ labels: { signal: "samples", way: "otlp", reason: "wal_full" }, value: 5 * n }],
      });
    const readings = [at(1), at(11)];
    const ways = waysOf(readings);
    expect(ways.map(({ way }) => way)).toEqual(["scrape", "otlp", "loki"]);
    const found = ingestFinding(readings, ways, t, number);
    expect(found.tone).toBe("broken");
    expect(found.what).toBe("5.0 samples per second by otlp are refused: wal_full.");
    expect(ingestFinding(readings.slice(0, 1), waysOf(readings.slice(0, 1)), t, number).tone).toBe("unknown");
  });

  it("calls a limit near only where being full is wrong", () => {
    const limits = [
      { key: "store.hotMemory", max: 100, unit: "bytes", metric: "hot" },
      { key: "store.walMax", max: 100, unit: "bytes", metric: "wal" },
      { key: "limits.queryTimeout", max: 5, unit: "ms", metric: "" },
    ] as const;
    const quiet = usedOf(status(0, { hot: one(100), wal: one(10) }, { limits: [...limits] }));
    expect(quiet.map(({ key }) => key)).toEqual(["store.hotMemory", "store.walMax", "limits.queryTimeout"]);
    expect(limitFinding(quiet, t).tone).toBe("fine");
    expect(limitFinding(usedOf(status(0, { wal: one(97) }, { limits: [...limits] })), t)).toMatchObject({ tone: "broken", what: "store.walMax is 97 % used." });
  });

  it("tells storage, rules and reloads apart, and the worst of all", () => {
    const late = status(0, { framewatch_flush_lag_seconds: one(300), framewatch_flush_failures_total: one(0) });
    expect(storageFinding(late, [late], t, age)).toMatchObject({ tone: "degraded", what: "What was taken in waits for the engine since 5 min." });
    expect(storageFinding(status(0, {}, { store: "memory" }), [], t, age).tone).toBe("degraded");
    expect(reloadFinding(status(0, { framewatch_config_last_reload_successful: one(0) }), t).tone).toBe("broken");
    const group = { name: "g", file: "f", interval: 15, evaluationTime: 20, lastEvaluation: "", rules: [{ name: "r", health: "ok", type: "recording" }] };
    expect(ruleFinding([group], t).what).toBe("The group g takes longer than its interval.");
    expect(ruleFinding([{ ...group, rules: [{ name: "r", health: "err", type: "recording" }] }], t).what).toBe("1 rule fails: r.");
    expect(worstOf([{ tone: "fine", what: "" }, { tone: "broken", what: "b" }, { tone: "degraded", what: "" }])?.what).toBe("b");
  });

  it("counts calls before the engine was up apart, and says which calls fail now", () => {
    const errors = (starting: number, timeout: number) => ({ framewatch_engine_up: one(1), framewatch_engine_errors_total: [...one(starting, { kind: "starting" }), ...one(timeout, { kind: "timeout" })] });
    const [before, after, failing] = [status(0, errors(4, 1)), status(10_000, errors(10, 1)), status(20_000, errors(10, 41))];
    expect(engineErrors(after)).toEqual({ failed: 1, starting: 10 });
    expect(engineErrors(status(0, {}))).toEqual({ failed: 0, starting: 0 });
    expect(engineFinding(after, [before, after], t, number).tone).toBe("fine");
    expect(engineFinding(failing, [after, failing], t, number)).toMatchObject({ tone: "degraded", what: "Calls of the storage engine fail: 4.0 a second, timeout." });
  });

  it("writes sizes", () => {
    expect([0, 900, 1_000, 1_536, 1_073_741_824, 38_400_000_000].map((size) => bytes(words, size))).toEqual(["0 B", "900 B", "1.0 KiB", "1.5 KiB", "1.0 GiB", "36 GiB"]);
    expect(bytes(wordsOf("ru"), 1_536)).toBe("1,5 КиБ");
  });
});

describe("targets", () => {
  it.each([
    ["timed out: no complete answer in time", "timeout", "owner"],
    ["timed out while connecting", "timeout", "owner"],
    ["connection refused: Connection refused", "refused", "owner"],
    ["there is no host named nowhere", "host", "you"],
    ["server returned HTTP status 403", "denied", "you"],
    ["server returned HTTP status 404", "path", "you"],
    ["server returned HTTP status 503", "answer", "owner"],
    ["PKIX path building failed", "tls", "you"],
    ["sample limit exceeded: more than 10 samples", "limit", "you"],
    ["body larger than 10 bytes", "limit", "you"],
    ["the answer has no Content-Type and no fallback_scrape_protocol is set", "format", "owner"],
    ["something new", "other", "owner"],
  ] as const)("%s is %s, turn %s", (error, key, turn) => {
    expect(reasonOf(error)).toEqual({ key, turn });
  });

  it("stand worst first, and are narrowed by job, state and text", () => {
    const target = (pool: string, name: string, health: "up" | "down") => ({ discoveredLabels: {}, labels: { instance: name }, scrapePool: pool, scrapeUrl: `http://${name}/metrics`, lastError: "", lastScrape: "", lastScrapeDuration: 0, health, scrapeInterval: "15s", scrapeTimeout: "10s", lastSamples: 1 });
    const answer: TargetsAnswer = { activeTargets: [target("a", "x", "up"), target("b", "z", "up"), target("b", "y", "down")], droppedTargets: [], droppedTargetCounts: { b: 2 }, problems: [], discoveries: [] };
    const all = poolsOf(answer, ["a", "b", "c"], { job: "", state: null, text: "" });
    expect(all.map(({ name }) => name)).toEqual(["b", "a", "c"]);
    expect(all[0]?.targets.map(({ labels }) => labels["instance"])).toEqual(["y", "z"]);
    expect(poolsOf(answer, ["a", "b", "c"], { job: "", state: "up", text: "X" }).map(({ name }) => name)).toEqual(["a"]);
    expect(totals(answer)).toEqual({ up: 2, down: 1, unknown: 0, dropped: 2 });
  });
});

describe("cardinality", () => {
  const tsdb: Tsdb = { headStats: { numSeries: 10_000, numLabelPairs: 1 }, seriesCountByMetricName: [], labelValueCountByLabelName: [], seriesCountByLabelValuePair: [] };
  const own: Own = { activeSeries: 10_000, seriesPerTenantMax: 1_000_000, seriesPerMetricMax: 1, cappedMetrics: [], new: { series: 10, seriesBefore: 10_000, metrics: [] } };
  it("finds a capped metric first, then a near limit, then churn", () => {
    expect(findingOf(tsdb, own, words).tone).toBe("fine");
    expect(findingOf(tsdb, { ...own, new: { series: 6_000, seriesBefore: 9_000, metrics: [{ name: "m", value: 5_000 }] } }, words).what).toContain("most of m");
    expect(findingOf(tsdb, { ...own, new: { series: 6_000, seriesBefore: 0, metrics: [] } }, words).tone).toBe("fine");
    expect(findingOf(tsdb, { ...own, activeSeries: 900_000 }, words).what).toContain("90 %");
    expect(findingOf(tsdb, { ...own, activeSeries: 900_000, cappedMetrics: [{ name: "m", value: 1 }] }, words).tone).toBe("broken");
  });

  it("writes rules that YAML and the regular expression read as meant", () => {
    expect(ruleFor("http_requests_total", null)).toBe("metric_relabel_configs:\n  - source_labels: [__name__]\n    regex: http_requests_total\n    action: drop");
    expect(ruleFor("a.b", "it's")).toContain("regex: 'a\\.b'\n    target_label: 'it''s'");
    expect(ruleFor("true", null)).toContain("regex: 'true'");
  });
});

describe("users", () => {
  it("get passwords that differ, of characters that are not mistaken for each other", () => {
    const made = Array.from({ length: 50 }, madePassword);
    expect(new Set(made).size).toBe(50);
    for (const password of made) expect(password).toMatch(/^([a-km-zA-HJ-NP-Z2-9]{5}-){3}[a-km-zA-HJ-NP-Z2-9]{5}$/);
  });

  it("are told by which browser they came", () => {
    expect(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0")).toBe("Firefox, Linux");
    expect(browserOf("weird thing")).toBe("weird thing");
    expect(browserOf("")).toBe("");
  });
});
