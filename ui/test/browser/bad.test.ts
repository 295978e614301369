import { expect, it } from "vitest";
import { everyKindBoard, HOSTILE, hostileBoard, hugeBoard, textBoard } from "../fixture/bad.mjs";
import { inChromium, type Look } from "./browser";

const HUGE_BYTES = 20_000_000;

inChromium("bad boards in Chromium", {}, (at) => {
  const open = async (path: string, look: Look = {}) => {
    await at.begin(look);
    await at.visit.open(at.fixture.url + path);
    return at.visit.page;
  };
  const openBoard = async (dashboard: Record<string, unknown>, look: Look = {}) => {
    at.fixture.control.boards.save(String(dashboard["uid"]), { dashboard, message: "", folder: "" }, "*");
    const page = await open(`/d/${String(dashboard["uid"])}?refresh=off`, look);
    await settled();
    return page;
  };
  const settled = async () => {
    await at.visit.page.waitForFunction(() => document.querySelectorAll(".board-panel").length > 0 && document.querySelectorAll(".board-panel[aria-busy=true]").length === 0);
  };
  const owned = async () => {
    const page = at.visit.page;
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("img[src=x], body script, a[href^='javascript:']").count()).toBe(0);
    expect(await at.visit.overflow()).toBe(0);
    // While it cleans, the browser tells what its policy keeps from running even there.
    expect(at.visit.complaints.filter((one) => !one.includes("Content Security Policy directive"))).toEqual([]);
  };

  it.each(["desk", "phone"] as const)("keeps hostile titles, labels, units, links and log lines of a board as text: %s", async (size) => {
    at.fixture.control.state = "hostile";
    const page = await openBoard(hostileBoard(), { size });
    for (let top = 0; top < (await page.evaluate(() => document.documentElement.scrollHeight)); top += 600) {
      await page.evaluate((to) => scrollTo(0, to), top);
      await settled();
    }
    await at.visit.shoot(`hostile-board-${size}`);
    await owned();
    await page.evaluate(() => scrollTo(0, 0));
    const panel = page.locator("[data-panel='1']");
    await panel.getByRole("button", { name: /^Menu of/ }).click();
    await page.getByRole("menuitem", { name: "View as table" }).click();
    await panel.locator("td, th").filter({ hasText: "<img src=x" }).first().waitFor();
    await owned();
    await page.goto(`${at.fixture.url}/dashboards`);
    await page.locator(".boards .board-title").filter({ hasText: "<img src=x" }).first().waitFor();
    await owned();
  });

  it("shows hostile text whole, as it was written", async () => {
    const page = await openBoard(hostileBoard());
    expect(await page.locator("[data-panel='1'] h2").textContent()).toBe(HOSTILE);
    await page.goto(`${at.fixture.url}/d/hostile?editPanel=1`);
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("textbox", { name: "Title" }).waitFor();
    await page.locator(".query .cm-editor").waitFor();
    await owned();
  });

  // What the cleaner leaves of HTML, in the browser that it cleans for.
  const CLEANED: [string, string][] = [
    ["<b>plain</b> & <i>simple</i>", "<b>plain</b> &amp; <i>simple</i>"],
    ["<script>document.title='owned'</script>after", "after"],
    ["<img src=x onerror=\"document.title='owned'\">", '<img src="/x">'],
    ["<img src=//elsewhere.test/p.png alt=beacon>", "beacon"],
    ["<img src=https://elsewhere.test/p.png alt=beacon>", "beacon"],
    ["<img src=/icon.svg alt=own>", '<img src="/icon.svg" alt="own">'],
    ["<svg onload=\"document.title='owned'\"><script>1</script></svg>x", "x"],
    ["<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>x", "x"],
    ["<a href=\"javascript:document.title='owned'\">a</a>", '<a rel="noreferrer">a</a>'],
    ["<a href=\"jav&#x09;ascript:alert(1)\">a</a>", '<a rel="noreferrer">a</a>'],
    ["<a href=\"data:text/html,<script>1</script>\">a</a>", '<a rel="noreferrer">a</a>'],
    ["<a href=//elsewhere.test>a</a>", '<a rel="noreferrer">a</a>'],
    ['<a href="/d/x?var-a=1" target="_blank" onclick="alert(1)">a</a>', '<a href="/d/x?var-a=1" rel="noreferrer">a</a>'],
    ['<p style="position:fixed;inset:0" class="error" id="root" name="x">over</p>', "<p>over</p>"],
    ["<style>body{display:none}</style>x", "x"],
    ["<iframe src=/></iframe><object data=/></object><embed src=/>x", "x"],
    ['<form action="/api/session"><input name=password><button>Log in</button></form>x', "Log inx"],
    ['<meta http-equiv=refresh content="0;url=/"><base href=/evil/><link rel=stylesheet href=/x>x', "x"],
    ["<video src=/live/x onerror=alert(1)></video><audio src=/x></audio>x", "x"],
    ["<div><<b>img src=x onerror=alert(1)></div>", "<div>&lt;<b>img src=x onerror=alert(1)&gt;</b></div>"],
    ["<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<p></p>"],
    ["<template><img src=x onerror=alert(1)></template>x", "x"],
    ["<details open ontoggle=\"document.title='owned'\"><summary>s</summary>d</details>", '<details open=""><summary>s</summary>d</details>'],
  ];

  it("cleans the HTML of text panels of all that could run, load, cover or ask", async () => {
    const page = await openBoard(textBoard("html", CLEANED.map(([given]) => given)));
    await page.locator(".text-panel").nth(CLEANED.length - 1).waitFor({ state: "attached" });
    const left = await page.locator(".text-panel").evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
    expect(left).toEqual(CLEANED.map(([, clean]) => clean));
    await owned();
  });

  it("cleans what Markdown lets through", async () => {
    const page = await openBoard(textBoard("markdown", ["[a](javascript:alert(1)) ![b](https://elsewhere.test/x.png) <script>1</script>", "`<b>` **bold**\n\n| a |\n|---|\n| <img src=x onerror=alert(1)> |"]));
    await page.locator(".text-panel strong").waitFor();
    expect(await page.locator(".text-panel").first().innerHTML()).toContain('<a rel="noreferrer">a</a> b');
    expect(await page.locator(".text-panel td").innerHTML()).toBe('<img src="/x">');
    await owned();
  });

  it("opens a board of 20 MB, draws what is near, says what it leaves out, and stays usable", async () => {
    const page = await openBoard(hugeBoard(HUGE_BYTES));
    await page.getByText("9,000 panels are not shown: a page draws at most 1,000. Split the board.").waitFor();
    expect(await page.locator("[data-panel]").count()).toBe(1_000);
    expect(await page.locator(".panel-head").count()).toBeLessThan(100);
    const asked = at.fixture.control.asked.filter(({ path }) => path.endsWith("/query_range")).length;
    expect(asked).toBeLessThan(40);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.locator("h2", { hasText: "Panel 1000" }).waitFor();
    await settled();
    await page.keyboard.press("t");
    await page.getByRole("button", { name: "Last 15 min" }).click();
    await page.waitForURL(/from=now-15m/);
    expect(at.visit.complaints).toEqual([]);
  });

  it("says before it sends a board that the server takes less, and takes a smaller one after that", async () => {
    const page = await open("/dashboards/new");
    const file = page.getByLabel(/From a file/);
    const give = (name: string, text: string) => file.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
    await give("huge.json", JSON.stringify(hugeBoard(HUGE_BYTES)));
    await page.getByText("this server takes at most 5 MiB").waitFor();
    await page.getByText("`dashboards.boardBytesMax`").waitFor();
    expect(await at.visit.axe()).toEqual([]);
    await give("half.json", '{"panels": [');
    await page.getByText("This is no JSON that can be read").waitFor();
    await give("list.json", '[{"a":1}]');
    await page.getByText("neither panels nor rows").waitFor();
    await give("small.json", JSON.stringify(textBoard("markdown", ["fine"]), null, 8));
    await page.getByText("It holds 1 panel.").waitFor();
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/\/d\/texts/);
    await page.getByText("fine").waitFor();
    expect(at.visit.complaints).toEqual([]);
  });

  it("stays usable where every panel's query has 10,000 series, and says how many are shown", async () => {
    at.fixture.control.series = 10_000;
    const page = await openBoard(everyKindBoard());
    for (let top = 0; top < (await page.evaluate(() => document.documentElement.scrollHeight)); top += 600) {
      await page.evaluate((to) => scrollTo(0, to), top);
      await settled();
    }
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator("[data-panel='1']").getByLabel("Showing 1,000 of 10,000 series").waitFor();
    expect(await page.locator("*").count()).toBeLessThan(25_000);
    await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForURL(/from=\d+/);
    await settled();
    await page.keyboard.press("Control+k");
    await page.locator(".palette input").waitFor();
    await at.visit.shoot("board-many-series-dark");
    expect(at.visit.complaints).toEqual([]);
  });
});
