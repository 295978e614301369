import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { traceIdOf } from "../fixture/signals.mjs";
import { inChromium, type Look } from "./browser";
import { compared, differences, Gallery } from "./golden";

/** When the made answers were made: the pages' clock stands still there. */
const NOW = Date.UTC(2026, 10, 20, 14, 26, 40);
const WINDOW = "from=1795181200000&to=1795184800000&refresh=off";

interface Scene {
  name: string;
  path: string;
  look: Look;
  state?: string;
  /** What is pressed when the page is there. */
  keys?: string;
  /** What is done when the page is there. */
  act?: (page: Page) => Promise<void>;
  ready: string;
  /** The answers of the pages about the server itself are made when asked: these pages keep the real clock. */
  ownClock?: boolean;
}

const light = { theme: "light" } as const;
const SCENES: Scene[] = [
  { name: "now-frozen-dark", path: "/", look: {}, state: "frozen", ready: ".tile img" },
  { name: "now-frozen-light-phone", path: "/", look: { ...light, size: "phone" }, state: "frozen", ready: ".tile img" },
  { name: "board-live-dark", path: `/d/framewatch-live?${WINDOW}`, look: {}, ready: ".legend" },
  { name: "board-live-light", path: `/d/framewatch-live?${WINDOW}`, look: light, ready: ".legend" },
  { name: "board-gpu-dark-phone", path: `/d/gpu-processing?${WINDOW}`, look: { size: "phone" }, ready: ".board-panel" },
  { name: "explore-graph-dark", path: `/explore?${WINDOW}&expr=up`, look: {}, ready: ".legend" },
  { name: "targets-light", path: "/targets", look: light, ready: ".op-finding.lead", ownClock: true },
  { name: "status-dark", path: "/status", look: {}, ready: ".op-finding.lead", ownClock: true },
  { name: "logs-light", path: `/logs?${WINDOW}`, look: light, ready: ".log-list li" },
  { name: "trace-dark", path: `/trace/${traceIdOf(11)}`, look: {}, ready: ".wf li" },
  { name: "cardinality-dark", path: "/cardinality?metric=probe_segment_bytes", look: {}, ready: ".cd-label", ownClock: true },
  { name: "users-light", path: "/users", look: light, ready: "tbody tr", ownClock: true },
  { name: "traces-light-phone", path: `/traces?${WINDOW}`, look: { ...light, size: "phone" }, ready: "tbody tr" },
  { name: "board-save-light", path: `/d/system-overview?${WINDOW}`, look: light, ready: ".board-panel", act: saveDialog },
  { name: "board-versions-dark", path: `/d/system-overview?${WINDOW}&view=versions`, look: {}, ready: ".board-head" },
  { name: "time-picker-ru-light", path: `/d/framewatch-host?${WINDOW}`, look: { ...light, language: "ru" }, keys: "t", ready: ".board-panel" },
];

/** A panel is doubled, so that the dialog has something to tell. */
async function saveDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.locator(".board-panel .head-button.menu").first().click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor();
}

inChromium("golden pictures in Chromium", {}, (at) => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await Gallery.open(at.browser());
  });
  afterAll(() => gallery.close());

  const shown = async ({ path, look, state, keys, act, ready, ownClock = false }: Scene) => {
    if (state !== undefined) at.fixture.control.state = state;
    await at.begin({ ...look, still: true });
    if (!ownClock) await at.visit.page.clock.setFixedTime(NOW);
    await at.visit.open(at.fixture.url + path);
    const { page } = at.visit;
    await page.locator(ready).first().waitFor();
    await page.locator(".tally i").first().waitFor(); // the feed comes a little later than a page that is not about it
    await page.waitForFunction(() => document.querySelectorAll("[aria-busy=true]").length === 0 && [...document.images].every(({ complete }) => complete));
    await act?.(page);
    if (keys !== undefined) await page.keyboard.press(keys);
    await page.mouse.move(0, 0);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    return page;
  };

  it.each(SCENES)("draws $name as before", async (scene) => {
    const page = await shown(scene);
    expect(await compared(gallery, scene.name, await page.screenshot())).toEqual([]);
  });

  it("tells that a legend is gone, that a panel has moved, that lines have faded, and that a colour is lost", async () => {
    const page = await shown(SCENES[2] as Scene);
    const tiles = async () => gallery.read(await gallery.tiled(await page.screenshot()));
    const before = await tiles();
    expect(differences(before, await tiles())).toEqual([]);
    const changed = async (selector: string, name: string, value: string) => {
      const one = await page.locator(selector).filter({ visible: true }).first().elementHandle();
      const set = (to: string) => one.evaluate((element, [property, given]) => (element as HTMLElement).style.setProperty(property, given), [name, to] as const);
      await set(value);
      const found = differences(before, await tiles());
      await set("");
      expect(differences(before, await tiles())).toEqual([]);
      return found;
    };
    expect(await changed(".legend", "visibility", "hidden")).toHaveLength(1);
    expect(await changed(".board-panel", "translate", "0 20px")).toHaveLength(1);
    expect(await changed(".plot canvas", "opacity", "0.3")).toHaveLength(1);
    expect(await changed(".states-lane i", "filter", "grayscale(1)")).toHaveLength(1);
  });
});
