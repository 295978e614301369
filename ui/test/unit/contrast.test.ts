import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../src/styles/tokens.css", import.meta.url), "utf8");

/** The values of one theme; the light one only overrides. */
function theme(name: "dark" | "light"): Map<string, string> {
  const [dark = "", light = ""] = css.split(':root[data-theme="light"]');
  const read = (text: string) => [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map((m) => [m[1] ?? "", m[2] ?? ""] as const);
  return new Map(name === "dark" ? read(dark) : [...read(dark), ...read(light)]);
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["bg", "surface-1", "surface-2", "overlay"];
const pairs: [string, string, number][] = [
  ...["text-1", "text-2", "text-3", "accent"].flatMap((text) => SURFACES.map((on) => [text, on, 4.5] as [string, string, number])),
  ...["ok", "degraded", "broken", "unknown", "maint"].flatMap((state) => [
    [`${state}-text`, `${state}-wash`, 4.5] as [string, string, number],
    [`${state}-text`, "bg", 4.5] as [string, string, number],
    [state, "bg", 3] as [string, string, number],
  ]),
  ["degraded-on", "degraded", 4.5],
  ["broken-on", "broken", 4.5],
  ["on-inverse", "inverse", 4.5],
  ["line-3", "bg", 3],
  ["line-3", "surface-1", 3],
  ["focus", "bg", 3],
];

describe.each(["dark", "light"] as const)("contrast in %s", (name) => {
  const values = theme(name);
  it.each(pairs)("%s on %s is at least %s", (text, ground, floor) => {
    const [a, b] = [values.get(text), values.get(ground)];
    if (a === undefined || b === undefined) throw new Error(`no token ${text} or ${ground}`);
    expect(contrast(a, b)).toBeGreaterThanOrEqual(floor);
  });
});
