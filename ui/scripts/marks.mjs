// Prints how fast the pages are in Chromium, against the marks they must hold; fails above one with --strict.
// Made answers (test/fixture): what is measured is the page, not the store. `./bench ui` calls this.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { startFixture } from "../test/fixture/server.mjs";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const runs = Number(process.env.RUNS ?? 5);
const marks = []; // value undefined: nothing was seen to measure
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const mark = (name, value, most, unit) => marks.push({ name, value, most, unit });

function firstLoad() {
  const out = fileURLToPath(new URL("../target/classes/ui", import.meta.url));
  const html = readFileSync(join(out, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1]);
  const gzip = (file) => gzipSync(readFileSync(join(out, file))).length;
  const boards = readdirSync(join(out, "assets")).filter((file) => /^(DashboardsPage|uPlot|Plot|TimeChart).*\.js$/.test(file)).map((file) => `assets/${file}`);
  mark("script of the first load, gzip", named.reduce((sum, file) => sum + gzip(file), 0) / 1000, 300, "kB");
  mark("script of a board besides, gzip", boards.reduce((sum, file) => sum + gzip(file), 0) / 1000, 300, "kB");
}

const sixPanels = {
  uid: "marks",
  title: "Marks",
  schemaVersion: 41,
  time: { from: "now-6h", to: "now" },
  panels: Array.from({ length: 6 }, (_, at) => ({
    id: at + 1,
    type: "timeseries",
    title: `Panel ${at + 1}`,
    gridPos: { x: (at % 3) * 8, y: Math.floor(at / 3) * 9, w: 8, h: 9 },
    targets: [{ refId: "A", expr: `sum by (stream_id) (rate(metric_${at}[$__rate_interval]))`, legendFormat: "{{stream_id}}" }],
    fieldConfig: { defaults: { unit: "short", custom: {} }, overrides: [] },
  })),
};
const onePanel = (points) => ({
  ...sixPanels,
  uid: "marks50",
  panels: [{ ...sixPanels.panels[0], gridPos: { x: 0, y: 0, w: 24, h: 20 }, maxDataPoints: points, interval: "15s", targets: [{ refId: "A", expr: "metric", legendFormat: "{{instance}}" }] }],
});

/** From the navigation to the moment at which all charts have been drawn. */
async function drawn(page, url, panels) {
  await page.goto(url);
  const done = await page.waitForFunction(
    (many) => {
      const busy = document.querySelectorAll(".board-panel[aria-busy=true]").length;
      return document.querySelectorAll(".uplot canvas").length >= many && busy === 0 ? performance.now() : 0;
    },
    panels,
    { timeout: 60_000, polling: "raf" },
  );
  return done.jsonValue();
}

async function main() {
  firstLoad();
  const fixture = await startFixture({ state: "fine" });
  fixture.control.boards.save("marks", { dashboard: sixPanels, message: "", folder: "" }, "*");
  fixture.control.boards.save("marks50", { dashboard: onePanel(1_440), message: "", folder: "" }, "*");
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const cold = [];
  const warm = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, timezoneId: "UTC" });
    const page = await context.newPage();
    cold.push(await drawn(page, `${fixture.url}/d/marks`, 6));
    warm.push(await drawn(page, `${fixture.url}/d/marks`, 6));
    await context.close();
  }
  mark("six panels over 6 h first drawn, cold", median(cold), 1_200, "ms");
  mark("six panels over 6 h first drawn, warm", median(warm), 400, "ms");
  await redraw(browser, fixture);
  await browser.close();
  await fixture.close();
  print();
}

/** 50 series x 1,440 points: a refresh of the whole panel, and uPlot's own drawing within it. */
async function redraw(browser, fixture) {
  fixture.control.series = 50;
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, timezoneId: "UTC" })).newPage();
  await drawn(page, `${fixture.url}/d/marks50?from=now-6h&to=now`, 1);
  await page.evaluate(() => {
    globalThis.seen = { answers: [], redraws: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.entryType === "measure" && entry.name === "framewatch:redraw") globalThis.seen.redraws.push([entry.startTime, entry.duration]);
        if (entry.name.endsWith("query_range")) globalThis.seen.answers.push(entry.responseEnd);
      }
    }).observe({ entryTypes: ["measure", "resource"] });
  });
  for (let run = 1; run <= runs; run++) {
    await page.keyboard.press("r");
    await page.waitForFunction((many) => globalThis.seen.answers.length >= many && document.querySelectorAll(".board-panel[aria-busy=true]").length === 0, run, { timeout: 60_000 });
    await page.waitForTimeout(4_000); // longer than answers are shared
  }
  const { answers, redraws } = await page.evaluate(() => globalThis.seen);
  // On a busy machine a redraw may come late, so each answer is paired with the first drawing after it.
  const drawings = redraws.filter(([, took]) => took > 0.5);
  const whole = answers.flatMap((at) => {
    const next = drawings.find(([start]) => start >= at);
    return next === undefined ? [] : [next[0] + next[1] - at];
  });
  mark("50 series x 1,440 points, from answer to redrawn", median(whole), 130, "ms");
  mark("50 series x 1,440 points, uPlot alone", median(drawings.map(([, took]) => took)), 20, "ms");
}

function print() {
  const width = Math.max(...marks.map(({ name }) => name.length));
  for (const { name, value, most, unit } of marks) {
    if (value === undefined) console.log(`${name.padEnd(width)}  not measured`);
    else console.log(`${name.padEnd(width)}  ${value.toFixed(1).padStart(8)} ${unit.padEnd(2)}  at most ${most}  ${value <= most ? "ok" : "ABOVE"}`);
  }
  if (process.argv.includes("--strict") && marks.some(({ value, most }) => !(value <= most))) process.exit(1);
}

await main();
