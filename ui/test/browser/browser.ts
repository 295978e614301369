import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { startFixture, type Fixture } from "../fixture/server.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const screenshots = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where Chromium is: CHROMIUM, else the usual places; null when it is not installed. */
function findChromium(): string | null {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return named;
  return PLACES.find((place) => existsSync(place)) ?? null;
}

export const SIZES = { desk: { width: 1440, height: 1000 }, phone: { width: 390, height: 844 } } as const;

export interface Look {
  theme?: "dark" | "light";
  size?: keyof typeof SIZES;
  language?: "en" | "ru";
  /** Nothing moves, for pictures that are compared. */
  still?: boolean;
}

/** Starts Chromium with a profile of its own; each visit is a fresh context in it. */
async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("Chromium is not installed");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page without a past, and everything it complained of. */
export class Visit {
  readonly complaints: string[] = [];
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (hostname !== "127.0.0.1" && protocol !== "blob:") this.complaints.push(`asked elsewhere: ${request.url()}`);
    });
  }

  static async begin(browser: Browser, { theme = "dark", size = "desk", language = "en", still = false }: Look = {}): Promise<Visit> {
    const context = await browser.newContext({ viewport: SIZES[size], timezoneId: "UTC", locale: "en-GB", ...(still ? { reducedMotion: "reduce" } : {}) });
    context.setDefaultTimeout(60_000);
    await context.addInitScript(
      ([chosenTheme, chosenLanguage]) => {
        localStorage.setItem("framewatch.theme", chosenTheme);
        localStorage.setItem("framewatch.language", chosenLanguage);
      },
      [theme, language] as const,
    );
    return new Visit(context, await context.newPage());
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator("h1, .error, .loading").first().waitFor();
    await this.page.waitForFunction(() => [...document.images].every((image) => image.complete));
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
  }

  /** Mends what an error was about and presses its "Retry now". The page tries again by itself, too, and may be faster: the button is gone then. */
  async retry(mend: () => void): Promise<void> {
    await this.page.getByRole("button", { name: "Retry now" }).first().waitFor();
    mend();
    await this.page.evaluate(() => [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Retry now")?.click());
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** What axe finds against WCAG 2.2 A and AA, as "rule: place". */
  async axe(): Promise<string[]> {
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      const run = (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeResult> } }).axe.run;
      interface AxeResult {
        violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
      }
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await run({ runOnly: { type: "tag", values: tags } });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
      );
    });
  }

  /** How many pixels the page is wider than its window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  async end(): Promise<void> {
    await this.context.close();
  }
}

/** Where a test stands: the server it steers, and its visit to the pages. */
export class Stage {
  fixture!: Fixture;
  visit!: Visit;
  #browser: Browser | null = null;

  async start(options: Parameters<typeof startFixture>[0]): Promise<void> {
    this.fixture = await startFixture(options);
    this.#browser = await startChromium();
  }

  browser(): Browser {
    if (this.#browser === null) throw new Error("Chromium has not been started");
    return this.#browser;
  }

  /** A page without a past; the visit before it must have ended. */
  async begin(look: Look = {}): Promise<Visit> {
    this.visit = await Visit.begin(this.browser(), look);
    return this.visit;
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.fixture.close();
  }
}

/** Tests of pages in Chromium against made answers: after each the visit ends and the server is as it began. */
export function inChromium(name: string, options: Parameters<typeof startFixture>[0], tests: (at: Stage) => void): void {
  const missing = findChromium() === null;
  if (missing) process.stderr.write(`Skipped: ${name}. Chromium is missing. Install it: apt install chromium\n`);
  describe.skipIf(missing)(name, () => {
    const at = new Stage();
    beforeAll(() => at.start(options));
    afterAll(() => at.stop());
    afterEach(async () => {
      await at.visit.end();
      at.fixture.reset();
    });
    tests(at);
  });
}
