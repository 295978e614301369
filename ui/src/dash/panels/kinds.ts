import type { ComponentType } from "react";
import type { Panel } from "../model/types";
import type { PanelType } from "../support";
import type { PanelView } from "../usePanelData";
import { BarChartPanel } from "./BarChart";
import { BarGaugePanel } from "./BarGauge";
import { GaugePanel } from "./Gauge";
import { HeatmapPanel } from "./Heatmap";
import { LogsPanel } from "./Logs";
import { PiePanel } from "./Pie";
import { StatPanel } from "./Stat";
import { StatesPanel } from "./States";
import { TablePanel } from "./TablePanel";
import { TextPanel } from "./Text";
import { TimeSeriesPanel } from "./TimeSeries";
import { TracesPanel } from "./Traces";

export interface PanelViewProps {
  panel: Panel;
  data: PanelView;
  /** The size inside the panel, px. */
  width: number;
  height: number;
}

export const VIEWS: Record<PanelType, ComponentType<PanelViewProps>> = {
  timeseries: TimeSeriesPanel,
  stat: StatPanel,
  gauge: GaugePanel,
  bargauge: BarGaugePanel,
  table: TablePanel,
  heatmap: HeatmapPanel,
  "state-timeline": StatesPanel,
  "status-history": StatesPanel,
  barchart: BarChartPanel,
  piechart: PiePanel,
  logs: LogsPanel,
  traces: TracesPanel,
  text: TextPanel,
};
