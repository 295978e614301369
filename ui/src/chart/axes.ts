import type uPlot from "uplot";
import { intlZone, wallClock } from "../app/time/range";
import type { ChartLook } from "./look";

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000];

/** The axis of time in the page's zone: round times, dates where the day changes. */
export function timeAxis(look: ChartLook, zone: string, locale: string): uPlot.Axis {
  return {
    scale: "x",
    stroke: look.axis,
    font: look.font,
    size: 22,
    gap: 4,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
    splits: (plot, _axis, min, max) => timeSplits(min, max, Math.max(2, Math.floor(plot.bbox.width / devicePixelRatio / 84)), zone),
    values: (_plot, splits) => timeLabels(splits, zone, locale),
  };
}

/** Half of the widest time of an axis, px. */
const HALF_LABEL_PX = 18;

/** Whether a time that stands centred there is whole on an axis of that width; one cut in half tells a wrong time. */
export function labelFits(atPx: number, widthPx: number): boolean {
  return atPx >= HALF_LABEL_PX && atPx <= widthPx - HALF_LABEL_PX;
}

/** What stands under round times: the clock, the date where the day changes and over days, the month over years. */
export function timeLabels(splits: readonly number[], zone: string, locale: string): string[] {
  const { second, minute, day, year } = formatsOf(zone, locale);
  const step = (splits[1] ?? 0) - (splits[0] ?? 0);
  return splits.map((at) => {
    if (step >= 30 * 86_400_000) return year.format(at);
    const wall = wallClock(at, zone);
    const midnight = wall.getUTCHours() === 0 && wall.getUTCMinutes() === 0 && wall.getUTCSeconds() === 0;
    if (step >= 86_400_000 || midnight) return day.format(at);
    return step < 60_000 ? second.format(at) : minute.format(at);
  });
}

type Formats = Record<"second" | "minute" | "day" | "year", Intl.DateTimeFormat>;
let known: { key: string; formats: Formats } | null = null;

/** Making a format costs more than using it, and a page has one zone and one language. */
function formatsOf(zone: string, locale: string): Formats {
  const key = `${zone} ${locale}`;
  if (known?.key === key) return known.formats;
  const timeZone = intlZone(zone);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
  const formats = {
    second: format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }),
    minute: format({ hour: "2-digit", minute: "2-digit", hour12: false }),
    day: format({ day: "numeric", month: "short" }),
    year: format({ month: "short", year: "numeric" }),
  };
  known = { key, formats };
  return formats;
}

/** Round times of the zone's wall clock within a window, at most so many. */
export function timeSplits(min: number, max: number, most: number, zone: string): number[] {
  const step = (STEPS_S.find((one) => (max - min) / (one * 1_000) <= most) ?? 31_536_000) * 1_000;
  const offset = wallClock(min, zone).getTime() - min;
  const splits: number[] = [];
  for (let at = Math.ceil((min + offset) / step) * step - offset; at <= max; at += step) splits.push(at);
  return splits;
}

/** Round values of a range, at most so many, by 1, 2, 5 or, for bytes, by powers of two. */
export function valueSplits(min: number, max: number, most: number, binary: boolean): number[] {
  if (!(max > min)) return [min];
  const exact = (max - min) / Math.max(1, most);
  let step: number;
  if (binary && exact >= 1) step = 2 ** Math.ceil(Math.log2(exact));
  else {
    const size = 10 ** Math.floor(Math.log10(exact));
    step = ([1, 2, 2.5, 5, 10].find((one) => one * size >= exact * 0.999) ?? 10) * size;
  }
  const splits: number[] = [];
  for (let at = Math.ceil(min / step - 1e-9); at <= max / step + 1e-9 && splits.length < 200; at++) splits.push(Number((at * step).toPrecision(12)));
  return splits;
}
