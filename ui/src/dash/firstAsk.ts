import { preferredDensity } from "../app/preferences";
import { queryClient } from "../app/queries";
import { timeStore } from "../app/time/store";
import { uidOf } from "./ahead";
import { boardQuery } from "./api";
import { sourcesQuery } from "./data/sources";
import { layOut, type Placed } from "./model/layout";
import { readOnce } from "./model/read";
import { AT_ONCE, isOpen, NEAR_PX, repeatsOf, toggledRows } from "./rows";
import { asking, panelQuery } from "./usePanelData";
import { askedOfAll, filtersOf, variablesQuery } from "./useVariables";

/** What the grid of a board is made of, px: styles/dash.css has the same. */
const GAP_PX = 8;
const ROW_PX = 38;
/** A panel's border and what stands beside its body, px. */
const FRAME_PX = 26;
/** What stands over the grid, px. */
const ABOVE_PX = 100;
/** At most so wide panels stand two in a line, px. */
const PHONE_PX = 720;

/**
 * Asks for what the panels in sight will ask, as soon as the board's file is there and while the page is still being
 * drawn: their widths follow from the window's. A panel that is found to be of another width asks for itself.
 */
export async function askFirst(): Promise<void> {
  const uid = uidOf(location.pathname);
  const params = new URLSearchParams(location.search);
  if (uid === null || innerWidth <= PHONE_PX || ["viewPanel", "view", "editPanel"].some((name) => params.has(name))) return;
  const [file, sources] = await Promise.all([queryClient.query(boardQuery(uid)), queryClient.query(sourcesQuery)]);
  const dashboard = readOnce(file.dashboard);
  const { variables, from, to, refresh, timezone } = dashboard;
  const time = timeStore.ahead({ from, to, refresh, zone: timezone });
  if (time === null) return; // the page was quicker
  const asked = askedOfAll(variables, params);
  const { values } = variables.length === 0 ? { values: {} } : await queryClient.query(variablesQuery(dashboard.uid, variables, asked, sources, time));
  const board = { dashboard, values, filters: filtersOf(variables, asked), sources };
  const toggled = toggledRows(params);
  const placed = layOut(dashboard.panels, repeatsOf(values), (row) => isOpen(row, toggled));
  const width = gridPx();
  for (const one of placed.slice(0, AT_ONCE)) {
    if (ABOVE_PX + one.grid.y * ROW_PX > innerHeight + NEAR_PX) continue;
    const { questions } = asking(one.panel, board, time, bodyPx(one, width));
    if (questions.length > 0) queryClient.query(panelQuery(questions, time.tick)).catch(() => undefined); // the panel tells what is wrong
  }
}

/** How wide the grid will be, px: the window without the navigation and the page's edges. */
function gridPx(): number {
  const probe = document.createElement("div");
  probe.dataset["density"] = preferredDensity();
  document.body.append(probe);
  const look = getComputedStyle(probe);
  const px = (name: string): number => Number.parseFloat(look.getPropertyValue(name)) || 0;
  const width = document.documentElement.clientWidth - px("--nav") - 2 * px("--gutter");
  probe.remove();
  return width;
}

function bodyPx({ grid }: Placed, width: number): number {
  const column = (width - 23 * GAP_PX) / 24;
  return grid.w * column + (grid.w - 1) * GAP_PX - FRAME_PX;
}
