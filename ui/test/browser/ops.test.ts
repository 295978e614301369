import { expect, it } from "vitest";
import { inChromium, type Look } from "./browser";

inChromium("targets, cardinality, status and users in Chromium", {}, (at) => {
  const open = async (path: string, look: Look = {}) => {
    await at.begin(look);
    await at.visit.page.goto(at.fixture.url + path);
    await at.visit.page.locator(".op-finding.lead, .error").first().waitFor();
    await at.visit.page.evaluate(() => document.fonts.ready.then(() => undefined));
    return at.visit.page;
  };
  const sound = async () => {
    expect(await at.visit.overflow()).toBe(0);
    expect(await at.visit.axe()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  };

  const looks: [string, Look][] = [
    ["dark", {}],
    ["light", { theme: "light" }],
    ["dark-phone", { size: "phone" }],
    ["light-phone-ru", { theme: "light", size: "phone", language: "ru" }],
  ];
  const places: [string, string][] = [
    ["targets", "/targets"],
    ["cardinality", "/cardinality?metric=probe_segment_bytes"],
    ["status", "/status"],
    ["users", "/users"],
  ];
  it.each(places.flatMap(([name, path]) => looks.map(([lookName, look]) => ({ name, path, lookName, look }))))("draws $name in $lookName", async ({ name, path, lookName, look }) => {
    const page = await open(path, look);
    if (name === "status") await page.locator("td", { hasText: /\/s|\/с/ }).first().waitFor();
    if (name === "cardinality") await page.locator(".cd-label").first().waitFor();
    await at.visit.shoot(`ops-${name}-${lookName}`);
    await sound();
  });

  it.each(places)("says of %s what to do when nothing is there, and asks again after a fault", async (name, path) => {
    at.fixture.control.ops = "empty";
    at.fixture.control.people.users = [];
    at.fixture.control.people.tokens = [];
    await open(path.split("?")[0] ?? path);
    await at.visit.shoot(`ops-${name}-empty`);
    await sound();
    await at.visit.end();
    at.fixture.control.ops = "fail";
    const page = await open(path);
    expect(await page.locator(".error").first().innerText()).toContain("The store is not open yet. Wait a minute.");
    await at.visit.retry(() => (at.fixture.control.ops = "full"));
    await page.locator(".op-finding.lead").waitFor();
  });

  it("says why a target is down and whose turn it is, and narrows by state, job and text", async () => {
    const page = await open("/targets");
    expect(await page.locator("h1").innerText()).toContain("3 of 75 targets do not answer.");
    expect(await page.locator(".op-part h2").first().innerText()).toContain("gpu");
    const denied = page.locator(".tg-list li", { hasText: "sam-gpu-05" });
    expect(await denied.innerText()).toContain("It refused our credentials.");
    expect(await denied.locator(".turn.you").innerText()).toBe("Your turn");
    expect(await page.locator(".tg-list li", { hasText: "sam-gpu-04" }).innerText()).toContain("Turn of who runs sam-gpu-04:9400");
    await page.keyboard.press("/");
    await page.keyboard.type("edge-07");
    await page.waitForURL(/q=edge-07/);
    expect(await page.locator(".tg-row").count()).toBe(1);
    await page.getByRole("button", { name: "Details of sam-edge-07:9100" }).click();
    await page.getByText("__meta_filepath").waitFor();
    await page.getByRole("link", { name: "node_cpu_seconds_total" }).waitFor();
    expect(await at.visit.axe()).toEqual([]);
    await page.goto(`${at.fixture.url}/targets?state=dropped`);
    await page.getByText('[site] is "perm" and matches').waitFor();
    const href = await (await open("/targets?job=gpu")).locator(".tg-acts a").first().getAttribute("href");
    expect(decodeURIComponent(href ?? "")).toMatch(/^\/explore\?expr=up\{job="gpu",instance=/);
  });

  it("shows which label makes a metric large, and a rule that takes it away", async () => {
    const page = await open("/cardinality");
    expect(await page.locator("h1").innerText()).toContain("probe_segment_bytes has as many series as one metric may have");
    await page.keyboard.press("/");
    await page.keyboard.type("segment");
    await page.getByRole("list", { name: "1 metric" }).getByRole("button", { name: "probe_segment_bytes" }).click();
    await page.waitForURL(/metric=probe_segment_bytes/);
    await page.locator(".cd-label").first().waitFor();
    expect(await page.locator(".cd-label[open] summary").innerText()).toContain("request_id");
    expect(await page.locator(".op-copy pre").innerText()).toBe('metric_relabel_configs:\n  - source_labels: [__name__]\n    regex: probe_segment_bytes\n    target_label: request_id\n    replacement: ""\n    action: replace');
    await page.getByRole("button", { name: "Drop the metric" }).click();
    expect(await page.locator(".op-copy pre").innerText()).toContain("action: drop");
    await page.getByRole("button", { name: "Close the metric" }).click();
    await page.locator(".cd-label").first().waitFor({ state: "detached" });
  });

  it("tells what is wrong with the server, the worst first", async () => {
    at.fixture.control.ops = "trouble";
    const page = await open("/status");
    await page.getByText("GpuHot: vector cannot contain").waitFor();
    await page.locator("h1", { hasText: /rule fails: GpuHot|could not be read again/ }).waitFor();
    await page.getByText(/samples per second by remote_write are refused: conflict/).waitFor();
    await at.visit.shoot("ops-status-trouble-dark");
    await sound();
  });

  it("adds a user by keys, shows the password once, and changes roles", async () => {
    const page = await open("/users");
    await page.getByRole("button", { name: "Add a user" }).press("Enter");
    await page.keyboard.type("vera");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const password = await page.locator(".us-once pre").innerText();
    expect(password).toMatch(/^([a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
    await at.visit.shoot("ops-users-added-dark");
    await page.getByRole("button", { name: "I have it" }).click();
    expect(await page.locator("body").innerText()).not.toContain(password);
    await page.getByRole("combobox", { name: "Role of boris" }).selectOption("admin");
    await expect.poll(() => at.fixture.control.people.users.find(({ name }) => name === "boris")?.role).toBe("admin");
    await page.getByRole("button", { name: "Enable wall.samara" }).click();
    await expect.poll(() => at.fixture.control.people.users.find(({ name }) => name === "wall.samara")?.disabled).toBe(false);
    await page.getByRole("button", { name: "Delete boris" }).click();
    await page.getByRole("button", { name: "Delete boris" }).click();
    await page.getByText("boris").first().waitFor({ state: "detached" });
    expect(await at.visit.axe()).toEqual([]);
  });

  it("makes a token, shows it once, and revokes another", async () => {
    const page = await open("/users");
    await page.getByRole("button", { name: "Make a token" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("edge");
    await page.getByRole("button", { name: "Make", exact: true }).click();
    await page.getByText("fw_made-up-token-for-a-test").waitFor();
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByRole("button", { name: "Revoke ci" }).click();
    await page.getByRole("button", { name: "Revoke ci" }).click();
    await expect.poll(() => at.fixture.control.people.tokens.map(({ name }) => name)).toEqual(["old-edge", "edge"]);
  });

  it("lets a viewer change their password and see their logins, and nothing else", async () => {
    at.fixture.control.session = { user: "ann", role: "viewer", mode: "login" };
    const page = await open("/users");
    expect(await page.locator("h1").innerText()).toContain("You are ann, Viewer.");
    expect(await page.getByRole("button", { name: "Add a user" }).count()).toBe(0);
    expect(at.fixture.control.people.asked).toEqual([]);
    await page.getByLabel("Now", { exact: true }).fill("wrong one");
    await page.getByLabel("New", { exact: true }).fill("a longer secret");
    await page.getByLabel("New, again").fill("another secret");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByText("The two new ones differ.").waitFor();
    await page.getByLabel("New, again").fill("a longer secret");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByText("Name or password is wrong.").waitFor();
    await page.getByLabel("Now", { exact: true }).fill("correct horse");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByText("Changed. Your other logins have ended.").waitFor();
    await at.visit.shoot("ops-users-viewer-dark");
    expect(await at.visit.axe()).toEqual([]);
  });

  it("keeps hostile text as text, and reaches every page on a phone", async () => {
    at.fixture.control.state = "hostile";
    for (const [, path] of places) {
      const page = await open(path, { size: "phone" });
      if (path.startsWith("/card")) await page.locator(".cd-label").first().waitFor();
      expect(await page.title()).not.toBe("owned");
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(await at.visit.overflow()).toBe(0);
      if (path !== "/users") await at.visit.end();
    }
    await at.visit.page.getByRole("button", { name: "More" }).click();
    await at.visit.page.getByRole("option", { name: /Targets/ }).click();
    await at.visit.page.waitForURL(/\/targets$/);
  });
});
