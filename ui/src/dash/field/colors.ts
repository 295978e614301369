import type { FieldColor, Thresholds } from "../model/types";

/**
 * Colours of dashboards as tokens of ours. Green, orange and red name states, whose tokens hold contrast in both
 * themes; other names are Grafana's hues. Anything else must be a CSS colour, and nothing but a colour gets through.
 */
const HUES: Record<string, [dark: string, light: string]> = {
  red: ["#ff5450", "#d92d2a"],
  orange: ["#f5a02f", "#b05c00"],
  yellow: ["#f2e36b", "#8a7a00"],
  green: ["#3fae80", "#2e8a61"],
  blue: ["#4f9dff", "#2f80e8"],
  purple: ["#c7aaff", "#6d3bd8"],
};
const SHADES: Record<string, string> = {
  "super-light": "white 45%",
  light: "white 22%",
  "": "",
  "semi-dark": "black 18%",
  dark: "black 34%",
};

export type Look = "dark" | "light";

export function colorOf(name: string, look: Look): string {
  if (name === "transparent") return "transparent";
  if (name === "text" || name === "") return look === "dark" ? "#b7c0cb" : "#414b57";
  const shaded = /^(?:(super-light|light|semi-dark|dark)-)?(red|orange|yellow|green|blue|purple)$/.exec(name);
  if (shaded !== null) {
    const hue = HUES[shaded[2] ?? ""]?.[look === "dark" ? 0 : 1] ?? "#888";
    const shade = SHADES[shaded[1] ?? ""] ?? "";
    return shade === "" ? hue : mixed(hue, shade);
  }
  return safeColor(name) ?? (look === "dark" ? "#8f9aa8" : "#58626f");
}

function mixed(hue: string, shade: string): string {
  const [to = "white", share = "0%"] = shade.split(" ");
  const weight = Number.parseInt(share, 10) / 100;
  const target = to === "white" ? 255 : 0;
  const channel = (at: number): string => {
    const value = Number.parseInt(hue.slice(at, at + 2), 16);
    return Math.round(value + (target - value) * weight).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

function safeColor(text: string): string | null {
  const trimmed = text.trim();
  if (/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(trimmed)) return trimmed;
  if (/^(rgb|rgba|hsl|hsla)\([\d\s.,%/deg]+\)$/i.test(trimmed)) return trimmed;
  return /^(white|black|gray|grey|cyan|magenta|pink|brown|teal|navy|lime|maroon|olive|silver|gold|coral|salmon|violet|indigo|turquoise)$/i.test(trimmed)
    ? trimmed
    : null;
}

/** Ten hues with no red, orange or green, per theme; the same values as the tokens s1 to s10. */
const SERIES: Record<Look, readonly string[]> = {
  dark: ["#4f9dff", "#ffa3d6", "#22bdd6", "#c7aaff", "#f2e36b", "#6a5df2", "#b48a66", "#c9e8ff", "#c548b4", "#7f8a97"],
  light: ["#2f80e8", "#d0409a", "#00869c", "#6d3bd8", "#988500", "#20257f", "#7a4f30", "#4d8fb3", "#7d0f74", "#4c5560"],
};
export const REST: Record<Look, string> = { dark: "#3b444f", light: "#c3cad2" };
export const SERIES_COUNT = 10;
/** From the eighth hue on neighbours are close: those lines are dashed too. */
export const DASHED_FROM = 7;

export function seriesColor(hue: number, look: Look): string {
  return SERIES[look][hue % SERIES_COUNT] ?? "#888";
}

/** FNV-1a, 32 bit: the same name has the same hue on every page and every day. */
export function hueOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % SERIES_COUNT;
}

/** A hue for each name: its own by hash, the next free one where that is taken, until all ten are. */
export function hues(names: readonly string[]): Map<string, number> {
  const taken = new Set<number>();
  const given = new Map<string, number>();
  for (const name of [...new Set(names)].sort()) {
    let hue = hueOf(name);
    for (let tries = 0; taken.has(hue) && taken.size < SERIES_COUNT && tries < SERIES_COUNT; tries++) hue = (hue + 1) % SERIES_COUNT;
    taken.add(hue);
    given.set(name, hue);
  }
  return given;
}

/** The step that a value has reached; its share of min to max where thresholds are in percent. */
export function thresholdColor(thresholds: Thresholds, value: number | null, min: number | null, max: number | null): string {
  const { steps, mode } = thresholds;
  const base = steps[0]?.color ?? "text";
  if (value === null) return base;
  const compared = mode === "percentage" ? share(value, min, max) * 100 : value;
  return steps.findLast((step) => step.value === null || compared >= step.value)?.color ?? base;
}

/** Where thresholds lie on the scale of the values. */
export function thresholdAt(thresholds: Thresholds, step: number | null, min: number, max: number): number {
  if (step === null) return min;
  return thresholds.mode === "percentage" ? min + ((max - min) * step) / 100 : step;
}

export function share(value: number, min: number | null, max: number | null): number {
  const low = min ?? 0;
  const high = max ?? 100;
  return high === low ? 0 : Math.min(1, Math.max(0, (value - low) / (high - low)));
}

const SCHEMES: Record<string, readonly string[]> = {
  "continuous-GrYlRd": ["#3fae80", "#f2e36b", "#ff5450"],
  "continuous-RdYlGr": ["#ff5450", "#f2e36b", "#3fae80"],
  "continuous-BlYlRd": ["#4f9dff", "#f2e36b", "#ff5450"],
  "continuous-YlRd": ["#f2e36b", "#ff5450"],
  "continuous-BlPu": ["#4f9dff", "#a35df2"],
  "continuous-YlBl": ["#f2e36b", "#4f9dff"],
  "continuous-blues": ["#152a4a", "#8fc1ff"],
  "continuous-reds": ["#3d1212", "#ff8a82"],
  "continuous-greens": ["#0e2b1f", "#62cf9c"],
  "continuous-purples": ["#221b47", "#c7aaff"],
};

export function continuous(mode: string, at: number): string | null {
  const stops = SCHEMES[mode];
  return stops === undefined ? null : gradient(stops, at);
}

export function gradient(stops: readonly string[], at: number): string {
  const place = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const from = stops[Math.floor(place)] ?? "#000000";
  const to = stops[Math.ceil(place)] ?? from;
  const weight = place - Math.floor(place);
  const channel = (start: number): number => {
    const a = Number.parseInt(from.slice(start, start + 2), 16);
    const b = Number.parseInt(to.slice(start, start + 2), 16);
    return Math.round(a + (b - a) * weight);
  };
  return `#${[1, 3, 5].map((start) => channel(start).toString(16).padStart(2, "0")).join("")}`;
}

/** Whether a colour says how a value is, rather than which series it is. */
export function byValue(color: FieldColor | null): boolean {
  return color !== null && (color.mode === "thresholds" || color.mode.startsWith("continuous-"));
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(color: string): string {
  const hex = /^#([0-9a-f]{6})/i.exec(color)?.[1];
  if (hex === undefined) return "#ffffff";
  const light = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * light(0) + 0.7152 * light(2) + 0.0722 * light(4);
  return luminance > 0.179 ? "#0a0c0f" : "#ffffff";
}
