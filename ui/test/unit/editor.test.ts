import { describe, expect, it } from "vitest";
import { readMetadata } from "../../src/editor/client";
import { helpOf, signatureOf } from "../../src/editor/functions";
import { kindOf, metadataOf, metricText, selectorOf, usualQueries } from "../../src/editor/names";
import { placeOf, plainText } from "../../src/editor/place";

const marked = (query: string, error: string): [string, string] => {
  const { from, to, what } = placeOf(query, error);
  return [query.slice(from, to), what];
};

describe("a mistake", () => {
  it.each([
    ["sum(rat(up[5m]))", 'invalid parameter "query": 1:5: parse error: unknown function with name "rat".', "rat", 'Unknown function with name "rat".'],
    ["sum(up", "1:7: parse error: unclosed left parenthesis", "p", "Unclosed left parenthesis"],
    ["up +\n  down{", "2:7: parse error: unexpected end", "{", "Unexpected end"],
    ['up{a="b}', "1:6: parse error: unterminated string", '"b}', "Unterminated string"],
    ["a\nb\nc d", "3:3: parse error: unexpected identifier", "d", "Unexpected identifier"],
    ["up", "something else", "up", "Something else"],
    ["up", "9:9: parse error: far off", "p", "Far off"],
  ])("stands where %j says: %j", (query, error, place, what) => {
    expect(marked(query, error)).toEqual([place, what]);
  });

  it("has a place to mark in any text", () => {
    for (const query of ["", " ", "\n\n", "x"]) {
      for (const error of ["1:1: parse error: no", "0:0: no", "5:1: no", "no"]) {
        const { from, to } = placeOf(query, error);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(query.length);
        expect(from).toBeLessThanOrEqual(to);
      }
    }
  });
});

describe("variables", () => {
  it("in ranges and strings keep their length, so that places stay", () => {
    expect(plainText("rate(a[$__rate_interval])")).toBe("rate(a[000000000000005m])");
    expect(plainText('a{b=~"$site"} offset ${shift}')).toBe('a{b=~"$site"} offset 0000005m');
    expect(plainText("max_over_time(a[1h:$__interval])")).toBe("max_over_time(a[1h:0000000005m])");
    expect(plainText("up")).toBe("up");
  });

  it("elsewhere may mean anything, and nothing is said", () => {
    expect(plainText("topk($n, up)")).toBeNull();
    expect(plainText("[[metric]]")).toBeNull();
  });
});

describe("names", () => {
  it("that are no plain ones are quoted", () => {
    expect(metricText("up")).toBe("up");
    expect(metricText("with.dots")).toBe('{"with.dots"}');
    const equal = { name: "a", value: 'x"y', matchesEmpty: () => false };
    expect(selectorOf("up", [equal])).toBe('{__name__="up",a="x\\"y"}');
    expect(selectorOf("with.dots", [])).toBe('{"with.dots"}');
    expect(selectorOf("", [])).toBe('{__name__!=""}');
    expect(selectorOf("", [{ ...equal, matchesEmpty: () => true }])).toBe('{__name__!=""}');
  });

  it("have the help of their family", () => {
    const all = readMetadata({ seconds: [{ type: "histogram", help: "How long.", unit: "s" }], bad: "no", worse: [{ type: 4 }] });
    expect(metadataOf("seconds_bucket", all)?.help).toBe("How long.");
    expect(metadataOf("nothing", all)).toBeNull();
    expect(metadataOf("constructor", all)).toBeNull();
    expect(metadataOf("worse", all)).toEqual({ type: "", help: "", unit: "" });
    expect(readMetadata(null)).toEqual({});
    expect(kindOf("seconds_bucket", metadataOf("seconds_bucket", all))).toBe("histogram");
    expect(kindOf("seconds_count", metadataOf("seconds_count", all))).toBe("counter");
    expect(kindOf("x_total", null)).toBe("counter");
  });

  it("suggest what one asks of such a metric", () => {
    expect(usualQueries("x_total", null)[0]).toBe("rate(x_total[$__rate_interval])");
    expect(usualQueries("s_bucket", null)[0]).toBe("histogram_quantile(0.95, sum by (le) (rate(s_bucket[$__rate_interval])))");
    expect(usualQueries("h", { type: "histogram", help: "", unit: "" })[0]).toBe("histogram_quantile(0.95, sum(rate(h[$__rate_interval])))");
    expect(usualQueries("up", null)[0]).toBe("up");
  });
});

describe("functions", () => {
  it("tell what they take and what they do", () => {
    expect(signatureOf("rate")).toBe("(range vector) → instant vector");
    expect(signatureOf("histogram_quantile")).toBe("(scalar, instant vector) → instant vector");
    expect(signatureOf("round")).toBe("(instant vector, [scalar]) → instant vector");
    expect(signatureOf("time")).toBe("() → scalar");
    expect(signatureOf("rat")).toBeNull();
    expect(helpOf("rate")).toMatch(/per-second/);
    expect(helpOf("topk")).not.toBeNull();
    expect(helpOf("by")).not.toBeNull();
    expect(helpOf("up")).toBeNull();
  });
});
