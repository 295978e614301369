import { session } from "../api/client";
import type { Session } from "../api/types";
import { boardAhead } from "../dash/ahead";
import { pageOf } from "./pages";

/**
 * What a first visit waits for longest is asked for before the program around it runs: who is reading, the page's own
 * program, and a board's file. Imported first by main.tsx, for its effect.
 */
let asked: Promise<Session> | null = session.read();
asked.catch(() => undefined); // who takes it tells what is wrong
const program = pageOf(location.pathname).page.view?.load() ?? Promise.resolve();
program.catch(() => undefined); // the page itself tells when its program does not come
boardAhead(location.pathname);

/** A page whose program takes longer is framed before it has come. */
const PROGRAM_MS_MAX = 500;

/** Who is reading: the answer to the question that was asked ahead, or to a new one. */
export async function firstSession(): Promise<Session> {
  const ahead = asked;
  asked = null;
  if (ahead === null) return session.read();
  // A frame without its page, shown for a moment, would hold the page back: React lets nothing replace it for 300 ms.
  await Promise.race([Promise.allSettled([ahead, program]), new Promise((late) => setTimeout(late, PROGRAM_MS_MAX))]);
  return ahead;
}
