import { session } from "../api/client";
import type { Session } from "../api/types";
import { boardAhead } from "../dash/ahead";

/**
 * What a first visit waits for longest is asked for before the program around it runs: who is reading, and a board's
 * program and file. Imported first by main.tsx, for its effect.
 */
let asked: Promise<Session> | null = session.read();
asked.catch(() => undefined); // who takes it tells what is wrong

/** Who is reading: the answer to the question that was asked ahead, or to a new one. */
export function firstSession(): Promise<Session> {
  const ahead = asked;
  asked = null;
  return ahead ?? session.read();
}

if (/^\/d(ashboards)?(\/|$)/.test(location.pathname)) {
  import("../dash/DashboardsPage").catch(() => undefined); // the page itself tells when its program does not come
  boardAhead(location.pathname);
}
