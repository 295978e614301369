import { expect, it } from "vitest";
import { traceIdOf } from "../fixture/signals.mjs";
import { inChromium, type Look } from "./browser";

const TRACE = `/trace/${traceIdOf(11)}`;
const WINDOW = "from=1795184000000&to=1795185000000";

inChromium("logs and traces in Chromium", {}, (at) => {
  const open = async (path: string, look: Look = {}) => {
    await at.begin(look);
    await at.visit.page.goto(at.fixture.url + path);
    await at.visit.page.locator(".log-list li, .wf li, .span-table tr, .empty, .error, .verdict").first().waitFor();
    await at.visit.page.evaluate(() => document.fonts.ready.then(() => undefined));
    return at.visit.page;
  };

  const looks: [string, Look][] = [
    ["dark", { theme: "dark" }],
    ["light", { theme: "light" }],
    ["dark-phone", { theme: "dark", size: "phone" }],
    ["light-phone-ru", { theme: "light", size: "phone", language: "ru" }],
  ];
  const places: [string, string][] = [
    ["logs", `/logs?${WINDOW}`],
    ["traces", `/traces?${WINDOW}`],
    ["trace", TRACE],
    ["trace-table", `${TRACE}?view=table`],
  ];
  const pictured = places.flatMap(([name, path]) => looks.map(([lookName, look]) => ({ name, path, lookName, look })));

  it.each(pictured)("draws $name in $lookName", async ({ name, path, lookName, look }) => {
    await open(path, look);
    await at.visit.shoot(`${name}-${lookName}`);
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it("leads from a broken segment to its logs, and from a line to its trace and back", async () => {
    at.fixture.control.state = "frozen";
    const page = await open("/");
    await at.visit.shoot("now-segments-dark");
    expect(await page.locator(".seg-list li .st").first().innerText()).toContain("Frozen");
    expect(await page.locator(".seg-cell.broken").count()).toBeGreaterThan(3);
    await page.locator(".seg-list li").first().getByRole("link", { name: /^Logs of segment/ }).click();
    await page.waitForURL(/\/logs\?query=.*trace_id/);
    const line = page.locator(".log-line").first();
    expect(await line.innerText()).toContain("segment is frozen");
    await line.click();
    await page.waitForURL(/line=/);
    await page.getByRole("link", { name: /^Open trace/ }).first().click();
    await page.waitForURL(new RegExp(`/trace/${traceIdOf(11)}`));
    await page.locator(".wf li").first().waitFor();
    expect(await page.locator("h1").innerText()).toBe("cam-1 1-00000041.ts");
    expect(await page.locator(".wf-row").count()).toBe(12);
    expect(await page.locator(".span-error").innerText()).toContain("frozen");
    await page.getByRole("link", { name: "Logs of this trace" }).click();
    await page.waitForURL(/\/logs\?query=/);
    expect(decodeURIComponent(page.url().replaceAll("+", " "))).toContain(`trace_id="${traceIdOf(11)}"`);
    expect(at.visit.complaints).toEqual([]);
  });

  it("leads from a broken segment to its trace in one step", async () => {
    at.fixture.control.state = "black";
    const page = await open("/");
    await page.locator(".seg-list li").first().getByRole("link", { name: /^Trace of segment/ }).click();
    await page.locator(".wf li").first().waitFor();
    expect(page.url()).toContain(TRACE);
    expect(await page.locator(".wf-row[aria-pressed=true]").innerText()).toContain("probe segment");
    await page.goBack();
    await page.locator(".verdict").waitFor();
  });

  it("moves through spans by keys, and the address keeps the selected one", async () => {
    const page = await open(TRACE);
    await page.locator(".wf-row[aria-pressed=true]").focus();
    await page.keyboard.press("Home");
    await page.waitForURL(/span=0{14}10/);
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".span-details h2").innerText()).toContain("ingest");
    await page.reload();
    await page.locator(".wf li").first().waitFor();
    expect(await page.locator(".span-details h2").innerText()).toContain("ingest");
    await page.getByRole("button", { name: "Table" }).click();
    await page.waitForURL(/view=table/);
    expect(await page.locator(".span-table tbody tr").count()).toBe(12);
    expect(await page.locator(".span-table tr.on").innerText()).toContain("ingest");
  });

  it("draws bars where the spans lie in time", async () => {
    const page = await open(TRACE);
    const [track, bar] = await page.evaluate(() => {
      const row = document.querySelector('[data-span="0000000000000010"] .wf-track')?.getBoundingClientRect();
      const span = document.querySelector('[data-span="0000000000000010"] .wf-span')?.getBoundingClientRect();
      return [row, span];
    });
    expect((bar?.width ?? 0) / (track?.width ?? 1)).toBeCloseTo(2_000 / 3_218.2, 2);
    expect((bar?.left ?? 0) - (track?.left ?? 0)).toBeLessThan(1);
  });

  it("holds a thousand lines with few in the page, and moves through them by keys", async () => {
    const page = await open(`/logs?${WINDOW}`);
    expect(await page.locator(".log-bar").innerText()).toContain("newest 1,000 lines");
    expect(await page.locator(".log-list li").count()).toBeLessThan(80);
    await page.locator(".log-line").first().focus();
    await page.keyboard.press("End");
    await page.locator('.log-line[data-row="999"]').waitFor();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset["row"])).toBe("999");
    await page.keyboard.press("Enter");
    await page.waitForURL(/line=/);
    expect(await page.locator(".log-open").innerText()).toContain("trace_id");
    await at.visit.shoot("logs-opened-dark");
    expect(await at.visit.axe()).toEqual([]);
    await page.getByRole("button", { name: "only lines with level = info" }).click();
    await page.waitForURL(/level%3D%22info%22/);
    expect(at.fixture.control.asked.some((one) => decodeURIComponent(one.path).includes('| level="info"'.replaceAll(" ", "+")))).toBe(true);
  });

  it("asks what the reader writes, by words and levels, and follows", async () => {
    const page = await open(`/logs?${WINDOW}`);
    await page.keyboard.press("/");
    await page.keyboard.press("Control+a");
    await page.keyboard.type('{stream_id="cam-1"}');
    await page.getByLabel("Contains").fill("frozen");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=frozen/);
    await page.getByRole("button", { name: "error", exact: true }).click();
    await page.waitForURL(/level=error/);
    const asked = () => at.fixture.control.asked.map((one) => decodeURIComponent(one.path.replaceAll("+", " ")));
    await expect.poll(() => asked().some((path) => path.includes('{stream_id="cam-1"} |= "frozen" | level=~"error|'))).toBe(true);
    await page.getByRole("button", { name: /Follow new lines/ }).click();
    await page.waitForURL(/refresh=5s/);
    at.fixture.control.asked.length = 0;
    await expect.poll(() => asked().length, { timeout: 60_000 }).toBeGreaterThan(1);
  });

  it("looks closer where a bar is pressed", async () => {
    const page = await open(`/logs?${WINDOW}`);
    await page.locator(".bar-slot").nth(30).click();
    await page.waitForURL((url) => Number(url.searchParams.get("to")) - Number(url.searchParams.get("from")) < 30_000);
  });

  it("opens a trace by its id, and says when an id is none", async () => {
    const page = await open(`/traces?${WINDOW}`);
    await page.getByLabel("Open a trace by its id").fill("nonsense");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("A trace id has 1 to 32 digits").waitFor();
    await page.getByLabel("Open a trace by its id").fill(traceIdOf(3));
    await page.keyboard.press("Enter");
    await page.locator(".wf li").first().waitFor();
    expect(page.url()).toContain(traceIdOf(3));
  });

  it.each(["/logs", "/traces", "/trace/abc", "/trace/%3Cscript%3E"])("says what to do when there is nothing: %s", async (path) => {
    at.fixture.control.signals = "empty";
    const page = await open(path);
    await at.visit.shoot(`empty${path.replace(/\W+/g, "-")}-dark`);
    expect(await page.locator(".empty").innerText()).toMatch(/No line matches|No span has arrived|No span of this trace|A trace id has/);
    expect(await at.visit.axe()).toEqual([]);
  });

  it.each(["/logs", "/traces", TRACE])("says who acts when the answer is a fault: %s", async (path) => {
    at.fixture.control.signals = "fail";
    const page = await open(path);
    expect(await page.locator(".error").innerText()).toContain("The store is not open yet. Wait a minute.");
    await at.visit.retry(() => (at.fixture.control.signals = "full"));
    await page.locator(".error").waitFor({ state: "detached" });
  });

  it("shows what is wrong with a question in Loki's words", async () => {
    at.fixture.control.signals = "refuse";
    const page = await open("/logs?query=%7Ba%3D");
    expect(await page.locator(".error").innerText()).toContain("parse error at line 1, col 12");
    expect(await page.locator(".error").innerText()).toContain("Your turn");
    await at.visit.shoot("logs-refused-dark");
  });

  it("keeps hostile text as text, on both sizes", async () => {
    at.fixture.control.state = "hostile";
    for (const size of ["desk", "phone"] as const) {
      for (const path of [`/logs?${WINDOW}`, `/logs?${WINDOW}&line=1795184383218000000-0`, TRACE, `${TRACE}?view=table`, `/traces?${WINDOW}`, "/"]) {
        const page = await open(path, { size });
        await at.visit.shoot(`hostile-signals-${size}${path.replace(/\W+/g, "-").slice(0, 24)}`);
        expect(await page.title()).not.toBe("owned");
        expect(await page.locator("img[src=x]").count()).toBe(0);
        expect(await at.visit.overflow()).toBe(0);
        await at.visit.end();
      }
    }
    await at.begin();
  });

  it("tells an alert that outlives its picture's trouble as no incident", async () => {
    at.fixture.control.state = "recovered";
    const page = await open("/");
    await at.visit.shoot("now-recovered-dark");
    expect(await page.locator("#incidents").innerText()).toContain("No picture has an open incident.");
    expect(await page.locator("#incidents").innerText()).toContain("Fine again");
    expect(await page.locator(".big.broken").count()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
  });
});
