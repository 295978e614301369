import { useMemo } from "react";
import { useZone } from "../../app/time/store";
import { buildChart } from "../../chart/build";
import { useChartLook } from "../../chart/useChartLook";
import type { LegendOptions } from "../../chart/Legend";
import { TimeChart } from "../../chart/TimeChart";
import { useWords } from "../../i18n";
import { useBoard } from "../board";
import { choice, flag, object, text, texts } from "../model/json";
import type { JsonObject } from "../model/types";
import type { PanelViewProps } from "./kinds";

/** Lines, bars and points over time. */
export function TimeSeriesPanel({ panel, data, width, height }: PanelViewProps) {
  const { t } = useWords();
  const { look } = useChartLook();
  const { marks, syncKey } = useBoard();
  const zone = useZone();
  const chart = useMemo(() => buildChart(data.shown, look), [data.shown, look]);
  const legend = useMemo(() => legendOf(panel.options, width, height), [panel.options, width, height]);
  const mode = text(object(panel.defaults.custom["thresholdsStyle"])["mode"], "off");
  const thresholds = useMemo(() => (mode === "off" ? undefined : { thresholds: panel.defaults.thresholds, mode }), [mode, panel.defaults.thresholds]);
  const tooltip = object(panel.options["tooltip"]);
  return (
    <TimeChart
      chart={chart}
      label={t("dash.chart.label", { title: panel.title, n: chart.lines.length })}
      window={data.window}
      zone={zone}
      syncKey={syncKey}
      legend={legend}
      tooltip={choice(tooltip["mode"], ["multi", "single", "none"] as const, "multi")}
      tooltipSort={choice(tooltip["sort"], ["none", "asc", "desc"] as const, "none")}
      marks={marks}
      exemplars={data.exemplars}
      gapMs={4 * data.scrapeMs}
      {...(thresholds === undefined ? {} : { thresholds })}
    />
  );
}

/** What the panel asks for, and what there is room for: a small chart keeps its lines before its legend. */
export function legendOf(options: JsonObject, width: number, height: number): LegendOptions {
  const legend = object(options["legend"]);
  const shown = flag(legend["showLegend"], legend["displayMode"] !== "hidden") && height >= 90;
  const wantsTable = legend["displayMode"] === "table";
  const right = legend["placement"] === "right" && width >= 420;
  return {
    mode: !shown ? "hidden" : wantsTable && height >= 150 ? "table" : "list",
    placement: right ? "right" : "bottom",
    calcs: wantsTable && height >= 150 ? texts(legend["calcs"]).slice(0, width < 420 ? 2 : 8) : [],
    sortBy: text(legend["sortBy"]),
    sortDesc: flag(legend["sortDesc"], true),
  };
}
