// Prints what a first visit loads and fails above the budget. "First load" is what index.html names.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const SCRIPT_GZIP_BYTES_MAX = 300_000;
const out = fileURLToPath(new URL("../target/classes/ui", import.meta.url));
const html = readFileSync(join(out, "index.html"), "utf8");
const named = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const gzip = (file) => gzipSync(readFileSync(join(out, file))).length;
const total = (files) => files.reduce((sum, file) => sum + gzip(file), 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const scripts = named.filter((file) => file.endsWith(".js"));
const styles = named.filter((file) => file.endsWith(".css"));
const later = readdirSync(join(out, "assets"))
  .map((file) => `assets/${file}`)
  .filter((file) => file.endsWith(".js") && !scripts.includes(file));
if (scripts.length === 0) throw new Error("index.html names no script");

console.log(
  `web pages: first load ${kB(total(scripts))} of script (budget ${kB(SCRIPT_GZIP_BYTES_MAX)}), ` +
    `${kB(total(styles))} of styles; ${kB(total(later))} of script loaded when used (gzip)`,
);
if (total(scripts) > SCRIPT_GZIP_BYTES_MAX) {
  console.error("web pages: the first load is over its budget; load a part with import() or drop it");
  process.exit(1);
}
