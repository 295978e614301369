// Prints how fast the pages are in Chromium, against the marks they must hold; fails above one with --strict.
// By itself against made answers (test/fixture); with MARKS_URL against that server, as `./bench ui` does: it must have
// six hours of metric_0 to metric_5 by stream_id, and 50 series of metric by instance.
import { existsSync, readFileSync, readdirSync } from "node:fs";
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

const out = fileURLToPath(new URL("../target/classes/ui", import.meta.url));
const html = readFileSync(join(out, "index.html"), "utf8");
const first = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1]);
const gzipped = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file))).length, 0) / 1000;

/** What a board loads beside the first load, as the browser saw it. */
async function boardScripts(page) {
  const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.slice(1)));
  return names.filter((name) => name.endsWith(".js") && !first.includes(name));
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

/** The server to measure, with both boards saved on it. */
async function serverWithBoards() {
  const boards = [sixPanels, onePanel(1_440)];
  const url = process.env.MARKS_URL;
  if (url === undefined) {
    const fixture = await startFixture({ state: "fine" });
    for (const dashboard of boards) fixture.control.boards.save(dashboard.uid, { dashboard, message: "", folder: "" }, "*");
    return { url: fixture.url, many: () => (fixture.control.series = 50), close: fixture.close };
  }
  for (const dashboard of boards) {
    const headers = { "content-type": "application/json", "if-none-match": "*" };
    const answer = await fetch(`${url}/api/dashboards/${dashboard.uid}`, { method: "PUT", headers, body: JSON.stringify({ dashboard, message: "", folder: "" }) });
    if (!answer.ok && answer.status !== 412) throw new Error(`${url} did not take the board: ${answer.status} ${await answer.text()}`);
  }
  return { url, many: () => undefined, close: async () => undefined };
}

/** Processor time of a process and all it has started, ms; null where /proc does not tell. */
function processorMs(root) {
  if (!existsSync("/proc/self/stat")) return null;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const field = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(field[1]), ticks: Number(field[11]) + Number(field[12]) }];
    } catch {
      return []; // it ended meanwhile
    }
  });
  const family = new Set([root]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks * 10, 0);
}

const IDLE_MS = 30_000;

/** A board that refreshes every 5 s and that nobody touches. */
async function idle(browser, pid, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, timezoneId: "UTC" });
  const page = await context.newPage();
  await drawn(page, `${url}/d/marks?refresh=5s`, 6);
  await page.waitForTimeout(5_000);
  const before = processorMs(pid);
  const begun = performance.now();
  await page.waitForTimeout(IDLE_MS);
  const after = processorMs(pid);
  mark("six panels at 5 s refresh, nobody there, of a core", before === null ? undefined : (100 * (after - before)) / (performance.now() - begun), 5, "%");
  await context.close();
}

async function main() {
  mark("script of the first load, gzip", gzipped(first), 300, "kB");
  const fixture = await serverWithBoards();
  const running = await chromium.launchServer({ executablePath, args: FLAGS });
  const browser = await chromium.connect(running.wsEndpoint());
  const cold = [];
  const second = [];
  const warm = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, timezoneId: "UTC" });
    const page = await context.newPage();
    cold.push(await drawn(page, `${fixture.url}/d/marks`, 6));
    if (run === 0) mark("script of a board besides, gzip", gzipped(await boardScripts(page)), 300, "kB");
    // At the second visit the browser compiles the scripts whole and keeps that; from the third on it has them.
    second.push(await drawn(page, `${fixture.url}/d/marks`, 6));
    warm.push(await drawn(page, `${fixture.url}/d/marks`, 6));
    await context.close();
  }
  mark("six panels over 6 h first drawn, cold", median(cold), 1_200, "ms");
  mark("the same, second visit, which fills the browser's caches", median(second), 600, "ms");
  mark("six panels over 6 h first drawn, warm", median(warm), 400, "ms");
  await idle(browser, running.process().pid, fixture.url);
  await redraw(browser, fixture);
  await browser.close();
  await running.close();
  await fixture.close();
  print();
}

/** 50 series x 1,440 points: a refresh of the whole panel, and uPlot's own drawing within it. */
async function redraw(browser, fixture) {
  fixture.many();
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, timezoneId: "UTC" })).newPage();
  await drawn(page, `${fixture.url}/d/marks50?from=now-6h&to=now`, 1);
  await page.evaluate(() => {
    globalThis.seen = { answers: [], redraws: [], lastMs: performance.now() };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.entryType === "measure" || entry.name.endsWith("query_range")) globalThis.seen.lastMs = performance.now();
        if (entry.entryType === "measure" && entry.name === "framewatch:redraw") globalThis.seen.redraws.push([entry.startTime, entry.duration]);
        if (entry.name.endsWith("query_range")) globalThis.seen.answers.push(entry.responseEnd);
      }
    }).observe({ entryTypes: ["measure", "resource"] });
  });
  for (let run = 1; run <= runs; run++) {
    await quiet(page);
    await page.keyboard.press("r");
    await page.waitForFunction((many) => globalThis.seen.answers.length >= many && document.querySelectorAll(".board-panel[aria-busy=true]").length === 0, run, { timeout: 60_000 });
  }
  await quiet(page);
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

const QUIET_MS = 1_000;

/** No panel has asked or drawn for a while. */
async function quiet(page) {
  await page.waitForFunction((ms) => performance.now() - globalThis.seen.lastMs > ms, QUIET_MS, { timeout: 60_000, polling: 200 });
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
