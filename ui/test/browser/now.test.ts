import { expect, it } from "vitest";
import { states } from "../fixture/states.mjs";
import { hasFfmpeg, makeLive } from "./live";
import { inChromium, type Look } from "./browser";

inChromium("the page Now in Chromium", {}, (at) => {
  const open = async (state: string, look: Look = {}, path = "/") => {
    at.fixture.control.state = state;
    await at.begin(look);
    await at.visit.open(at.fixture.url + path);
    return at.visit.page;
  };

  const verdictOf = (state: string) =>
    states[state]?.()
      .finding.parts.map((part) => part.text)
      .join("") ?? "";

  const looks: [string, Required<Pick<Look, "theme" | "size">>][] = [
    ["dark", { theme: "dark", size: "desk" }],
    ["light", { theme: "light", size: "desk" }],
    ["dark-phone", { theme: "dark", size: "phone" }],
    ["light-phone", { theme: "light", size: "phone" }],
  ];
  const pictured = ["fine", "frozen", "unknown", "many"].flatMap((state) =>
    looks.map(([name, look]) => ({ state, name, look })),
  );
  const dark = ["black", "offline", "degraded", "empty"].map((state) => ({
    state,
    name: "dark",
    look: { theme: "dark", size: "desk" } as const,
  }));

  it.each([...pictured, ...dark])("draws $state in $name", async ({ state, name, look }) => {
    const page = await open(state, look);
    await at.visit.shoot(`now-${state}-${name}`);
    expect(await page.locator("h1").textContent()).toBe(verdictOf(state));
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it("gives few pictures a tile each, in their places, with state, measures and history", async () => {
    const page = await open("frozen");
    const tiles = page.locator(".tile");
    expect(await tiles.count()).toBe(3);
    const first = await tiles.first().innerText();
    expect(first).toContain("Gate north");
    expect(first).toContain("Frozen");
    expect(first).toContain("25 fps");
    expect(first).toContain("1.8 Mb/s");
    expect(await tiles.first().locator(".strip").getAttribute("aria-label")).toContain("Frozen 1 min 3");
    expect(await page.locator(".tile img").evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0))).toBe(true);
  });

  it("shows 240 pictures as cells and none as tiles", async () => {
    const page = await open("many");
    expect(await page.getByRole("gridcell").count()).toBe(240);
    expect(await page.locator(".tile").count()).toBe(0);
    expect(await page.locator(".inc").count()).toBe(5);
  });

  it("tells one incident per picture, by the camera's name, with what else alerts about it", async () => {
    const page = await open("offline");
    const row = page.locator(".inc");
    expect(await row.count()).toBe(1);
    expect(await row.locator("h3").innerText()).toBe("Tunnel east is offline");
    expect(await row.locator(".also").innerText()).toBe("Also: packager of Tunnel east is down");
    expect(await row.locator(".nd.root").innerText()).toBe("package stage died (exit 137)");
  });

  it("moves through the grid by keys and follows in the inspector and the address", async () => {
    const page = await open("frozen");
    await page.locator("[data-stream=cam-1]").focus();
    expect(await page.locator("#dock-title").innerText()).toBe("Gate north");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/stream=cam-2/);
    expect(await page.locator("#dock-title").innerText()).toBe("Pitch wide");
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/stream=cam-3/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toContain("Tunnel east, Live");
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("stream"));
    expect(await page.getByRole("gridcell").filter({ has: page.locator("xpath=self::*[@tabindex='0']") }).count()).toBe(1);
  });

  it("answers its single keys, and not inside a field", async () => {
    const page = await open("frozen");
    await page.keyboard.press("t");
    await page.waitForURL(/span=15/);
    await page.keyboard.press("/");
    await page.keyboard.type("rt east");
    await page.waitForURL(/q=rt\+east/);
    expect(await page.locator(".none").first().innerText()).toContain("No picture matches");
    await page.keyboard.press("Escape");
    await page.keyboard.press("i");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Gate north is frozen");
    await page.locator("#finding").focus();
    await page.keyboard.press(" ");
    expect(await page.locator(".top .age").innerText()).toBe("Paused by you");
    await page.keyboard.press(" ");
    await page.locator(".top .age.fresh").waitFor();
    at.fixture.control.asked.length = 0;
    await page.keyboard.press("r");
    await expect.poll(() => at.fixture.control.asked.map((one) => one.path)).toContain("/api/now");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("help-dark");
    expect(at.visit.complaints).toEqual([]);
  });

  it("follows server-sent events without being asked", async () => {
    const page = await open("fine");
    await expect.poll(() => at.fixture.control.asked.map((one) => one.path)).toContain("/api/now/events");
    at.fixture.control.state = "black";
    at.fixture.push();
    await page.getByRole("heading", { level: 1, name: "Pitch wide is black" }).waitFor();
    await expect.poll(() => page.locator("[aria-live=polite].vh").innerText()).toBe(verdictOf("black"));
  });

  it("asks every 2 s where there are no events", async () => {
    at.fixture.control.events = false;
    const page = await open("fine");
    at.fixture.control.state = "offline";
    await page.getByRole("heading", { level: 1, name: "Tunnel east is offline" }).waitFor({ timeout: 60_000 });
  });

  it("keeps old data when the server is gone, says so, and returns", async () => {
    at.fixture.control.events = false;
    const page = await open("frozen");
    at.fixture.control.fail = "drop";
    const panel = page.locator(".error");
    await panel.waitFor({ timeout: 60_000 });
    expect(await panel.innerText()).toContain("Framewatch does not answer since");
    expect(await panel.innerText()).toContain("what was known at 14:26:4");
    expect(await page.locator("h1").textContent()).toBe(verdictOf("frozen"));
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("error-dark");
    await at.visit.retry(() => (at.fixture.control.fail = null));
    await panel.waitFor({ state: "detached" });
  });

  it("says who acts when the first answer is an error", async () => {
    at.fixture.control.fail = 503;
    const page = await open("fine");
    const text = await page.locator(".error").innerText();
    expect(text).toContain("status 503");
    expect(text).toContain("The store is not open yet. Wait a minute.");
    expect(text).toContain("its log has the reason");
    await at.visit.shoot("error-first-dark");
  });

  it("says that it reads while the first answer is slow", async () => {
    at.fixture.control.fail = "slow";
    await at.begin();
    await at.visit.page.goto(at.fixture.url);
    await at.visit.page.getByText("Reading the state of all pictures").waitFor();
    await at.visit.shoot("loading-dark");
    await at.visit.page.locator("h1").waitFor();
  });

  it("keeps hostile text as text, on both sizes", async () => {
    for (const size of ["desk", "phone"] as const) {
      const page = await open("hostile", { size });
      await at.visit.shoot(`hostile-${size}`);
      expect(await page.title()).not.toBe("owned");
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(await at.visit.overflow()).toBe(0);
      expect(await at.visit.axe()).toEqual([]);
      expect(at.visit.complaints.filter((text) => !text.includes("404"))).toEqual([]);
      if (size === "desk") await at.visit.end();
    }
  });

  it("breaks a camera of the demo on demand", async () => {
    const page = await open("frozen");
    expect(await page.locator(".fault.running").innerText()).toContain("running on Gate north");
    await page.locator(".demo .seg").getByRole("button", { name: "Pitch wide" }).click();
    await page.getByRole("button", { name: /Black picture\s+break Pitch wide/ }).click();
    await page.getByText("Black picture sent to Pitch wide").waitFor();
    await page.getByRole("button", { name: "Mend all" }).click();
    await page.getByText("All faults are being mended").waitFor();
    const posted = at.fixture.control.asked.filter((one) => one.method === "POST");
    expect(posted.map((one) => [one.path, JSON.parse(one.body) as unknown])).toEqual([
      ["/api/demo/faults", { fault: "black", target: "cam-2" }],
      ["/api/demo/faults/clear", {}],
    ]);
    const rows = await page.locator(".tbl tbody tr").allInnerTexts();
    expect(rows[0]?.split("\t").map((cell) => cell.trim())).toEqual(["Frozen picture", "Gate north", "7.1 s", "12.0 s", "not yet"]);
    expect(rows[1]).toContain("missed");
  });

  it("speaks Russian with its plural forms, dark and phone", async () => {
    const page = await open("frozen", { language: "ru", size: "phone" });
    expect(await page.locator("html").getAttribute("lang")).toBe("ru");
    expect(await page.locator(".tile").first().innerText()).toContain("Застыла");
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    await at.visit.shoot("now-frozen-ru-phone");
  });

  it("shows where the pointer is in time in the inspector, on every strip", async () => {
    const page = await open("frozen");
    await page.locator(".history.tall .strip").hover({ position: { x: 600, y: 5 } });
    expect(await page.locator(".timecode").innerText()).toMatch(/^14:2\d:\d\d$/);
    expect(await page.locator(".playline .st").innerText()).toMatch(/Frozen|Live/);
    expect(await page.locator(".playhead").count()).toBe(4);
  });

  it.skipIf(!hasFfmpeg())("plays live video, with a player that is loaded only then", async () => {
    at.fixture.control.live = makeLive("cam-1");
    const page = await open("fine");
    const scripts = async () =>
      page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js")).length);
    const before = await scripts();
    await page.getByRole("button", { name: "Watch live" }).click();
    const seconds = () => page.locator("video").evaluate((video) => (video as HTMLVideoElement).currentTime);
    await expect.poll(seconds, { timeout: 60_000 }).toBeGreaterThan(0.2);
    expect(await scripts()).toBe(before + 1);
    await at.visit.shoot("live-dark");
    expect(at.visit.complaints).toEqual([]);
    await page.getByRole("button", { name: "Show still" }).click();
    expect(await page.locator("video").count()).toBe(0);
  });

  it("keeps the still when live video does not come", async () => {
    const page = await open("fine");
    await page.getByRole("button", { name: "Watch live" }).click();
    await page.getByText("The live picture does not play here").waitFor({ timeout: 60_000 });
    expect(await page.locator(".dock img").count()).toBe(1);
  });

  it("logs in by link, and the token leaves the address", async () => {
    at.fixture.control.session = { user: null, role: null, mode: "login" };
    const page = await open("fine", {}, "/login?token=good");
    await page.getByRole("heading", { level: 1, name: "All 3 pictures" }).waitFor();
    expect(page.url()).toBe(`${at.fixture.url}/`);
    expect(await page.locator(".who").innerText()).toContain("operator");
  });

  it("logs in by a pasted link after a used one was refused", async () => {
    at.fixture.control.session = { user: null, role: null, mode: "login" };
    const page = await open("fine", {}, "/login?token=used");
    await page.getByText("This link was used before").waitFor();
    expect(page.url()).toBe(`${at.fixture.url}/login`);
    await at.visit.shoot("login-dark");
    expect(await at.visit.axe()).toEqual([]);
    await page.getByLabel("Login link or token").fill(`${at.fixture.url}/login?token=good`);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "All 3 pictures" }).waitFor();
  });

  it("logs in by name and password, and offers the provider", async () => {
    at.fixture.control.session = { user: null, role: null, mode: "login", login: { password: true, provider: "Company" } };
    const page = await open("fine", {}, "/login?failed=login_refused");
    await page.getByText("you may not come in here").waitFor();
    expect(await page.getByRole("link", { name: "Log in with Company" }).getAttribute("href")).toBe("/login/oidc");
    // One box each, of the same size, and what went wrong above both forms.
    const [name, password] = await Promise.all([page.getByLabel("Name").boundingBox(), page.getByLabel("Password").boundingBox()]);
    expect(password).toMatchObject({ x: name?.x, width: name?.width, height: name?.height });
    expect((await page.getByRole("alert").boundingBox())?.y).toBeLessThan(name?.y ?? 0);
    await at.visit.shoot("login-password-dark");
    expect(await at.visit.axe()).toEqual([]);
    await page.getByLabel("Name").fill("ann");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Log in with password" }).click();
    await page.getByText("Name or password is wrong").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("correct horse");
    await page.getByRole("button", { name: "Log in with password" }).click();
    await page.getByRole("heading", { level: 1, name: "All 3 pictures" }).waitFor();
  });

  it("obeys reduced motion and forced colours", async () => {
    const page = await open("many");
    await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    await at.visit.shoot("now-many-forced-colours");
    expect(await page.locator(".cell").first().evaluate((one) => getComputedStyle(one).transitionDuration)).toBe("0s");
    expect(await page.locator(".cells .cell.unknown").first().evaluate((one) => getComputedStyle(one).borderTopStyle)).toBe("dashed");
  });
});
