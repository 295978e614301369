import { useEffect, useLayoutEffect, useRef } from "react";
import uPlot from "uplot";
import { setExtras, type Extras } from "./options";
import "uplot/dist/uPlot.min.css";
import "../styles/chart.css";

/** Everything a plot is made of but its size and its data. A new object makes a new plot; new data only redraws. */
export type PlotOptions = Omit<uPlot.Options, "width" | "height">;

interface PlotProps {
  options: PlotOptions;
  data: uPlot.AlignedData;
  /** What a screen reader says of the plot; "view as table" has the values. */
  label: string;
  /** The window that x spans, ms; the data's own where null. */
  window: { fromMs: number; toMs: number } | null;
  extras: Extras;
}

const REDRAW = "framewatch:redraw";

/** uPlot in a box that fills its place. */
export function Plot({ options, data, label, window, extras }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<uPlot | null>(null);
  const shown = useRef({ data, window, extras });
  const drawn = useRef<typeof shown.current | null>(null);
  useLayoutEffect(() => {
    shown.current = { data, window, extras };
  }, [data, window, extras]);

  useLayoutEffect(() => {
    const place = box.current;
    if (place === null) return;
    const { width, height } = place.getBoundingClientRect();
    const chart = new uPlot({ ...options, width: Math.max(10, width), height: Math.max(10, height) }, shown.current.data, place);
    setExtras(chart, shown.current.extras);
    setWindow(chart, shown.current.window);
    made.current = chart;
    drawn.current = shown.current;
    const observer = new ResizeObserver(([entry]) => {
      const size = entry?.contentRect;
      if (size === undefined || size.width < 10 || size.height < 10) return;
      if (Math.abs(size.width - chart.width) >= 1 || Math.abs(size.height - chart.height) >= 1) chart.setSize({ width: size.width, height: size.height });
    });
    observer.observe(place);
    return () => {
      observer.disconnect();
      chart.destroy();
      made.current = null;
    };
  }, [options]);

  useEffect(() => {
    const chart = made.current;
    const before = drawn.current;
    if (chart === null || (before?.data === data && before.window === window && before.extras === extras)) return;
    drawn.current = { data, window, extras };
    setExtras(chart, extras);
    const began = performance.now();
    chart.batch(() => {
      if (chart.data === data) chart.redraw(false, false);
      else chart.setData(data, window === null);
      setWindow(chart, window);
    });
    // For who watches (scripts/marks.mjs); cleared at once, so that a page open for weeks keeps none.
    performance.measure(REDRAW, { start: began });
    performance.clearMeasures(REDRAW);
  }, [data, window, extras]);

  return <div className="plot" ref={box} role="img" aria-label={label} />;
}

function setWindow(chart: uPlot, window: PlotProps["window"]): void {
  if (window !== null) chart.setScale("x", { min: window.fromMs, max: window.toMs });
}
