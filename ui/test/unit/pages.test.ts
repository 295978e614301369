import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { PAGES } from "../../src/app/pages";
import { PAGE_MODULES } from "../../vite.config";

it("names the program of every page that is loaded when first visited, so that its address asks for it at once", () => {
  const late = PAGES.filter(({ view }) => view !== null).flatMap(({ paths }) => paths);
  expect(Object.keys(PAGE_MODULES).map((name) => `/${name}`).sort()).toEqual([...late].sort());
  for (const module of Object.values(PAGE_MODULES)) expect(existsSync(fileURLToPath(new URL(`../../src/${module}`, import.meta.url)))).toBe(true);
});
