import { useMemo, useSyncExternalStore } from "react";

/**
 * The address is the only view state: path and query live here, and everything that shows them subscribes.
 * Links inside the program change the address without loading the page anew.
 */
const listeners = new Set<() => void>();

export interface Address {
  path: string;
  params: URLSearchParams;
}

export type Step = "push" | "replace";

export function subscribeAddress(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("popstate", announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("popstate", announce);
  };
}

function announce(): void {
  for (const listener of [...listeners]) listener();
}

/** Path and query of the page, as they are now and whenever they change. */
export function useAddress(): Address {
  const path = useSyncExternalStore(subscribeAddress, () => location.pathname);
  const query = useSyncExternalStore(subscribeAddress, () => location.search);
  return useMemo(() => ({ path, params: new URLSearchParams(query) }), [path, query]);
}

/** Goes to an address of this program, such as "/d/host?from=now-6h". */
export function go(address: string, step: Step = "push"): void {
  if (address === location.pathname + location.search + location.hash) return;
  if (step === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  announce();
}

/** Changes some parameters of the address and keeps the others; null takes one away, a list repeats it. */
export function changeParams(part: Record<string, string | string[] | null>, step: Step = "replace"): void {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(part)) {
    params.delete(name);
    if (value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, one);
  }
  const query = params.toString();
  go(location.pathname + (query === "" ? "" : `?${query}`) + location.hash, step);
}

/** Lets plain links of the program act without a load. Returns the way to stop. */
export function followLinks(): () => void {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target === "_blank" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (isFile(link.pathname) || (link.hash !== "" && link.pathname === location.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
    scrollTo(0, 0);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}

/** What the server answers by itself, such as a picture or an export, is no page of the program. */
function isFile(path: string): boolean {
  return /^\/(api|live|-|metrics|federate|loki|jaeger|tempo|v1)(\/|$)/.test(path) || /\.[a-z0-9]+$/i.test(path);
}
