import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Fixture } from "../fixture/server.mjs";
import { inChromium, type Look } from "./browser";

const WINDOW = "from=1795184800000&to=1795188400000";
const RATE = `expr=${encodeURIComponent("sum by (instance) (rate(http_requests_total[$__rate_interval]))")}`;

inChromium("Explore in Chromium", {}, (at) => {
  const open = async (query: string, look: Look = {}): Promise<Page> => {
    await at.begin(look);
    await at.visit.open(`${at.fixture.url}/explore?${WINDOW}&${query}`);
    await at.visit.page.locator(".code .cm-content").first().waitFor();
    await settled();
    return at.visit.page;
  };
  const settled = () => at.visit.page.locator('.results[aria-busy="false"]').waitFor();
  /** What is proposed while one types, or, where typing was quicker than the answers, when one asks for it. */
  const proposal = async (page: Page, text: string) => {
    const one = page.locator(".cm-tooltip-autocomplete li", { hasText: text });
    try {
      await one.waitFor({ timeout: 10_000 });
    } catch {
      await page.keyboard.press("Control+Space");
      await one.waitFor();
    }
    return one;
  };
  const asked = () => at.fixture.control.asked.map(({ path, body }) => `${path}?${decodeURIComponent(body.replaceAll("+", " "))}`);
  const content = (nth = 0) => at.visit.page.locator(".code .cm-content").nth(nth);

  const looks: [string, Look][] = [
    ["dark", {}],
    ["light", { theme: "light" }],
    ["dark-phone", { size: "phone" }],
    ["light-phone-ru", { theme: "light", size: "phone", language: "ru" }],
  ];
  const places: [string, string][] = [
    ["empty", ""],
    ["graph", `${RATE}&expr=up&legend=&legend=%7B%7Binstance%7D%7D`],
    ["table", `${RATE}&view=table`],
    ["plan", `${RATE}&view=plan`],
    ["metrics", `${RATE}&side=metrics`],
    ["history", `${RATE}&side=history`],
  ];
  it.each(places.flatMap(([name, query]) => looks.map(([lookName, look]) => ({ name, query, lookName, look }))))("draws $name in $lookName", async ({ name, query, lookName, look }) => {
    await open(query, look);
    await at.visit.shoot(`explore-${name}-${lookName}`);
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it("proposes names with type and help, labels and values; Enter takes one, and asks when nothing is left to take", async () => {
    const page = await open("");
    await page.keyboard.press("/");
    await page.keyboard.type("http_req");
    const proposals = page.locator(".cm-tooltip-autocomplete li");
    await proposals.first().waitFor();
    expect(await proposals.first().innerText()).toMatch(/http_requests_total\s*counter/);
    expect(await page.locator(".cm-completionInfo").innerText()).toBe("Requests answered.");
    await at.visit.shoot("explore-proposals-dark");
    expect(await at.visit.axe()).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await content().innerText()).toBe("http_requests_total");
    await page.keyboard.type("{inst");
    await (await proposal(page, "instance")).click();
    await page.keyboard.type('="');
    await (await proposal(page, "sam-gpu-01:9100")).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.waitForURL(/expr=http_requests_total%7Binstance%3D%22sam-gpu-01/);
    await page.locator(".u-over").waitFor();
    expect(asked().some((one) => one.includes("query_range") && one.includes('http_requests_total{instance="sam-gpu-01:9100"}'))).toBe(true);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("up");
    await page.locator(".cm-tooltip-autocomplete li[aria-selected=true]", { hasText: /^up/ }).waitFor();
    await page.keyboard.press("Enter"); // "up" stands there already: nothing to take
    await page.waitForURL(/expr=up(&|$)/);
  });

  it("tells signatures of functions, windows after a bracket, and help under the pointer", async () => {
    const page = await open("");
    await page.keyboard.press("/");
    await page.keyboard.type("sum(rat");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "(range vector) → instant vector" }).first().waitFor();
    await page.keyboard.type("e(up[");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "$__rate_interval" }).click();
    expect(await content().innerText()).toBe("sum(rate(up[$__rate_interval]))");
    await page.getByText("rate", { exact: true }).hover();
    await page.locator(".help").waitFor();
    expect(await page.locator(".help").innerText()).toContain("rate(range vector) → instant vector");
    await page.getByText("up", { exact: true }).hover();
    await page.locator(".help", { hasText: "Whether the last scrape of a target succeeded." }).waitFor();
    expect(await at.visit.axe()).toEqual([]);
  });

  it("underlines a mistake at its place with the mend, and says it under the query when it is run", async () => {
    const page = await open("");
    await page.keyboard.press("/");
    await page.keyboard.type("sum by (job) (rat(up");
    await page.keyboard.press("Escape");
    const wrong = page.locator(".cm-lintRange-error");
    await wrong.waitFor();
    expect(await wrong.innerText()).toBe("rat");
    await wrong.hover();
    await page.locator(".cm-diagnostic").waitFor();
    expect(await page.locator(".cm-diagnostic").innerText()).toBe('Unknown function with name "rat". Write "rate" if that is what you meant.');
    await at.visit.shoot("explore-mistake-dark");
    await page.getByRole("button", { name: "Run" }).click();
    await page.locator(".xfailure").waitFor();
    expect(await page.locator(".xfailure").innerText()).toContain('1:15: parse error: unknown function with name "rat".');
    expect(await page.locator(".xfailure").innerText()).toContain('Write "rate" if that is what you meant.');
    expect(await at.visit.axe()).toEqual([]);
  });

  it("adds, duplicates, turns off and removes queries; the address holds them, and back goes back", async () => {
    const page = await open("expr=up");
    await page.getByRole("button", { name: "Duplicate query A" }).click();
    await page.waitForURL(/expr=up&expr=up/);
    await page.getByRole("button", { name: "Turn query A off" }).click();
    await page.waitForURL(/off=A/);
    expect(await page.locator(".xquery").first().innerText()).toContain("Turned off");
    await page.getByRole("button", { name: "Add a query" }).click();
    expect(await page.locator(".xquery").count()).toBe(3);
    await page.getByRole("button", { name: "Remove query C" }).click();
    await page.locator(".xquery").first().getByLabel("Legend").fill("{{instance}}");
    await page.getByRole("button", { name: "Turn query A on" }).click();
    await page.waitForURL(/legend=%7B%7Binstance%7D%7D/);
    await settled();
    expect(await page.locator(".legend .series-name").first().innerText()).toBe("sam-gpu-01:9100");
    await page.goBack();
    await page.goBack();
    await page.waitForURL(/off=A/);
    await page.reload();
    await page.locator(".code .cm-content").first().waitFor();
    expect(await page.locator(".xquery.off").count()).toBe(1);
  });

  it("formats a query", async () => {
    const page = await open(`expr=${encodeURIComponent("sum( rate( up[5m] ) )")}`);
    await page.getByRole("button", { name: "Format query A" }).click();
    await expect.poll(() => content().innerText()).toBe("sum(rate(up[5m]))");
  });

  it("shows where each part was answered and what it cost", async () => {
    const page = await open("expr=up&view=plan");
    const rows = page.locator(".plan-table tbody tr");
    await rows.first().waitFor();
    expect(await rows.nth(1).innerText()).toMatch(/engine and memory.*220 of 241 steps by the engine.*the engine computed rate/s);
    expect(await rows.nth(2).innerText()).toContain("memory");
    expect(await page.locator(".plan-table .slowest").count()).toBe(1);
    expect(await page.locator(".sums").innerText()).toContain("96,000");
    await page.getByRole("button", { name: "the table" }).click();
    await page.waitForURL(/of=instant/);
    await expect.poll(() => asked().some((one) => /\/api\/v1\/query\?.*stats=all/.test(one))).toBe(true);
  });

  it("tells a warning as a warning and a note as a note", async () => {
    at.fixture.control.notes = true;
    const page = await open("expr=up");
    await page.locator(".xnotes li").first().waitFor();
    expect(await page.locator(".xnotes .warning").allInnerTexts()).toEqual(["Warning a warning of the engine"]);
    expect(await page.locator(".xnotes li:not(.warning)").allInnerTexts()).toEqual(["Note metric might not be a counter"]);
    await at.visit.shoot("explore-notes-dark");
    expect(await at.visit.axe()).toEqual([]);
  });

  it("stays alive with 10,000 series, and says what is left out", async () => {
    at.fixture.control.series = 10_000;
    const page = await open("expr=up");
    expect(await page.locator(".note").innerText()).toContain("1,000 of 10,000 series are drawn");
    expect(await page.locator(".legend tbody tr").count()).toBe(100);
    await at.visit.shoot("explore-10000-dark");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.locator(".data-table tbody tr").first().waitFor();
    expect(await page.locator(".note").innerText()).toContain("5,000 of 10,000 rows came");
    expect(await page.locator(".data-table tbody tr").count()).toBe(200);
    expect(await at.visit.axe()).toEqual([]);
  });

  it("keeps the old answer while a new one is on its way, and can cancel it", async () => {
    const page = await open("expr=up");
    await page.locator(".u-over").waitFor();
    at.fixture.control.queryDelayMs = 60_000;
    await page.keyboard.press("r");
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    expect(await page.locator(".u-over").count()).toBe(1);
    expect(await page.locator(".results-body.old").count()).toBe(1);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled. What is shown is of before.").waitFor();
    expect(await page.locator(".u-over").count()).toBe(1);
    at.fixture.control.queryDelayMs = 0;
    await page.keyboard.press("r");
    await page.getByText(/\d series, \d+ ms/).waitFor();
  });

  it.each<[string, Partial<Fixture["control"]>, RegExp]>([
    ["that refuses", { queryFail: "query processing would load too many samples" }, /The query was refused\..*too many samples/s],
    ["that fails", { fail: 500 }, /The source failed to answer\./],
    ["that is not there", { fail: "drop" }, /Framewatch does not answer\./],
  ])("says who acts when it asks a server %s, and keeps what it has", async (_, control, said) => {
    const page = await open("expr=up");
    await page.locator(".u-over").waitFor();
    Object.assign(at.fixture.control, control);
    await page.keyboard.press("r");
    await page.locator(".xfailure").waitFor();
    expect(await page.locator(".xfailure").innerText()).toMatch(said);
    expect(await page.locator(".xfailure").innerText()).toContain("What is shown is the last good answer.");
    expect(await page.locator(".u-over").count()).toBe(1);
    await at.visit.retry(() => Object.assign(at.fixture.control, { queryFail: null, fail: null }));
    await page.locator(".xfailure").waitFor({ state: "detached" });
  });

  it("finds a metric by what it means, counts its series, and asks for it", async () => {
    const page = await open("side=metrics");
    await page.locator(".metrics > li").first().waitFor();
    expect(await page.locator(".metrics > li").count()).toBe(50);
    expect(await page.locator(".side").innerText()).toContain("2,007 of 2,007 metrics");
    await page.getByLabel("Name, or a word of what it means").fill("lens shelf");
    await page.locator(".side", { hasText: "3 of 2,007 metrics" }).waitFor();
    const first = page.locator(".metrics > li").first();
    await expect.poll(() => first.innerText()).toMatch(/probe_segment_seconds_bucket\s*histogram\s*1 series/);
    await first.getByRole("button").click();
    await page.getByRole("button", { name: /^histogram_quantile/ }).click();
    await page.waitForURL(/expr=histogram_quantile/);
    await page.locator(".u-over").waitFor();
  });

  it("keeps what was asked, finds it again, and stars it", async () => {
    const page = await open("expr=up");
    await page.getByRole("button", { name: "Run" }).click();
    await page.goto(`${at.fixture.url}/explore?${WINDOW}&expr=http_requests_total&side=history`);
    await page.locator(".code .cm-content").first().waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await expect.poll(() => page.locator(".past > li").count()).toBe(2);
    await page.getByRole("button", { name: "Star up" }).click();
    await page.getByRole("button", { name: "Starred" }).click();
    expect(await page.locator(".past > li").count()).toBe(1);
    await page.getByRole("button", { name: "Forget all without a star" }).click();
    await page.getByRole("button", { name: /^Ask again: up/ }).click();
    await page.waitForURL(/expr=up/);
    expect(await content().innerText()).toBe("up");
    expect(await at.visit.axe()).toEqual([]);
  });

  it("becomes a panel of a new board, which shows it", async () => {
    const page = await open(`${RATE}&legend=%7B%7Binstance%7D%7D`);
    await page.getByRole("button", { name: "Add to dashboard" }).click();
    await page.getByLabel("Its name").fill("Made in Explore");
    await page.getByLabel("Title of the panel").fill("Requests");
    await at.visit.shoot("explore-to-board-dark");
    expect(await at.visit.axe()).toEqual([]);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("link", { name: "Made in Explore" }).click();
    await page.waitForURL(/\/d\/made-in-explore/);
    const panel = page.locator("[data-panel]", { hasText: "Requests" });
    await panel.locator(".u-over").waitFor();
    await panel.focus();
    await page.keyboard.press("e");
    await page.waitForURL(/\/explore\?.*expr=sum\+by/);
  });

  it("is where a panel's menu leads, with all its queries", async () => {
    await at.begin();
    await at.visit.open(`${at.fixture.url}/d/framewatch-live?refresh=off`);
    const panel = at.visit.page.locator("[data-panel]", { hasText: "Bitrate" }).last();
    await panel.locator(".u-over").waitFor();
    await panel.getByRole("button", { name: /Menu of/ }).click();
    await at.visit.page.getByRole("menuitem", { name: "Explore" }).click();
    await at.visit.page.waitForURL(/\/explore\?.*expr=/);
    await at.visit.page.locator(".results .u-over").waitFor();
  });

  it("has its editor in the editor of a panel, with the board's variables", async () => {
    await at.begin();
    const { page } = at.visit;
    await at.visit.open(`${at.fixture.url}/d/framewatch-live?refresh=off`);
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const panel = page.locator("[data-panel]", { hasText: "Bitrate" }).last();
    await panel.getByRole("button", { name: /Menu of/ }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await content().waitFor();
    await content().click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type('up{stream_id=~"$st');
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "$stream" }).click();
    await page.keyboard.press("Enter");
    await expect.poll(() => asked().some((one) => one.includes('query=up{stream_id=~"'))).toBe(true);
    await at.visit.shoot("explore-board-editor-dark");
    expect(await at.visit.axe()).toEqual([]);
  });

  it("keeps hostile names, help and labels as text, on both sizes", async () => {
    at.fixture.control.state = "hostile";
    for (const size of ["desk", "phone"] as const) {
      const page = await open(`side=metrics&expr=${encodeURIComponent("<img src=x onerror=\"document.title='owned'\">")}&expr=up&legend=%3Cimg%20src%3Dx%3E`, { size });
      await page.locator(".metrics > li").first().waitFor();
      await page.locator(".metrics button.metric").first().click();
      await at.visit.shoot(`explore-hostile-${size}`);
      expect(await page.title()).not.toBe("owned");
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(await at.visit.overflow()).toBe(0);
      await at.visit.end();
    }
    await at.begin();
  });

  it("works as a plain field where the editor cannot be loaded", async () => {
    await at.begin();
    const { page } = at.visit;
    await page.route(/CodeEditor-.*\.js/, (route) => route.abort());
    await at.visit.open(`${at.fixture.url}/explore?${WINDOW}`);
    await page.getByRole("textbox", { name: "Query A" }).fill("up");
    await page.keyboard.press("Enter");
    await page.waitForURL(/expr=up/);
    await page.locator(".u-over").waitFor();
  });
});
