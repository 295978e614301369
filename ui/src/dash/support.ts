import type { Panel } from "./model/types";

/**
 * The panels that are drawn, whether they ask anything, and what each leaves out of Grafana's. The table in
 * docs/reference/dashboards.md is made of this (`npm run support`); anything not here shows that it is not supported.
 */
export const PANELS = {
  timeseries: { asks: true, leaves: "value labels, time regions" },
  stat: { asks: true, leaves: "percent change" },
  gauge: { asks: true, leaves: "threshold labels on the arc" },
  bargauge: { asks: true, leaves: "name placement" },
  table: { asks: true, leaves: "column filters, nested frames, image and JSON cells" },
  heatmap: { asks: true, leaves: "colour scale legend" },
  "state-timeline": { asks: true, leaves: "paging" },
  "status-history": { asks: true, leaves: "paging" },
  barchart: { asks: true, leaves: "logarithmic axis" },
  piechart: { asks: true, leaves: "labels on slices; drawn as a ring or a pie with a table" },
  logs: { asks: true, leaves: "log context" },
  traces: { asks: true, leaves: "the waterfall, which the page Traces draws" },
  text: { asks: false, leaves: "scripts, styles and frames in HTML, which are taken out" },
} as const;

export type PanelType = keyof typeof PANELS;

/** Old names that the reader turns into new ones. */
export const OLD_PANELS: Record<string, PanelType> = {
  graph: "timeseries",
  singlestat: "stat",
  "grafana-singlestat-panel": "stat",
  "table-old": "table",
  "grafana-piechart-panel": "piechart",
};

export function panelType(panel: Pick<Panel, "type">): PanelType | null {
  return Object.hasOwn(PANELS, panel.type) ? (panel.type as PanelType) : null;
}
