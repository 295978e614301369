import { boardAhead } from "../dash/ahead";

/**
 * A board's program and its file are asked for before the program around it runs and the server has said who is
 * reading: a first visit waits for them longest. Imported first by main.tsx, for its effect.
 */
if (/^\/d(ashboards)?(\/|$)/.test(location.pathname)) {
  import("../dash/DashboardsPage").catch(() => undefined); // the page itself tells when its program does not come
  boardAhead(location.pathname);
}
