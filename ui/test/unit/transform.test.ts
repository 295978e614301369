import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/dash/model/types";
import { transformed, Unsupported } from "../../src/dash/transform";
import type { Frame } from "../../src/dash/data/frames";
import { rows, series, table } from "./frames";

const run = (frames: Frame[], id: string, options: JsonObject = {}): Frame[] => transformed(frames, [{ id, options, disabled: false }], {});

describe("transformations", () => {
  const jobs = table({ host: ["a", "b", "a"], state: ["up", "down", "up"], Value: [1, 2, 3] });

  it("organize leaves out, renames and orders", () => {
    const [out] = run([jobs], "organize", { excludeByName: { state: true }, renameByName: { Value: "Jobs" }, indexByName: { Value: 0, host: 1 } });
    expect(rows(out)).toEqual(["Jobs | host", "1 | a", "2 | b", "3 | a"]);
  });

  it("merge puts rows with equal shared columns together", () => {
    const [out] = run([table({ host: ["a", "b"], size: [1, 2] }), table({ host: ["b", "a"], free: [20, 10] }, "B")], "merge");
    expect(rows(out)).toEqual(["host | size | free", "a | 1 | 10", "b | 2 | 20"]);
  });

  it("merge turns the labels of series into columns", () => {
    const [out] = run([series("x", [1], { host: "a" }), series("y", [2], { host: "b" })], "merge");
    expect(rows(out)).toEqual(["Time | host | Value", "0 | a | 1", "0 | b | 2"]);
  });

  it("joinByField joins on time, outer and inner", () => {
    const short = series("b", [10]);
    expect(rows(run([series("a", [1, 2]), short], "joinByField")[0])).toEqual(["Time | a | b", "0 | 1 | 10", "1000 | 2 | null"]);
    expect(rows(run([series("a", [1, 2]), short], "joinByField", { mode: "inner" })[0])).toEqual(["Time | a | b", "0 | 1 | 10"]);
  });

  it("groupBy reduces the other columns", () => {
    const fields = { host: { operation: "groupby", aggregations: [] }, Value: { operation: "aggregate", aggregations: ["sum", "count"] } };
    expect(rows(run([jobs], "groupBy", { fields })[0])).toEqual(["host | Value (sum) | Value (count)", "a | 4 | 2", "b | 2 | 1"]);
  });

  it.each([
    ["greater", { value: 1 }, [2, 3]],
    ["lowerOrEqual", { value: 2 }, [1, 2]],
    ["equal", { value: 2 }, [2]],
    ["between", { from: 1, to: 3 }, [2]],
  ])("filterByValue keeps what is %s", (id, options, kept) => {
    const [out] = run([jobs], "filterByValue", { type: "include", match: "all", filters: [{ fieldName: "Value", config: { id, options } }] });
    expect(out?.fields[2]?.values).toEqual(kept);
  });

  it("filterByValue drops by regular expression, and a bad one matches nothing", () => {
    const dropped = { type: "exclude", match: "any", filters: [{ fieldName: "host", config: { id: "regex", options: { value: "^a$" } } }] };
    expect(run([jobs], "filterByValue", dropped)[0]?.length).toBe(1);
    const bad = { type: "include", match: "any", filters: [{ fieldName: "host", config: { id: "regex", options: { value: "(" } } }] };
    expect(run([jobs], "filterByValue", bad)[0]?.length).toBe(0);
  });

  it("reduce gives a row a series", () => {
    const [out] = run([series("a", [1, null, 3]), series("b", [4])], "reduce", { reducers: ["max", "mean", "lastNotNull"] });
    expect(rows(out)).toEqual(["Field | Max | Mean | Last *", "a | 3 | 2 | 3", "b | 4 | 4 | 4"]);
  });

  it("calculateField adds two fields, a row of fields, one alone, and never an infinity", () => {
    const both = [series("a", [1, 0]), series("b", [4, 0])];
    const divide = { mode: "binary", binary: { left: "b", operator: "/", right: "a" }, alias: "c" };
    expect(run(both, "calculateField", divide)[0]?.fields.at(-1)?.values).toEqual([4, null]);
    expect(run(both, "calculateField", { mode: "reduceRow", reduce: { reducer: "sum" }, alias: "all" })[0]?.fields.at(-1)?.values).toEqual([5, 0]);
    expect(run([series("a", [-2])], "calculateField", { mode: "unary", unary: { operator: "abs", fieldName: "a" } })[0]?.fields.at(-1)?.values).toEqual([2]);
    const scaled = { mode: "binary", binary: { left: { matcher: { id: "byName", options: "a" } }, operator: "*", right: { fixed: "10" } }, replaceFields: true };
    expect(rows(run([series("a", [1, 2])], "calculateField", scaled)[0])).toEqual(["Time | a * 10", "0 | 10", "1000 | 20"]);
  });

  it("sortBy, limit and filterFieldsByName", () => {
    expect(run([jobs], "sortBy", { sort: [{ field: "Value", desc: true }] })[0]?.fields[2]?.values).toEqual([3, 2, 1]);
    expect(run([jobs], "limit", { limitField: "2" })[0]?.length).toBe(2);
    expect(rows(run([jobs], "filterFieldsByName", { include: { names: ["host"] } })[0])[0]).toBe("host");
    expect(rows(run([jobs], "filterFieldsByName", { exclude: { pattern: "^V" } })[0])[0]).toBe("host | state");
  });

  it("labelsToFields, seriesToRows, renameByRegex, rowsToFields, transpose, partitionByValues, joinByLabels", () => {
    expect(rows(run([series("a", [1], { host: "x" })], "labelsToFields")[0])).toEqual(["Time | host | Value", "0 | x | 1"]);
    expect(rows(run([series("a", [1, 2])], "seriesToRows")[0])).toEqual(["Time | Metric | Value", "1000 | a | 2", "0 | a | 1"]);
    expect(rows(run([series("node a", [1])], "renameByRegex", { regex: "node (.*)", renamePattern: "$1" })[0])[0]).toBe("Time | a");
    expect(rows(run([table({ k: ["x", "y"], v: [1, 2] })], "rowsToFields")[0])).toEqual(["x | y", "1 | 2"]);
    expect(rows(run([table({ k: ["x", "y"], v: [1, 2] })], "transpose")[0])).toEqual(["Field | x | y", "v | 1 | 2"]);
    expect(run([jobs], "partitionByValues", { fields: ["host"] }).map(({ name, length }) => `${name} ${length}`)).toEqual(["a 2", "b 1"]);
    expect(rows(run([series("1", [1], { host: "x", kind: "in" }), series("2", [2], { host: "x", kind: "out" })], "joinByLabels", { value: "kind" })[0])).toEqual(["host | in | out", "x | 1 | 2"]);
  });

  it("says which transformation it does not have, and passes over a disabled one", () => {
    expect(() => run([jobs], "spatial")).toThrow(Unsupported);
    expect(transformed([jobs], [{ id: "spatial", options: {}, disabled: true }], {})).toEqual([jobs]);
    expect(() => run([jobs], "__proto__")).toThrow(Unsupported);
  });

  it.each(["organize", "merge", "joinByField", "groupBy", "filterByValue", "reduce", "calculateField", "sortBy", "limit", "labelsToFields", "transpose"])("%s takes no frames and no options", (id) => {
    expect(() => run([], id)).not.toThrow();
    expect(() => run([jobs], id, {})).not.toThrow();
  });
});
