import { describe, expect, it } from "vitest";
import { boardFiles, conformance } from "../fixture/boards.mjs";
import { questionsOf } from "../../src/dash/data/panel";
import { OWN_SOURCES } from "../../src/dash/data/sources";
import type { Value } from "../../src/dash/data/interpolate";
import { referenced } from "../../src/dash/data/interpolate";
import { knownUnit } from "../../src/dash/field/units";
import { reducerOf } from "../../src/dash/field/reduce";
import { layOut } from "../../src/dash/model/layout";
import { object, text, texts } from "../../src/dash/model/json";
import { everyPanel, readDashboard } from "../../src/dash/model/read";
import type { Json } from "../../src/dash/model/types";
import { knownTransform } from "../../src/dash/transform";
import { panelType } from "../../src/dash/support";
import { editable, changes } from "../../src/dash/edit/raw";

const boards = boardFiles();
if (conformance() === null) process.stderr.write("Corpus of other projects' boards skipped: ../shared/conformance is missing\n");

const MATCHERS = ["byName", "byNames", "byRegexp", "byType", "byTypes", "byFrameRefID", "byValue", "numeric", "time"];

describe.each(boards.map(({ file, json }) => ({ name: file.split("/").at(-1) ?? file, json: json as unknown as Json })))("$name", ({ json }) => {
  const board = readDashboard(json);
  const panels = everyPanel(board.panels).filter(({ type }) => type !== "row");
  const values = Object.fromEntries(board.variables.map(({ name, type }): [string, Value] => [name, { values: [type === "datasource" ? "framewatch" : type === "interval" ? "1m" : "a.b"], text: "a.b", all: false, verbatim: false, multi: true }]));

  it("has panels, all of kinds that are drawn", () => {
    expect(panels.length).toBeGreaterThan(0);
    expect(panels.filter((panel) => panelType(panel) === null).map(({ type }) => type)).toEqual([]);
  });

  it("names only units, calculations, transformations and matchers that are known", () => {
    const units = panels.flatMap(({ defaults, overrides }) => [defaults.unit, ...overrides.flatMap(({ properties }) => properties.filter(({ id }) => id === "unit").map(({ value }) => text(value)))]);
    expect(units.filter((unit) => !knownUnit(unit))).toEqual([]);
    const calcs = panels.flatMap(({ options }) => [...texts(object(options["legend"])["calcs"]), ...texts(object(options["reduceOptions"])["calcs"])]);
    expect(calcs.filter((calc) => reducerOf(calc) === undefined)).toEqual([]);
    expect(panels.flatMap(({ transformations }) => transformations.map(({ id }) => id)).filter((id) => !knownTransform(id))).toEqual([]);
    expect(panels.flatMap(({ overrides }) => overrides.map(({ matcher }) => matcher.id)).filter((id) => !MATCHERS.includes(id))).toEqual([]);
    expect(board.variables.filter(({ type }) => type === "unsupported").map(({ name }) => name)).toEqual([]);
  });

  it("asks questions without a variable left in them", () => {
    const circumstances = { fromMs: 1_795_000_000_000, toMs: 1_795_021_600_000, widthPx: 600, values, filters: [], sources: OWN_SOURCES, targetsOf: () => null };
    for (const panel of panels) {
      const questions = questionsOf(panel, circumstances);
      expect(questions.length, panel.title).toBe(panel.targets.filter(({ hide, expr }) => !hide && expr !== "").length);
      for (const { expr, stepMs, startMs, endMs } of questions) {
        expect(referenced(expr).filter((name) => !/^\d+$/.test(name)), expr).toEqual([]);
        expect((endMs - startMs) / stepMs).toBeLessThanOrEqual(11_000);
      }
    }
  });

  it("lies on its grid without overlaps and survives editing unchanged", () => {
    const placed = layOut(board.panels, () => [], () => true);
    for (const a of placed) {
      for (const b of placed) {
        const apart = a === b || a.grid.x + a.grid.w <= b.grid.x || b.grid.x + b.grid.w <= a.grid.x || a.grid.y + a.grid.h <= b.grid.y || b.grid.y + b.grid.h <= a.grid.y;
        expect(apart, `${a.panel.title} and ${b.panel.title}`).toBe(true);
      }
    }
    const edited = editable(board.raw);
    expect(everyPanel(readDashboard(edited).panels).length).toBe(everyPanel(board.panels).length);
    expect(changes(editable(edited), edited)).toEqual([]);
  });
});
