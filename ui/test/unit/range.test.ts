import { describe, expect, it } from "vitest";
import { durationMs, durationText, lastSpan, movedBy, resolveRange, resolveTime, zoomedOut } from "../../src/app/time/range";

const NOW = Date.parse("2026-11-20T14:26:40Z"); // a Friday
const at = (text: string, edge: "from" | "to" = "from", zone = "utc") => {
  const ms = resolveTime(text, NOW, zone, edge);
  return ms === null ? null : new Date(ms).toISOString();
};

describe("times of links", () => {
  it.each([
    ["now", "2026-11-20T14:26:40.000Z"],
    ["now-6h", "2026-11-20T08:26:40.000Z"],
    ["now-1d", "2026-11-19T14:26:40.000Z"],
    ["now+2m", "2026-11-20T14:28:40.000Z"],
    ["now-1M", "2026-10-20T14:26:40.000Z"],
    ["now/d", "2026-11-20T00:00:00.000Z"],
    ["now/w", "2026-11-16T00:00:00.000Z"],
    ["now-1d/d", "2026-11-19T00:00:00.000Z"],
    ["now/M", "2026-11-01T00:00:00.000Z"],
    ["1795184800000", "2026-11-20T14:26:40.000Z"],
    ["2026-11-20T14:00:00Z", "2026-11-20T14:00:00.000Z"],
  ])("%s is %s", (text, iso) => expect(at(text)).toBe(iso));

  it("rounds up as an end, in the zone of the page", () => {
    expect(at("now-1d/d", "to")).toBe("2026-11-19T23:59:59.999Z");
    expect(at("now/d", "from", "Europe/Moscow")).toBe("2026-11-19T21:00:00.000Z");
    expect(at("now/d", "from", "No/Such_Zone")).not.toBeNull();
  });

  it("keeps the hour of the day across a change of clocks", () => {
    const monday = Date.parse("2026-03-30T10:00:00Z"); // noon in Berlin, the day after the change
    expect(resolveTime("now-2d", monday, "Europe/Berlin", "from")).toBe(Date.parse("2026-03-28T11:00:00Z"));
  });

  it.each(["", "tomorrow", "now-", "now-5", "now-5x", "12", "2026-99-99", "now-1h'"])("%s is no time", (text) => {
    expect(at(text)).toBeNull();
  });

  it("falls back to the last hour for a range that means none", () => {
    const hour = { fromMs: NOW - 3_600_000, toMs: NOW };
    expect(resolveRange({ from: "x", to: "now" }, NOW, "utc")).toEqual(hour);
    expect(resolveRange({ from: "now", to: "now-1h" }, NOW, "utc")).toEqual(hour);
    expect(resolveRange({ from: "now-5m", to: "now" }, NOW, "utc")).toEqual({ fromMs: NOW - 300_000, toMs: NOW });
  });

  it("zooms out about the middle and never moves beyond now", () => {
    const hour = { fromMs: NOW - 3_600_000, toMs: NOW };
    expect(zoomedOut(hour, NOW)).toEqual({ fromMs: NOW - 7_200_000, toMs: NOW });
    const past = { fromMs: 1_000_000, toMs: 2_000_000 };
    expect(zoomedOut(past, NOW)).toEqual({ fromMs: 500_000, toMs: 2_500_000 });
    expect(movedBy(past, -1, NOW)).toEqual({ fromMs: 500_000, toMs: 1_500_000 });
    expect(movedBy(hour, 1, NOW)).toEqual(hour);
  });

  it("reads and writes lengths of time", () => {
    expect(["15s", "1m30s", "2h", "250ms", "30"].map(durationMs)).toEqual([15_000, 90_000, 7_200_000, 250, 30_000]);
    expect(["", "5x", "m5", "5m x"].map(durationMs)).toEqual([null, null, null, null]);
    expect([15_000, 90_000, 7_200_000, 250, 86_400_000].map(durationText)).toEqual(["15s", "1m30s", "2h", "250ms", "1d"]);
    expect(lastSpan({ from: "now-6h", to: "now" })).toBe("6h");
    expect(lastSpan({ from: "now-6h", to: "now-1h" })).toBeNull();
  });
});
