import { describe, expect, it } from "vitest";
import type { Now, Stream } from "../../src/api/types";
import { inspected, siteRows, spansWithin } from "../../src/now/model";
import { step } from "../../src/now/PictureGrid";
import { ticks } from "../../src/now/HistoryStrip";
import { readView, writeView } from "../../src/app/view";

const stream = (id: string, site: string | null, group: Stream["group"], extra: Partial<Stream> = {}): Stream => ({
  id,
  name: `Camera ${id}`,
  site,
  camera: id,
  state: group === "fine" ? "LIVE" : group === "unknown" ? "UNKNOWN" : "FROZEN",
  group,
  since: null,
  cause: null,
  turn: null,
  lastSeen: null,
  chain: [],
  thumbnail: null,
  playlist: null,
  measures: null,
  history: [],
  ...extra,
});

const site = (id: string, worst: Stream["group"]) => ({
  id,
  name: `Site ${id}`,
  streams: [],
  line: null,
  worst,
  dataAgeSeconds: 1,
});

const now = (streams: Stream[], sites = [site("a", "degraded"), site("b", "broken"), site("z", "fine")]): Now => ({
  at: "2026-11-20T14:26:40Z",
  title: null,
  mode: "serve",
  finding: { worst: "fine", parts: [], support: null },
  counts: { total: streams.length, broken: 0, unknown: 0, degraded: 0, maintenance: 0, fine: 0 },
  dataAgeSeconds: 1,
  sites,
  streams,
  alerts: [],
  stages: [],
  changes: [],
  demo: null,
});

const all = { only: null, search: "" };
const word = (one: Stream) => one.state;

describe("rows of the picture grid", () => {
  const more = Array.from({ length: 9 }, (_, index) => stream(`z${index}`, "z", "fine"));
  const streams = [
    stream("a1", "a", "fine"),
    stream("a2", "a", "degraded"),
    stream("b1", "b", "fine"),
    stream("b2", "b", "broken"),
    ...more,
  ];
  const names = (rows: ReturnType<typeof siteRows>) =>
    rows.flatMap((row) => row.streams.map((one) => one.id)).filter((id) => !id.startsWith("z"));

  it("puts the worst site first and in it the worst picture", () => {
    expect(names(siteRows(now(streams), all, word))).toEqual(["b2", "b1", "a2", "a1"]);
  });

  it("keeps the places of a few pictures, and still inspects the worst", () => {
    const few = now(streams.slice(0, 4));
    const rows = siteRows(few, all, word);
    expect(names(rows)).toEqual(["a1", "a2", "b1", "b2"]);
    expect(inspected(few, null, rows)?.id).toBe("b2");
  });

  it("keeps pictures without a known site", () => {
    const rows = siteRows(now([stream("x", null, "unknown"), stream("y", "gone", "fine")]), all, word);
    expect(rows.flatMap((row) => row.streams.map((one) => one.id))).toEqual(["x", "y"]);
    expect(rows[0]?.site.worst).toBe("unknown");
  });

  it("narrows by state, and by name, site and word of state", () => {
    const ids = (view: Parameters<typeof siteRows>[1]) =>
      names(siteRows(now(streams), view, word));
    expect(ids({ only: "fine", search: "" })).toEqual(["b1", "a1"]);
    expect(ids({ only: null, search: "site B" })).toEqual(["b2", "b1"]);
    expect(ids({ only: null, search: "frozen" })).toEqual(["b2", "a2"]);
    expect(ids({ only: null, search: "nothing such" })).toEqual([]);
  });

  it("inspects the chosen picture, else the worst", () => {
    const page = now(streams);
    const rows = siteRows(page, all, word);
    expect(inspected(page, "a1", rows)?.id).toBe("a1");
    expect(inspected(page, "gone", rows)?.id).toBe("b2");
    expect(inspected(now([]), null, [])).toBeNull();
  });

  it("moves by keys within and between sites", () => {
    const rows = siteRows(now(streams), all, word);
    expect(step(rows, "b2", "ArrowRight")).toBe("b1");
    expect(step(rows, "b1", "ArrowRight")).toBe("a2");
    expect(step(rows, "a2", "ArrowLeft")).toBe("b1");
    expect(step(rows, "b1", "ArrowDown")).toBe("a1");
    expect(step(rows, "z0", "ArrowDown")).toBe("z0");
    expect(step(rows, "b1", "Home")).toBe("b2");
    expect(step(rows, "b2", "End")).toBe("b1");
    expect(step(rows, "b2", "x")).toBeNull();
    expect(step([], null, "End")).toBeNull();
  });
});

describe("history", () => {
  const at = (minute: number) => Date.UTC(2026, 10, 20, 14, minute);
  const iso = (minute: number) => new Date(at(minute)).toISOString();

  it("is cut to the window and leaves gaps open", () => {
    const one = stream("a", "a", "fine", {
      history: [
        { state: "LIVE", group: "fine", from: iso(0), to: iso(12) },
        { state: "FROZEN", group: "broken", from: iso(14), to: null },
        { state: "LIVE", group: "fine", from: iso(40), to: iso(41) },
      ],
    });
    expect(spansWithin(one, at(10), at(25))).toEqual([
      { state: "LIVE", group: "fine", fromMs: at(10), toMs: at(12) },
      { state: "FROZEN", group: "broken", fromMs: at(14), toMs: at(25) },
    ]);
  });

  it("has ticks at round minutes", () => {
    expect(ticks(at(11), at(26))).toEqual([at(15), at(20), at(25)]);
  });
});

describe("the address", () => {
  it("holds the whole view and survives a round trip", () => {
    const view = { stream: "cam 1&x", spanMinutes: 60, only: "broken", search: "nörd" } as const;
    expect(readView(writeView(view))).toEqual(view);
  });

  it("is short for the plain page and ignores what it does not know", () => {
    expect(writeView(readView(""))).toBe("");
    expect(readView("?span=7&only=purple")).toEqual({ stream: null, spanMinutes: null, only: null, search: "" });
  });
});
