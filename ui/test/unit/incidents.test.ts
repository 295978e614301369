import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/api/types";
import { incidentsOf, spoken } from "../../src/now/incidents";

const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id,
  name: "StreamOffline",
  state: "firing",
  since: "2026-11-20T14:00:00Z",
  firedAt: null,
  resolvedAt: null,
  severity: "critical",
  summary: id,
  cause: null,
  stream: null,
  site: null,
  labels: {},
  annotations: {},
  turn: null,
  pictures: 1,
  ...more,
});

describe("incidents", () => {
  it("are one per picture, led by the alert about the picture, since the first of them", () => {
    const { firing } = incidentsOf([
      alert("stage", { stream: "cam-1", labels: { stage: "package" }, since: "2026-11-20T13:59:00Z" }),
      alert("maybe", { stream: "cam-1", state: "pending", since: "2026-11-20T13:58:00Z" }),
      alert("picture", { stream: "cam-1" }),
      alert("other", { stream: "cam-2", since: "2026-11-20T13:00:00Z" }),
    ], []);
    expect(firing.map((one) => [one.lead.id, one.also.map((other) => other.id), one.since])).toEqual([
      ["picture", ["stage", "maybe"], "2026-11-20T13:58:00Z"],
      ["other", [], "2026-11-20T13:00:00Z"],
    ]);
  });

  it("come with most pictures first, the pending after, the resolved newest first", () => {
    const { firing, pending, resolved } = incidentsOf([
      alert("one"),
      alert("site", { pictures: 14, since: "2026-11-20T10:00:00Z" }),
      alert("unsure", { state: "pending" }),
      alert("old", { state: "resolved", resolvedAt: "2026-11-20T11:00:00Z" }),
      alert("new", { state: "resolved", resolvedAt: "2026-11-20T12:00:00Z" }),
    ], []);
    expect(firing.map((one) => one.lead.id)).toEqual(["site", "one"]);
    expect(pending.map((one) => one.lead.id)).toEqual(["unsure"]);
    expect(resolved.map((one) => one.id)).toEqual(["new", "old"]);
  });

  it("end when their picture has turned fine since, and not when it was fine all along", () => {
    const alerts = [alert("frozen", { stream: "cam-1" }), alert("stage", { stream: "cam-2" }), alert("black", { stream: "cam-3" })];
    const { firing, ending } = incidentsOf(alerts, [
      { id: "cam-1", group: "fine", since: "2026-11-20T14:00:30Z" },
      { id: "cam-2", group: "fine", since: "2026-11-20T13:00:00Z" },
      { id: "cam-3", group: "broken", since: "2026-11-20T14:00:30Z" },
    ]);
    expect(ending.map((one) => one.lead.id)).toEqual(["frozen"]);
    expect(firing.map((one) => one.lead.id).sort()).toEqual(["black", "stage"]);
  });

  it("name the camera as people do, as a whole word only", () => {
    const gate = { id: "cam-1", name: "Gate $& north" };
    expect(spoken("cam-1 is frozen", gate)).toBe("Gate $& north is frozen");
    expect(spoken("package of cam-1, is down", gate)).toBe("package of Gate $& north, is down");
    expect(spoken("cam-11 is frozen", gate)).toBe("cam-11 is frozen");
    expect(spoken("cam-1 is frozen", null)).toBe("cam-1 is frozen");
  });
});
