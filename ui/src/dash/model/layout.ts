import type { GridPos, Panel } from "./types";

/** What a board shows, top to bottom: panels at their places, row headers among them. */
export interface Placed {
  key: string;
  panel: Panel;
  grid: GridPos;
}

/** More panels than a person can look at come of a repeat over a variable with very many values. */
export const REPEATS_MAX = 60;

export type ValuesOf = (variable: string) => string[];

/**
 * Rows opened, repeats written out, gaps closed. `open` says which rows the reader has opened or closed by hand;
 * `valuesOf` gives the chosen values of a variable.
 */
export function layOut(panels: readonly Panel[], valuesOf: ValuesOf, isOpen: (row: Panel) => boolean): Placed[] {
  const placed: Placed[] = [];
  let top = 0;
  const put = (batch: Placed[]): void => {
    const compact = compacted(batch).map((one) => ({ ...one, grid: { ...one.grid, y: one.grid.y + top } }));
    placed.push(...compact);
    top = compact.reduce((end, { grid }) => Math.max(end, grid.y + grid.h), top);
  };
  let loose: Panel[] = [];
  const flush = (): void => {
    put(repeatedAll(loose, valuesOf));
    loose = [];
  };
  for (const panel of panels) {
    if (panel.type !== "row") {
      loose.push(panel);
      continue;
    }
    flush();
    for (const row of repeatedRow(panel, valuesOf)) {
      put([{ key: keyOf(row), panel: row, grid: { x: 0, y: 0, w: 24, h: 1 } }]);
      if (isOpen(row)) put(repeatedAll(row.children, valuesOf));
    }
  }
  flush();
  return placed;
}

function repeatedRow(row: Panel, valuesOf: ValuesOf): Panel[] {
  const values = row.repeat === "" ? [] : valuesOf(row.repeat).slice(0, REPEATS_MAX);
  if (values.length === 0) return [row];
  return values
    .map((value) => {
      const scope = { ...row.scope, [row.repeat]: value };
      return { ...row, scope, children: row.children.map((child) => ({ ...child, scope: { ...child.scope, ...scope } })) };
    });
}

function repeatedAll(panels: readonly Panel[], valuesOf: ValuesOf): Placed[] {
  let moved = 0;
  const byPlace = [...panels].sort((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x);
  return byPlace.flatMap((panel) => {
    const own = { ...panel.grid, y: panel.grid.y + moved };
    const values = panel.repeat === "" || panel.repeat in panel.scope ? [] : valuesOf(panel.repeat).slice(0, REPEATS_MAX);
    if (values.length === 0) return [{ key: keyOf(panel), panel, grid: own }];
    const copies = values.map((value) => ({ ...panel, scope: { ...panel.scope, [panel.repeat]: value } }));
    const across = panel.repeatDirection === "v" ? 1 : Math.min(panel.maxPerRow, values.length);
    const w = panel.repeatDirection === "v" ? own.w : Math.floor(24 / across);
    moved += (Math.ceil(values.length / across) - 1) * own.h;
    return copies.map((copy, at) => ({
      key: keyOf(copy),
      panel: copy,
      grid: {
        x: panel.repeatDirection === "v" ? own.x : (at % across) * w,
        y: own.y + Math.floor(at / across) * own.h,
        w,
        h: own.h,
      },
    }));
  });
}

function keyOf(panel: Panel): string {
  const scope = Object.entries(panel.scope).map(([name, value]) => `${name}=${value}`);
  return [String(panel.id), ...scope].join(" ");
}

/** Moves every panel up until it meets another, as Grafana's grid does: gaps in `y` are never shown. */
export function compacted(batch: readonly Placed[]): Placed[] {
  const heights = new Array<number>(24).fill(0);
  const done: Placed[] = [];
  for (const one of [...batch].sort((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x)) {
    const { x, w, h } = one.grid;
    let y = 0;
    for (let column = x; column < Math.min(24, x + w); column++) y = Math.max(y, heights[column] ?? 0);
    for (let column = x; column < Math.min(24, x + w); column++) heights[column] = y + h;
    done.push({ ...one, grid: { ...one.grid, y } });
  }
  return done;
}

const SMALL = new Set(["stat", "gauge"]);

/** Whether a panel has room enough in half of a phone's width. */
export function isSmall({ panel, grid }: Placed): boolean {
  return SMALL.has(panel.type) && grid.w <= 8;
}

/** Of small panels that follow each other, on a phone two a line, the last one where it would stand alone in its line. */
export function loneSmall(placed: readonly Placed[]): ReadonlySet<string> {
  const lone = new Set<string>();
  let run = 0;
  placed.forEach((one, at) => {
    run = isSmall(one) ? run + 1 : 0;
    const next = placed[at + 1];
    if (run % 2 === 1 && (next === undefined || !isSmall(next))) lone.add(one.key);
  });
  return lone;
}
