import { useEffect, useSyncExternalStore } from "react";

export type Theme = "dark" | "light" | "system";
const STORED = "framewatch.theme";
const listeners = new Set<() => void>();
const systemLight = matchMedia("(prefers-color-scheme: light)");

function chosen(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === "light" || stored === "system" ? stored : "dark";
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemLight.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    systemLight.removeEventListener("change", listener);
  };
}

/** The reader's choice, and the colours it means now. Dark until chosen otherwise. */
export function useTheme(): { theme: Theme; colours: "dark" | "light" } {
  const theme = useSyncExternalStore(subscribe, chosen);
  const light = useSyncExternalStore(subscribe, () => systemLight.matches);
  const colours = theme === "system" ? (light ? "light" : "dark") : theme;
  useEffect(() => {
    document.documentElement.dataset["theme"] = colours;
  }, [colours]);
  return { theme, colours };
}
