import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

const STORED = "framewatch.singleKeys";
const listeners = new Set<() => void>();

/** Whether single keys act. They never act inside a field, on a control that uses the key itself, or in a dialog. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, singleKeysOn);
  return [on, turnSingleKeys];
}

export function useKeys(actions: Record<string, () => void>): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
    if (action === undefined || !isOurs(event)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => act(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function isOurs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const first = event.composedPath()[0]; // inside a shadow root too, where an editor is
  const at = first instanceof Element ? first : null;
  if (at?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return false;
  if (event.key === " " && at?.closest("button, a, summary, video")) return false;
  return event.key === "Escape" || singleKeysOn();
}

function singleKeysOn(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

function turnSingleKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? "on" : "off");
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
