import { useEffect, useSyncExternalStore } from "react";

/** What the top bar says beside the page's name, and how old what the page shows is. */
interface Crumb {
  text: string;
  readAtMs: number | null;
}

let crumb: Crumb = { text: "", readAtMs: null };
const listeners = new Set<() => void>();

function change(part: Partial<Crumb>): void {
  crumb = { ...crumb, ...part };
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the top bar says beside the page's name. */
export function useCrumb(): string {
  return useSyncExternalStore(subscribe, () => crumb.text);
}

/** When the newest answer on the page came, on the clock of `performance.now()`, ms; null where that says nothing. */
export function useReadAt(): number | null {
  return useSyncExternalStore(subscribe, () => crumb.readAtMs);
}

/** Names what the page shows, in the top bar and the tab, for as long as it is shown. */
export function useCrumbText(text: string): void {
  useEffect(() => {
    change({ text });
    return () => change({ text: "", readAtMs: null });
  }, [text]);
}

/** Says that an answer came now. */
export function reportRead(): void {
  change({ readAtMs: performance.now() });
}
