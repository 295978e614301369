import { useSyncExternalStore } from "react";

export type Density = "comfortable" | "compact";
const DENSITY = "framewatch.density";
const ZONE = "framewatch.timezone";
const listeners = new Set<() => void>();

/** What the reader likes everywhere, kept in this browser; what a view shows is in its address instead. */
export function preferredZone(): string {
  return localStorage.getItem(ZONE) ?? "";
}

export function preferZone(zone: string): void {
  store(ZONE, zone);
}

export function preferDensity(density: Density): void {
  store(DENSITY, density);
}

export function preferredDensity(): Density {
  return localStorage.getItem(DENSITY) === "compact" ? "compact" : "comfortable";
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribePreferences, preferredDensity);
}

export function usePreferredZone(): string {
  return useSyncExternalStore(subscribePreferences, preferredZone);
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function store(name: string, value: string): void {
  localStorage.setItem(name, value);
  for (const listener of [...listeners]) listener();
}
