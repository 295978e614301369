// One step of the build, skipped when its inputs have not changed since it last passed.
// pages: install what the build needs, then vite.  checks: types, lint, unit tests.  browser: Chromium.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const nodeMin = [20, 19];
const stamps = join(root, "target", "stamps");
const pagesFrom = ["src", "public", "scripts", "index.html", "vite.config.ts", "package.json", "package-lock.json"];
const checkedFrom = [
  ...pagesFrom,
  "test",
  "tsconfig.json",
  "eslint.config.js",
  "vitest.config.ts",
  "vitest.browser.config.ts",
];

const steps = {
  pages: () => {
    install(existsSync(join(root, "node_modules", "typescript")));
    once("pages", pagesFrom, join(root, "target/classes/ui/index.html"), () => npm("run", "build"));
  },
  checks: () => {
    install(true);
    once("checks", checkedFrom, join(root, "target/test-reports/unit.xml"), () => {
      npm("run", "typecheck");
      npm("run", "lint");
      tests("test", "unit.xml");
    });
  },
  browser: () => {
    install(true);
    once("browser", checkedFrom, join(root, "target/test-reports/browser.xml"), () => tests("test:browser", "browser.xml"));
  },
};

/** Runs `npm ci` only when what is installed differs from the lock file. */
function install(withTestTools) {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const wanted = sha256(lock) + (withTestTools ? " with test tools" : "");
  const mark = join(root, "node_modules", ".framewatch-installed");
  const installed = existsSync(mark) ? readFileSync(mark, "utf8") : "";
  if (installed === wanted || installed === `${wanted} with test tools`) return;
  npm("ci", "--no-audit", "--no-fund", ...(withTestTools ? [] : ["--omit=dev"]));
  writeFileSync(mark, wanted);
}

/** A step's work says false where it found failed tests: then it is done again the next time. */
function once(name, inputs, result, work) {
  const hash = sha256(inputs.flatMap((input) => hashes(join(root, input))).join("\n"));
  const stamp = join(stamps, name);
  const unchanged = existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (unchanged && existsSync(result)) {
    console.log(`web pages: ${name} unchanged`);
    return;
  }
  rmSync(stamp, { force: true });
  if (work() === false) return;
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, hash);
}

function hashes(path) {
  if (!existsSync(path)) return [];
  const name = relative(root, path);
  try {
    return readdirSync(path).sort().flatMap((child) => hashes(join(path, child)));
  } catch (notAFolder) {
    if (notAFolder.code !== "ENOTDIR") throw notAFolder;
    return [`${name} ${sha256(readFileSync(path))}`];
  }
}

function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

function npm(...args) {
  const status = run(args);
  if (status !== 0) process.exit(status);
}

/** Failed tests end the build, except where it goes on to count them all: then the report tells them. */
function tests(script, report) {
  const file = join(root, "target/test-reports", report);
  rmSync(file, { force: true });
  const status = run(["run", script]);
  if (status === 0) return true;
  const told = existsSync(file) && /<(failure|error)[ >]/.test(readFileSync(file, "utf8"));
  if (told && process.env["TEST_FAILURES_IGNORED"] === "true") return false;
  return process.exit(status);
}

function run(args) {
  const windows = process.platform === "win32";
  const done = spawnSync("npm", ["--silent", ...args], { cwd: root, stdio: "inherit", shell: windows });
  if (done.status !== 0) console.error(`web pages: npm ${args.join(" ")} failed`);
  return done.status ?? 1;
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < nodeMin[0] || (major === nodeMin[0] && minor < nodeMin[1])) {
  console.error(`The web pages need Node.js ${nodeMin.join(".")} or newer; this is ${process.version}.`);
  process.exit(1);
}
const step = steps[process.argv[2]];
if (!step) {
  console.error(`Use one of: ${Object.keys(steps).join(", ")}`);
  process.exit(2);
}
step();
