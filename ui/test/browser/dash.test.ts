import { expect, it } from "vitest";
import { boardFiles } from "../fixture/boards.mjs";
import { inChromium, type Look } from "./browser";

inChromium("boards in Chromium", { state: "many" }, (at) => {
  const open = async (path: string, look: Look = {}) => {
    await at.begin(look);
    await at.visit.open(at.fixture.url + path);
    return at.visit.page;
  };
  const settled = async () => {
    await at.visit.page.waitForFunction(() => document.querySelectorAll(".board-panel").length > 0 && document.querySelectorAll(".board-panel[aria-busy=true]").length === 0);
  };

  const looks: [string, Look][] = [
    ["dark", {}],
    ["light", { theme: "light" }],
    ["dark-phone", { size: "phone" }],
    ["light-phone", { theme: "light", size: "phone" }],
  ];
  it.each(looks.flatMap(([name, look]) => ["framewatch-live", "gpu-processing"].map((uid) => ({ uid, name, look }))))("draws $uid in $name", async ({ uid, name, look }) => {
    await open(`/d/${uid}?refresh=off`, look);
    await settled();
    await at.visit.shoot(`board-${uid}-${name}`);
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it.each(boardFiles().map(({ json }) => ({ uid: String(json["uid"]), title: String(json["title"]) })))("draws $title whole, with no tile that is not supported", async ({ uid, title }) => {
    const page = await open(`/d/${uid}?refresh=off`);
    await settled();
    for (let top = 0; top < (await page.evaluate(() => document.documentElement.scrollHeight)); top += 900) {
      await page.evaluate((to) => scrollTo(0, to), top);
      await settled();
    }
    expect(await page.locator(".crumb-text").textContent()).toBe(title);
    expect(await page.locator(".unsupported, .panel-error").count()).toBe(0);
    expect(at.visit.complaints).toEqual([]);
  });

  it.each([1_000, 1_440, 1_920])("asks for each panel once at a width of %i px", async (width) => {
    await at.begin({});
    await at.visit.page.setViewportSize({ width, height: 1_000 });
    const panels = Array.from({ length: 6 }, (_, n) => ({
      id: n + 1,
      type: "timeseries",
      title: `Panel ${n + 1}`,
      gridPos: { x: (n % 3) * 8, y: Math.floor(n / 3) * 9, w: 8, h: 9 },
      targets: [{ refId: "A", expr: `sum by (stream_id) (rate(metric_${n}[$__rate_interval]))` }],
    }));
    at.fixture.control.boards.save("once", { dashboard: { uid: "once", title: "Once", schemaVersion: 41, time: { from: "now-6h", to: "now" }, panels }, message: "", folder: "" }, "*");
    const before = at.fixture.control.asked.length;
    await at.visit.open(`${at.fixture.url}/d/once`);
    await settled();
    const asked = at.fixture.control.asked.slice(before).filter(({ path }) => path.endsWith("query_range"));
    expect(asked.map(({ body }) => /metric_\d/.exec(body)?.[0]).sort()).toEqual(panels.map((_, n) => `metric_${n}`));
    expect(await at.visit.page.locator(".uplot canvas").count()).toBe(6);
    expect(at.visit.complaints).toEqual([]);
  });

  it("lists boards by folder, searches them, and opens one without loading the page anew", async () => {
    const page = await open("/dashboards");
    await page.getByRole("link", { name: /Live streams/ }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("gpu");
    await page.waitForURL(/q=gpu/);
    expect(await page.locator(".boards .board-title").first().textContent()).toContain("GPU");
    expect(await at.visit.axe()).toEqual([]);
    await page.evaluate(() => Object.assign(globalThis, { same: true }));
    await page.getByRole("link", { name: /GPU Processing/ }).click();
    await settled();
    expect(await page.evaluate(() => "same" in globalThis)).toBe(true);
  });

  it("zooms by dragging, out by z, and moves by Shift and arrows; the address says all", async () => {
    const page = await open("/d/framewatch-live?refresh=off&from=1795184800000&to=1795188400000");
    await settled();
    const over = page.locator(".u-over").first();
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    if (box === null) throw new Error("no chart");
    await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 50, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL((url) => Number(url.searchParams.get("to")) < 1_795_188_000_000);
    const span = () => page.evaluate(() => ["from", "to"].map((name) => Number(new URLSearchParams(location.search).get(name))) as [number, number]);
    const [from, to] = await span();
    expect(to - from).toBeGreaterThan(1_700_000);
    expect(to - from).toBeLessThan(1_900_000);
    await page.keyboard.press("Shift+ArrowLeft");
    expect((await span())[0]).toBeLessThan(from);
    await page.keyboard.press("z");
    expect((await span())[1] - (await span())[0]).toBeGreaterThan(3_400_000);
    await page.goBack();
    await page.goBack();
    expect(await span()).toEqual([from, to]);
  });

  it("shares the cursor between charts and shows values beside it", async () => {
    const page = await open("/d/framewatch-live?refresh=off");
    await settled();
    await page.locator(".u-over").first().hover({ position: { x: 200, y: 60 } });
    await page.locator(".tooltip").waitFor();
    expect(await page.locator(".tooltip tr").count()).toBeGreaterThan(1);
    const cursors = await page.locator(".u-cursor-x:visible").evaluateAll((all) => all.map((one) => (one as HTMLElement).style.transform).filter((at) => at !== "" && !at.includes("-10px")));
    expect(cursors.length).toBeGreaterThan(1);
  });

  it("marks single measurements over lines and buckets, each leading to its trace", async () => {
    const target = (more: object) => [{ refId: "A", expr: "sum by (le) (rate(probe_segment_seconds_bucket[1m]))", legendFormat: "{{le}}", exemplar: true, ...more }];
    const panel = (id: number, type: string, targets: object[]) => ({ id, type, title: type, gridPos: { x: (id - 1) * 8, y: 0, w: 8, h: 10 }, targets, fieldConfig: { defaults: { unit: "s" }, overrides: [] } });
    const panels = [panel(1, "timeseries", target({})), panel(2, "heatmap", target({ format: "heatmap" })), panel(3, "timeseries", target({ exemplar: false }))];
    at.fixture.control.boards.save("dots", { dashboard: { uid: "dots", title: "Dots", schemaVersion: 41, panels }, message: "", folder: "" }, "*");
    const page = await open("/d/dots?refresh=off&from=1795181200000&to=1795184800000");
    await settled();
    for (const id of [1, 2]) {
      const dots = page.locator(`[data-panel='${id}'] .exemplar`);
      await expect.poll(() => dots.count()).toBe(4);
      expect(await page.locator(`[data-panel='${id}'] .exemplar[href]`).count()).toBe(3);
      const box = await page.locator(`[data-panel='${id}'] .panel-body`).boundingBox();
      for (const dot of await dots.all()) {
        const at = await dot.boundingBox();
        expect(at !== null && box !== null && at.x > box.x && at.x < box.x + box.width && at.y >= box.y - 4 && at.y < box.y + box.height).toBe(true);
      }
    }
    expect(await page.locator("[data-panel='3'] .exemplar").count()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-exemplars-dark");
    await page.locator("[data-panel='1']").getByRole("button", { name: /Menu of/ }).click();
    await page.getByRole("menuitem", { name: /^Trace of 2.1 s at/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("[data-panel='2'] .exemplar[href]").first().click();
    await page.waitForURL(/\/trace\//);
    await page.locator(".wf li").first().waitFor();
    expect(at.visit.complaints).toEqual([]);
  });

  it("shows any panel as a table and chooses variables by the address", async () => {
    const page = await open("/d/framewatch-live?refresh=off&var-stream=cam-2");
    await settled();
    await expect.poll(() => page.getByRole("button", { name: "Stream cam-2" }).count()).toBe(1);
    expect(at.fixture.control.asked.some(({ body }) => body.includes("stream_id%3D%7E%22cam-2%22"))).toBe(true);
    const panel = page.locator("[data-panel]", { hasText: "Bitrate" }).last();
    await panel.getByRole("button", { name: /Menu of/ }).click();
    await page.getByRole("menuitem", { name: "View as table" }).click();
    expect(await panel.locator("tbody tr").count()).toBeGreaterThan(20);
    expect(await at.visit.axe()).toEqual([]);
    await page.getByRole("button", { name: "Stream cam-2" }).click();
    await page.locator(".choices").getByRole("button", { name: "cam-3" }).click();
    await page.waitForURL(/var-stream=cam-2&var-stream=cam-3/);
  });

  it("hatches what was not measured, says why nothing is there, and names what a query did wrong", async () => {
    at.fixture.control.gap = true;
    await open("/d/framewatch-host?refresh=off");
    await settled();
    await at.visit.shoot("board-gap-dark");
    await at.visit.end();
    at.fixture.control.gap = false;
    at.fixture.control.empty = true;
    let page = await open("/d/framewatch-host?refresh=off");
    await settled();
    expect(await page.locator(".nothing").first().textContent()).toBe("No data");
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-empty-dark");
    await at.visit.end();
    at.fixture.control.empty = false;
    at.fixture.control.queryFail = 'parse error: unexpected <script>alert("x")</script>';
    page = await open("/d/framewatch-host?refresh=off");
    await settled();
    expect(await page.locator(".panel-error").first().innerText()).toContain('unexpected <script>alert("x")</script>');
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-error-dark");
  });

  it("keeps old data while new loads, and greys what is beyond twenty series", async () => {
    at.fixture.control.series = 60;
    const page = await open("/d/framewatch-host?refresh=off");
    await settled();
    await page.locator("[data-panel]", { hasText: "Load" }).last().scrollIntoViewIfNeeded();
    await expect.poll(() => page.getByText("host-1 1 min").count()).toBe(1);
    at.fixture.control.queryDelayMs = 4_000; // longer than a busy machine takes to draw
    await page.keyboard.press("r");
    await page.locator(".board-panel[aria-busy=true]").first().waitFor();
    expect(await page.locator(".u-over").count()).toBeGreaterThan(0);
    await settled();
  });

  it("draws a chart anew only when its answer is another", async () => {
    const page = await open("/d/framewatch-host?from=1795181200000&to=1795184800000&refresh=off");
    await settled();
    await page.evaluate(() => {
      const seen = { redraws: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => (seen.redraws += list.getEntries().filter(({ name }) => name === "framewatch:redraw").length)).observe({ entryTypes: ["measure"] });
    });
    const seen = () => page.evaluate(() => (globalThis as unknown as { seen: { redraws: number } }).seen.redraws);
    const refreshed = async () => {
      const before = at.fixture.control.asked.length;
      await page.keyboard.press("r");
      await expect.poll(() => at.fixture.control.asked.length).toBeGreaterThan(before);
      await settled();
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    };
    await refreshed(); // the same time is asked for, so the same comes
    const first = await seen();
    await refreshed();
    expect(await seen()).toBe(first);
    at.fixture.control.gap = true;
    await refreshed();
    await expect.poll(seen).toBeGreaterThan(first);
  });

  it("keeps what is there when a refresh fails, says so, and takes the error away with the next answer", async () => {
    const page = await open("/d/framewatch-host?refresh=off");
    await settled();
    const charts = await page.locator(".uplot").count();
    at.fixture.control.queryFail = "the engine is away";
    await page.keyboard.press("r");
    await page.locator(".panel-error.brief").first().waitFor();
    expect(await page.locator(".uplot").count()).toBe(charts);
    expect(await page.locator(".panel-error:not(.brief)").count()).toBe(0);
    at.fixture.control.queryFail = null;
    await page.keyboard.press("r");
    await expect.poll(() => page.locator(".panel-error").count()).toBe(0);
  });

  it("edits: adds a panel, changes its query and unit, moves it by keys, saves it, and tells what changed", async () => {
    const page = await open("/d/system-overview?refresh=off");
    await settled();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Add a panel" }).click();
    await page.getByRole("menuitem", { name: "timeseries" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("New one");
    await page.getByRole("textbox", { name: "Query A" }).fill("up");
    await page.getByRole("textbox", { name: "Query A" }).press("Control+Enter");
    await page.getByRole("combobox", { name: "Unit" }).fill("bytes");
    await settled();
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-edit-dark");
    await page.getByRole("button", { name: "Back to the board" }).click();
    await page.getByRole("button", { name: /^Move New one/ }).press("ArrowRight");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").getByText('"New one"').waitFor();
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-save-dark");
    await page.getByRole("dialog").getByRole("textbox").fill("why");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/\/d\/system-overview-/); // a shipped board is saved beside itself
    await page.locator("[data-panel]", { hasText: "New one" }).waitFor();
    await page.getByRole("button", { name: "Menu of the board" }).click();
    await page.getByRole("menuitem", { name: "Versions" }).click();
    await page.getByText("why").waitFor();
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it("changes a board's name, tags, time and variables in its settings, and saves it into a folder", async () => {
    const page = await open("/d/system-overview?refresh=off");
    await settled();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Settings" }).click();
    const fill = async (name: string, value: string) => {
      await page.getByRole("textbox", { name, exact: true }).last().fill(value);
      await page.getByRole("textbox", { name, exact: true }).last().press("Enter");
    };
    await fill("Title", "Edge hosts");
    await fill("Tags, parted by commas", "edge, samara, edge");
    await fill("Shows from", "now-3h");
    await page.getByRole("button", { name: "Add a variable" }).click();
    await fill("Name", "mountpoint"); // taken
    await page.getByRole("alert").waitFor();
    await fill("Name", "site");
    await page.getByRole("combobox", { name: "Type" }).last().selectOption("custom");
    await fill("Choices, parted by commas", "samara, kazan");
    await page.getByRole("checkbox", { name: "Several values" }).last().check();
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("board-settings-dark");
    await page.getByRole("button", { name: "Back to the board" }).click();
    await page.getByRole("button", { name: /site/ }).filter({ hasText: "samara" }).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").getByRole("combobox", { name: "Folder" }).fill("Edge");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/\/d\/edge-hosts-/);
    await page.getByRole("button", { name: /site/ }).filter({ hasText: "samara" }).waitFor();
    const saved = at.fixture.control.boards.read(new URL(page.url()).pathname.slice(3)) as { meta: { folder: string }; dashboard: { tags: string[]; time: { from: string }; templating: { list: unknown[] } } };
    expect(saved.meta.folder).toBe("Edge");
    expect(saved.dashboard.tags).toEqual(["edge", "samara"]);
    expect(saved.dashboard.time.from).toBe("now-3h");
    expect(saved.dashboard.templating.list.at(-1)).toMatchObject({ name: "site", type: "custom", query: "samara, kazan", multi: true });
    expect(at.visit.complaints).toEqual([]);
  });

  it("makes a board of JSON that is pasted", async () => {
    const page = await open("/dashboards/new");
    await page.getByRole("textbox", { name: "Or paste the JSON" }).fill('{"title":"Pasted","uid":"pasted","panels":[{"id":1,"type":"text","title":"One","options":{"content":"words"}}]}');
    await page.getByText("It holds 1 panel.").waitFor();
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/\/d\/pasted/);
    await page.getByText("words").waitFor();
  });

  it("finds anything by Ctrl+K", async () => {
    const page = await open("/dashboards");
    await page.getByRole("link", { name: /Live streams/ }).waitFor();
    await page.keyboard.press("Control+k");
    await page.locator(".palette input").fill("gpu pro");
    await page.getByRole("option", { name: /GPU Processing/ }).waitFor();
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("palette-dark");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/d\/gpu-processing/);
  });

  it("chooses a range in the picker, in the reader's words", async () => {
    const page = await open("/d/framewatch-host?refresh=off", { language: "ru" });
    await settled();
    await page.keyboard.press("t");
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("time-picker-ru-dark");
    await page.getByRole("textbox", { name: "С", exact: true }).fill("завтра");
    await page.getByRole("button", { name: "Показать" }).click();
    await page.getByText("Это не время").waitFor();
    await page.getByRole("button", { name: "Последние 15 мин" }).click();
    await page.waitForURL(/from=now-15m&to=now/);
  });
});
