import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildChart, gaps } from "../../src/chart/build";
import { CHART_LOOKS } from "../../src/chart/look";
import { csvOf } from "../../src/chart/DataTable";
import { rangeOf } from "../../src/chart/options";
import { timeSplits, valueSplits } from "../../src/chart/axes";
import { withFilters, readFilter, writeFilter } from "../../src/dash/data/adhoc";
import { interpolate, rateIntervalMs, type Value } from "../../src/dash/data/interpolate";
import { intervalMs, gridOf } from "../../src/dash/data/step";
import { bucketCounts, rangeFrames, tableFrame } from "../../src/dash/data/prometheus";
import { chosen, inOrder, narrowed, sorted } from "../../src/dash/data/variables";
import { colorOf, hues, seriesColor, thresholdColor } from "../../src/dash/field/colors";
import { display, matches, resolve } from "../../src/dash/field/resolve";
import { reduced } from "../../src/dash/field/reduce";
import { numberText } from "../../src/dash/field/units";
import { linksOf, safeUrl } from "../../src/dash/links";
import { readFieldConfig } from "../../src/dash/model/field";
import { layOut, loneSmall } from "../../src/dash/model/layout";
import { everyPanel, NotADashboard, readDashboard } from "../../src/dash/model/read";
import type { Json, JsonObject } from "../../src/dash/model/types";
import { changes, withPlace, withoutPanel, withCopy } from "../../src/dash/edit/raw";
import { series } from "./frames";

const board = (panels: JsonObject[], rest: JsonObject = {}) => readDashboard({ title: "t", panels, ...rest });
const value = (values: string[], multi = true): Value => ({ values, text: values.join(" + "), all: false, verbatim: false, multi });

describe("small panels on a phone", () => {
  const stat = (id: number, type = "stat", w = 4): JsonObject => ({ id, type, title: `p${id}`, gridPos: { x: 0, y: id * 4, w, h: 4 } });
  const lone = (panels: JsonObject[]): string[] => [...loneSmall(layOut(board(panels).panels, () => [], () => true))].map((key) => key.replace(/\D+/g, ""));

  it("fill the line where one would stand alone in it", () => {
    expect(lone([stat(1), stat(2), stat(3)])).toEqual(["3"]);
    expect(lone([stat(1), stat(2)])).toEqual([]);
    expect(lone([stat(1, "gauge"), stat(2, "timeseries", 24), stat(6), stat(7)])).toEqual(["1"]);
  });
});

describe("units", () => {
  it.each([
    [1_536, "bytes", "1.5 KiB"], [1_500, "decbytes", "1.5 kB"], [0.25, "percentunit", "25%"], [42.42, "percent", "42.4%"], [0.0042, "s", "4.2 ms"], [90, "s", "1.5 min"], [93_600, "s", "1.08 d"],
    [4_200_000, "bps", "4.2 Mb/s"], [1_048_576, "binBps", "1 MiB/s"], [1_234, "short", "1.23k"], [12, "none", "12"], [999.6, "short", "1000"], [0, "bytes", "0 B"], [-2_048, "bytes", "-2 KiB"], [25, "fps", "25 fps"], [12_500, "reqps", "12.5k req/s"],
    [1, "bool_yes_no", "Yes"], [0, "bool_on_off", "Off"], [0.0003, "s", "300 µs"], [1_500, "ms", "1.5 s"], [3_661, "dthms", "01:01:01"], [1.5, "suffix: jobs/min", "1.5 jobs/min"], [3, "furlongs", "3 furlongs"], [1_500, "rotrpm", "1500 rpm"], [2_400_000_000, "hertz", "2.4 GHz"],
    [12_345, "none", "12\u202f345"],
  ])("%s %s is %s", (number, unit, text) => expect(numberText(number, unit, null)).toBe(text));

  it("keeps the decimals that are asked for, and writes what is missing as nothing", () => {
    expect(numberText(1 / 3, "percent", 2)).toBe("0.33%");
    expect(numberText(null, "bytes", null)).toBe("-");
    expect(numberText(null, "bytes", null, "off")).toBe("off");
  });
});

describe("variables in text", () => {
  const values = { x: value(["a.b", "c"]), one: value(["a.b"], false), all: { ...value([".*"]), all: true, verbatim: true } };
  const builtins = { fromMs: 0, toMs: 3_600_000, intervalMs: 15_000, scrapeMs: 15_000 };
  it.each([
    ['up{i=~"$x"}', 'up{i=~"(a\\\\.b|c)"}'], ['up{i="$one"}', 'up{i="a.b"}'], ['up{i=~"$all"}', 'up{i=~".*"}'], ["${x:csv}", "a.b,c"], ["${x:pipe}", "a.b|c"], ["[[one]]", "a.b"], ["${x:json}", '["a.b","c"]'], ["${x:singlequote}", "'a.b','c'"],
    ["rate(a[$__rate_interval])", "rate(a[1m])"], ["$__interval $__interval_ms", "15s 15000"], ["$__range $__range_s", "1h 3600"], ["$unknown ${unknown}", "$unknown ${unknown}"], ["${__from:date:seconds}", "0"], ["${x:queryparam}", "var-x=a.b&var-x=c"], ["$__proto__ ${constructor}", "$__proto__ ${constructor}"],
  ])("%s becomes %s", (text, expected) => expect(interpolate(text, values, builtins, "prom")).toBe(expected));

  it("cannot be used to leave the string they stand in", () => {
    expect(interpolate('up{i="$v"}', { v: value(['a"} or up{x="'], false) }, null, "prom")).toBe('up{i="a\\"} or up{x=\\""}');
  });

  it("stand for themselves where several may be chosen: first in the regular expression, then in the string", () => {
    const written = (...values: string[]) => interpolate('up{i=~"$v"}', { v: value(values) }, null, "prom");
    expect(written("a\\d")).toBe('up{i=~"a\\\\\\\\d"}');
    expect(written('a"b', "c'd")).toBe('up{i=~"(a\\"b|c\\x27d)"}');
    expect(written('x"} or up{y=~"')).toBe('up{i=~"x\\"\\\\} or up\\\\{y=~\\""}');
  });

  it("has four scrapes in a rate interval at least", () => {
    expect([rateIntervalMs(15_000, 15_000), rateIntervalMs(300_000, 15_000), rateIntervalMs(1_000, 60_000)]).toEqual([60_000, 315_000, 240_000]);
  });

  it("rounds steps to ones that read well, and aligns the grid to them", () => {
    expect([3_600_000, 21_600_000, 86_400_000].map((range) => intervalMs(range, 600, 15_000))).toEqual([15_000, 30_000, 120_000]);
    expect(gridOf(1_007_000, 1_067_000, 15_000, 1)).toEqual({ startMs: 1_005_000, endMs: 1_065_000, stepMs: 15_000 });
    expect(gridOf(0, 365 * 86_400_000, 1_000, 1).stepMs).toBeGreaterThan(2_800_000);
  });
});

describe("choices of variables", () => {
  const read = (list: JsonObject[]) => readDashboard({ panels: [], templating: { list } }).variables;
  it("come in the order in which they use each other, also in a ring", () => {
    const chain = read([{ name: "c", type: "query", query: "label_values(up{b=\"$b\"}, c)" }, { name: "b", type: "query", query: "label_values(up{a=\"$a\"}, b)" }, { name: "a", type: "custom", query: "x" }]);
    expect(inOrder(chain).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    const ring = read([{ name: "a", type: "query", query: "$b" }, { name: "b", type: "query", query: "$a" }]);
    expect(inOrder(ring)).toHaveLength(2);
  });
  it("are narrowed, named and sorted", () => {
    expect(narrowed(["a:1", "b:2", "b:3", "x"], "/([^:]+):.*/")).toEqual([{ text: "a", value: "a" }, { text: "b", value: "b" }]);
    expect(narrowed(["n1=v1"], "/(?<text>.+)=(?<value>.+)/")).toEqual([{ text: "n1", value: "v1" }]);
    expect(narrowed(["a"], "(")).toEqual([{ text: "a", value: "a" }]);
    const options = ["b10", "a", "b9"].map((text) => ({ text, value: text }));
    expect(sorted(options, 3).map(({ text }) => text)).toEqual(["a", "b9", "b10"]);
    expect(sorted(options, 2).map(({ text }) => text)).toEqual(["b9", "b10", "a"]);
  });
  it("are chosen by the address, by what was saved, else the first", () => {
    const [variable] = read([{ name: "a", type: "query", multi: true, includeAll: true, current: { value: ["gone"] } }]);
    const options = [{ text: "A", value: "a" }, { text: "B", value: "b" }];
    const builtins = { fromMs: 0, toMs: 1, intervalMs: 1, scrapeMs: 1 };
    if (variable === undefined) throw new Error("not read");
    expect(chosen(variable, options, null, builtins).values).toEqual(["a"]);
    expect(chosen(variable, options, ["b"], builtins).text).toBe("B");
    expect(chosen(variable, options, ["$__all"], builtins)).toMatchObject({ all: true, values: ["a", "b"] });
  });
  it("read custom options with names and escaped commas", () => {
    expect(read([{ name: "a", type: "custom", query: "one : 1, two\\,three" }])[0]?.options).toEqual([{ text: "one", value: "1" }, { text: "two,three", value: "two,three" }]);
  });
});

describe("ad hoc filters", () => {
  const filter = [{ key: "site", operator: "=" as const, value: 'a"b' }];
  it.each([
    ["up", 'up{site="a\\"b"}'], ['up{job="x"}', 'up{job="x",site="a\\"b"}'], ["sum by (job) (rate(a_total[5m]))", 'sum by (job) (rate(a_total{site="a\\"b"}[5m]))'], ["a / on (x) group_left b", 'a{site="a\\"b"} / on (x) group_left b{site="a\\"b"}'], ['count({__name__="up"}) > 1e3', 'count({__name__="up",site="a\\"b"}) > 1e3'], ["a offset 5m", 'a{site="a\\"b"} offset 5m'], ["up{}", 'up{site="a\\"b"}'],
  ])("%s becomes %s", (expr, expected) => expect(withFilters(expr, filter)).toBe(expected));
  it("go into the address and back", () => {
    expect(readFilter(writeFilter({ key: "a", operator: "!~", value: "x|y" }))).toEqual({ key: "a", operator: "!~", value: "x|y" });
    expect(["a", "a|b|c", '"|=|x', "a b|=|c"].map(readFilter)).toEqual([null, null, null, null]);
  });
});

describe("known faults of renderers", () => {
  const shownOf = (frames: ReturnType<typeof series>[], defaults: JsonObject, overrides: Json = []) =>
    resolve(frames, { defaults: readFieldConfig(defaults), overrides: readDashboard({ panels: [{ fieldConfig: { overrides } }] }).panels[0]?.overrides ?? [] }, {});

  it("stacking.group false takes a series out of the stack, whatever mode stands beside it", () => {
    const overrides = [{ matcher: { id: "byName", options: "total" }, properties: [{ id: "custom.stacking", value: { group: false, mode: "normal" } }] }];
    const { lines } = buildChart(shownOf([series("a", [1]), series("b", [2]), series("total", [3])], { custom: { stacking: { mode: "normal", group: "A" } } }, overrides), "dark");
    expect(lines.map(({ drawn }) => drawn[0])).toEqual([1, 3, 3]);
    expect(lines.map(({ stacked }) => stacked)).toEqual([true, true, false]);
  });

  it("gaps between grid rows are closed, as Grafana's grid closes them", () => {
    const { panels } = board([{ id: 1, type: "stat", gridPos: { x: 0, y: 5, w: 12, h: 4 } }, { id: 2, type: "stat", gridPos: { x: 0, y: 40, w: 12, h: 4 } }, { id: 3, type: "stat", gridPos: { x: 12, y: 40, w: 12, h: 8 } }]);
    expect(layOut(panels, () => [], () => true).map(({ grid }) => grid.y)).toEqual([0, 4, 0]);
  });

  it("a legend shows no stray 0: series without values have no number", () => {
    expect(numberText(reduced("mean", [null, null]), "short", null)).toBe("-");
    expect(numberText(reduced("lastNotNull", []), "bytes", 0)).toBe("-");
  });

  it("series that point down are stacked apart from those that point up", () => {
    const overrides = [{ matcher: { id: "byRegexp", options: "/out/" }, properties: [{ id: "custom.transform", value: "negative-Y" }] }];
    const { lines } = buildChart(shownOf([series("in1", [1]), series("out1", [2]), series("in2", [3]), series("out2", [4])], { custom: { stacking: { mode: "normal" } } }, overrides), "dark");
    expect(lines.map(({ drawn }) => drawn[0])).toEqual([1, -2, 4, -6]);
  });

  it("percent stacks add up to one", () => {
    const { lines } = buildChart(shownOf([series("a", [1]), series("b", [3])], { custom: { stacking: { mode: "percent" } } }), "dark");
    expect(lines.map(({ drawn }) => drawn[0])).toEqual([0.25, 1]);
  });
});

describe("the reader", () => {
  it("takes rows of before version 16, singlestats and graphs", () => {
    const old = readDashboard({ rows: [{ title: "R", showTitle: true, height: "250px", panels: [{ type: "singlestat", span: 4, thresholds: "1,2", colorValue: true, colors: ["green", "orange", "red"], format: "s" }, { type: "graph", span: 8, stack: true, yaxes: [{ format: "bytes" }, { format: "s" }], seriesOverrides: [{ alias: "/t/", yaxis: 2 }] }] }] });
    const [stat, graph] = everyPanel(old.panels).filter(({ type }) => type !== "row");
    expect([stat?.type, stat?.defaults.unit, stat?.defaults.thresholds.steps.length, stat?.grid.w]).toEqual(["stat", "s", 3, 8]);
    expect([graph?.type, graph?.defaults.unit, graph?.grid.x]).toEqual(["timeseries", "bytes", 8]);
  });
  it.each<[string, Json]>([["nothing", null], ["text", "x"], ["a list", []], ["a v2 dashboard", { spec: {} }], ["an object", {}]])("says that %s is no dashboard", (_, json) => {
    expect(() => readDashboard(json)).toThrow(NotADashboard);
  });
  it("survives any shape inside", () => {
    const odd: Json[] = [null, 1, "x", [], {}, [null], { a: { b: [1] } }];
    for (const one of odd) {
      const panels = [{ type: one, title: one, gridPos: one, targets: one, fieldConfig: one, options: one, transformations: one, links: one, datasource: one, repeat: one } as JsonObject, one as JsonObject];
      const { panels: read } = readDashboard({ panels, templating: one, annotations: one, time: one, links: one, tags: one });
      expect(() => layOut(read, () => ["a"], () => true)).not.toThrow();
    }
  });
  it("repeats panels and rows by the chosen values", () => {
    const { panels } = board([{ id: 1, type: "row", repeat: "s", collapsed: false, gridPos: { y: 0, h: 1, w: 24 } }, { id: 2, type: "stat", repeat: "p", maxPerRow: 2, gridPos: { x: 0, y: 1, w: 6, h: 4 } }, { id: 3, type: "stat", gridPos: { x: 0, y: 5, w: 6, h: 4 } }]);
    const placed = layOut(panels, (name) => (name === "s" ? ["n", "m"] : ["1", "2", "3"]), () => true);
    expect(placed).toHaveLength(2 * (1 + 3 + 1));
    expect(placed[1]?.panel.scope).toEqual({ s: "n", p: "1" });
    expect(new Set(placed.map(({ key }) => key)).size).toBe(placed.length);
  });
});

describe("fields", () => {
  it("override by name, names, regular expression, type and query", () => {
    const frame = series("cpu 1", [1]);
    const [, field] = frame.fields;
    if (field === undefined) throw new Error("no field");
    const by = (id: string, options: Json) => matches({ matcher: { id, options }, properties: [] }, frame, field, "cpu 1");
    expect([by("byName", "cpu 1"), by("byRegexp", "/^cpu/"), by("byRegexp", "cpu"), by("byNames", { names: ["cpu 1"] }), by("byType", "number"), by("byFrameRefID", "A"), by("byFrameRefID", "B"), by("byValue", { reducer: "max", op: "gte", value: 1 }), by("other", null)]).toEqual([true, true, false, true, true, true, false, true, false]);
  });
  it("map values, ranges, patterns and nothing", () => {
    const config = readFieldConfig({ mappings: [{ type: "value", options: { "1": { text: "up", color: "green" } } }, { type: "range", options: { from: 5, to: null, result: { text: "many" } } }, { type: "special", options: { match: "null", result: { text: "gone" } } }] });
    const [shown] = resolve([series("a", [1])], { defaults: config, overrides: [] }, {}).filter(({ field }) => field.type === "number");
    if (shown === undefined) throw new Error("not shown");
    expect([1, 7, null, 2].map((cell) => display(shown, cell, "dark").text)).toEqual(["up", "many", "gone", "2"]);
  });
  it("have thresholds, absolute and in percent", () => {
    const steps = [{ value: null, color: "green" }, { value: 80, color: "red" }];
    expect([79, 80].map((at) => thresholdColor({ mode: "absolute", steps }, at, null, null))).toEqual(["green", "red"]);
    expect(thresholdColor({ mode: "percentage", steps }, 170, 0, 200)).toBe("red");
  });
  it("keep their hue by name, and differ as long as there are hues", () => {
    const names = Array.from({ length: 10 }, (_, at) => `cam-${at}`);
    const given = hues(names);
    expect(new Set(given.values()).size).toBe(10);
    expect(hues([...names].reverse())).toEqual(given);
  });
  it("take no colour that is not a colour", () => {
    expect(colorOf("url(https://x)", "dark")).toBe(colorOf("nonsense", "dark"));
    expect(colorOf("#ff000", "dark")).toBe(colorOf("nonsense", "dark"));
    expect(colorOf("rgb(1, 2, 3)", "dark")).toBe("rgb(1, 2, 3)");
  });
});

describe("links", () => {
  it.each([["javascript:alert(1)", null], ["//evil.example", null], ["data:text/html,x", null], [" JaVaScript:x", null], ["https://a.example/x", "https://a.example/x"], ["/d/x?var-a=1", "/d/x?var-a=1"], ["d/x", "/d/x"]])("%s leads to %s", (url, expected) => expect(safeUrl(url)).toBe(expected));
  it("are filled in and encoded", () => {
    const [shown] = resolve([series("a b", [1], { host: "x/y" })], { defaults: readFieldConfig({}), overrides: [] }, {}).filter(({ field }) => field.type === "number");
    if (shown === undefined) throw new Error("not shown");
    const link = { title: "${__series.name}", url: "/d/h?host=${__field.labels.host}&v=${__value.raw}", targetBlank: false, tags: [], keepTime: false, includeVars: false };
    expect(linksOf([link], { shown, cell: 1, row: 0 }, {})[0]).toEqual({ title: "a b", url: "/d/h?host=x%2Fy&v=1", targetBlank: false });
  });
});

describe("answers", () => {
  const grid = { startMs: 0, endMs: 30_000, stepMs: 10_000 };
  it("lie on one grid, with gaps where nothing was measured", () => {
    const { frames } = rangeFrames("A", { resultType: "matrix", result: [{ metric: { a: "1" }, values: [[0, "1"], [20, "NaN"], [30, "+Inf"]] }, { metric: { a: "2" }, values: [[10, "2"]] }] }, grid, "{{a}}", "series");
    expect(frames.map(({ name, fields }) => [name, fields[1]?.values])).toEqual([["1", [1, null, null, null]], ["2", [null, 2, null, null]]]);
    expect(frames[0]?.fields[0]?.values).toBe(frames[1]?.fields[0]?.values);
  });
  it("become tables and bucket counts", () => {
    const { frames } = tableFrame("A", { resultType: "vector", result: [{ metric: { b: "x" }, value: [1, "2"] }] });
    expect(frames[0]?.fields.map(({ name, values }) => [name, values[0]])).toEqual([["Time", 1_000], ["b", "x"], ["Value", 2]]);
    const buckets = bucketCounts([series("1", [3], { le: "+Inf" }), series("2", [1], { le: "0.5" })]);
    expect(buckets.map(({ fields }) => fields[1]?.values[0])).toEqual([1, 2]);
  });
  it("of any shape are survived", () => {
    for (const result of [[], {}, null, [{}]]) expect(() => rangeFrames("A", { resultType: "matrix", result: result as unknown[] }, grid, "", "series")).not.toThrow();
  });
  it("show where nothing at all was measured", () => {
    const shown = resolve([series("a", [1, 1, null, null, null, null, null, 1])], { defaults: readFieldConfig({}), overrides: [] }, {});
    const { times, lines } = buildChart(shown, "dark");
    expect(gaps(times, lines, 2_000)).toEqual([[1_000, 7_000]]);
    expect(gaps(times, lines, 20_000)).toEqual([]);
  });
  it("as CSV run nothing in a spreadsheet", () => {
    const column = { name: "a,b", values: ["=1+1", 'say "x"', "-5", null], right: false, write: String };
    expect(csvOf([column], 4)).toBe('"a,b"\r\n\'=1+1\r\n"say ""x"""\r\n-5\r\n\r\n');
  });
});

describe("axes", () => {
  it("are round and few", () => {
    expect(valueSplits(0, 97, 5, false)).toEqual([0, 20, 40, 60, 80]);
    expect(valueSplits(0, 5_000, 5, true)).toEqual([0, 1_024, 2_048, 3_072, 4_096]);
    expect(timeSplits(0, 3_600_000, 6, "utc")).toHaveLength(7);
    expect(rangeOf({ min: null, max: null, softMin: null, softMax: null }, 0, 100)[0]).toBe(0);
    expect(rangeOf({ min: null, max: null, softMin: null, softMax: null }, 5, 5)).toEqual([4.47, 5.53].map((one) => expect.closeTo(one, 1) as number));
    expect(rangeOf({ min: 10, max: 5, softMin: null, softMax: null }, null, null)).toEqual([10, 11]);
  });
});

describe("editing", () => {
  const raw: JsonObject = { title: "t", panels: [{ id: 1, type: "stat", own: "kept", gridPos: { x: 0, y: 0, w: 12, h: 4 } }, { id: 2, type: "stat", gridPos: { x: 12, y: 0, w: 12, h: 4 } }] };
  it("moves a panel and what it would cover", () => {
    const moved = withPlace(raw, 1, { x: 6, y: 0, w: 12, h: 4 });
    expect(everyPanel(readDashboard(moved).panels).map(({ id, grid }) => [id, grid.x, grid.y])).toEqual([[1, 6, 0], [2, 12, 4]]);
    expect((moved["panels"] as JsonObject[])[0]?.["own"]).toBe("kept");
  });
  it("copies, removes, and tells what changed", () => {
    expect(everyPanel(readDashboard(withCopy(raw, 1)).panels).map(({ id }) => id)).toEqual([1, 3, 2]);
    expect(everyPanel(readDashboard(withoutPanel(raw, 1)).panels).map(({ id }) => id)).toEqual([2]);
    expect(changes(raw, withPlace(raw, 2, { x: 12, y: 1, w: 12, h: 4 }))).toEqual([{ path: "panels[#2].gridPos.y", before: "0", after: "1" }]);
  });
});

describe("colours of a canvas", () => {
  it("are the tokens of the styles", () => {
    const css = readFileSync(new URL("../../src/styles/tokens.css", import.meta.url), "utf8");
    const [dark = "", light = ""] = css.split(':root[data-theme="light"]');
    const token = (part: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]+);`).exec(part)?.[1];
    for (const [look, part] of [["dark", dark], ["light", light]] as const) {
      const { grid, axis, text, hatch, playhead, surface } = CHART_LOOKS[look];
      expect([grid, axis, text, hatch, playhead, surface]).toEqual(["grid", "text-3", "text-1", "unknown-line", "playhead", "surface-1"].map((name) => token(part, name)));
      for (let hue = 0; hue < 10; hue++) expect(seriesColor(hue, look)).toBe(token(part, `s${hue + 1}`));
    }
  });
});
