import { createContext, use } from "react";

/** One instant on every strip of the page: where the pointer is in time, ms since 1970. */
export interface Cursor {
  atMs: number | null;
  move: (atMs: number | null) => void;
}

export const CursorContext = createContext<Cursor>({ atMs: null, move: () => undefined });

export function useCursor(): Cursor {
  return use(CursorContext);
}
