import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { changeParams, useAddress } from "../app/address";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { useBoard } from "./board";
import { interpolate } from "./data/interpolate";
import { isSmall, layOut, loneSmall, type Placed } from "./model/layout";
import type { GridPos, Panel } from "./model/types";
import { PanelFrame, type PlaceStyle } from "./PanelFrame";
import { AT_ONCE, isOpen, repeatsOf, rowKey, toggledRows } from "./rows";

interface BoardGridProps {
  /** Called while editing, when a panel was moved or resized. */
  onPlace: (panel: Panel, grid: GridPos) => void;
}

const ROW_PX = 38;

/** Panels at their places on 24 columns; rows that open and close. Which are open is in the address. */
export function BoardGrid({ onPlace }: BoardGridProps) {
  const { dashboard, values, editing } = useBoard();
  const { params } = useAddress();
  const toggled = useMemo(() => toggledRows(params), [params]);
  const placed = useMemo(() => {
    const valuesOf = editing ? () => [] : repeatsOf(values); // while editing, a repeated panel stands once, where it is written
    return layOut(dashboard.panels, valuesOf, (row) => isOpen(row, toggled));
  }, [dashboard, values, toggled, editing]);
  const toggle = (row: Panel): void => {
    const next = new Set(toggled);
    if (!next.delete(rowKey(row))) next.add(rowKey(row));
    changeParams({ rows: next.size === 0 ? null : [...next].join(",") });
  };
  const lone = useMemo(() => loneSmall(placed), [placed]);
  return (
    <div className={editing ? "board-grid editing" : "board-grid"}>
      {placed.map((one, at) =>
        one.panel.type === "row" ? (
          <RowHead key={one.key} placed={one} open={isOpen(one.panel, toggled)} toggle={toggle} />
        ) : (
          <Cell key={one.key} placed={one} half={isSmall(one) && !lone.has(one.key)} atOnce={at < AT_ONCE} editing={editing && Object.keys(one.panel.scope).length === 0} onPlace={onPlace} />
        ),
      )}
    </div>
  );
}

function style({ grid }: Placed): PlaceStyle {
  return { "--x": grid.x + 1, "--y": grid.y + 1, "--w": grid.w, "--h": grid.h };
}

function RowHead({ placed, open, toggle }: { placed: Placed; open: boolean; toggle: (row: Panel) => void }) {
  const { t } = useWords();
  const { values } = useBoard();
  const { panel } = placed;
  const scoped = { ...values, ...Object.fromEntries(Object.entries(panel.scope).map(([name, value]) => [name, { values: [value], text: value, all: false, verbatim: false, multi: false }])) };
  return (
    <h2 className="board-row" style={style(placed)}>
      <button type="button" aria-expanded={open} onClick={() => toggle(panel)}>
        <Icon name={open ? "down" : "right"} small />
        {interpolate(panel.title, scoped, null, "text")}
        {open ? null : <span className="t3 xs">{t("dash.row.panels", { n: panel.children.length })}</span>}
      </button>
    </h2>
  );
}

function Cell({ placed, half, atOnce, editing, onPlace }: { placed: Placed; half: boolean; atOnce: boolean; editing: boolean; onPlace: (panel: Panel, grid: GridPos) => void }) {
  const { panel, grid } = placed;
  const place = useRef<HTMLDivElement>(null);
  const [met, meet] = useState(atOnce);
  const meeting = useCallback((panelElement: HTMLElement | null) => (panelElement === null ? undefined : whenClose(panelElement, () => meet(true))), []);
  return (
    <div ref={place} className={half ? "board-cell half" : "board-cell"} style={style(placed)}>
      {met ? (
        <PanelFrame panel={panel} handle={editing ? <Handles panel={panel} grid={grid} place={place} onPlace={onPlace} /> : undefined} />
      ) : (
        <section ref={meeting} className="panel board-panel" data-panel={panel.id} tabIndex={-1} role="group" aria-label={panel.title} />
      )}
    </div>
  );
}

/** A panel is made when it is first within a few screens, so that a board of a thousand opens like one of ten. */
function whenClose(element: HTMLElement, then: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) then();
  }, { rootMargin: "1500px" });
  observer.observe(element);
  return () => observer.disconnect();
}

interface HandlesProps {
  panel: Panel;
  grid: GridPos;
  place: React.RefObject<HTMLDivElement | null>;
  onPlace: (panel: Panel, grid: GridPos) => void;
}

/** Moves and resizes by pointer, or by arrow keys on the handle (with Shift: resizes). */
function Handles({ panel, grid, place, onPlace }: HandlesProps) {
  const { t } = useWords();
  const drag = (resize: boolean) => (event: PointerEvent<HTMLElement>) => {
    const board = place.current?.parentElement;
    if (board == null || event.button !== 0) return;
    event.preventDefault();
    const column = board.getBoundingClientRect().width / 24;
    const start = { x: event.clientX, y: event.clientY };
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const at = (now: globalThis.PointerEvent): GridPos => {
      const dx = Math.round((now.clientX - start.x) / column);
      const dy = Math.round((now.clientY - start.y) / ROW_PX);
      return changed(grid, dx, dy, resize);
    };
    const move = (now: globalThis.PointerEvent): void => show(place.current, at(now));
    const listening = new AbortController();
    const restore = (): void => {
      listening.abort();
      show(place.current, grid); // React keeps a style that it did not change
    };
    const end = (now: globalThis.PointerEvent): void => {
      restore();
      const next = at(now);
      if (JSON.stringify(next) !== JSON.stringify(grid)) onPlace(panel, next);
    };
    target.addEventListener("pointermove", move, listening);
    target.addEventListener("pointerup", end, listening);
    target.addEventListener("pointercancel", restore, listening);
  };
  const byKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onPlace(panel, changed(grid, by[0] ?? 0, by[1] ?? 0, event.shiftKey));
  };
  return (
    <>
      <button type="button" className="head-button move" aria-label={t("dash.panel.move", { title: panel.title })} title={t("dash.panel.moveHint")} onPointerDown={drag(false)} onKeyDown={byKey}>
        <svg className="i sm" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 1.5v13M1.5 8h13M6 3.5l2-2 2 2M6 12.5l2 2 2-2M3.5 6l-2 2 2 2M12.5 6l2 2-2 2" />
        </svg>
      </button>
      <span className="resize" aria-hidden="true" onPointerDown={drag(true)} />
    </>
  );
}

function show(element: HTMLElement | null, grid: GridPos): void {
  element?.style.setProperty("--x", String(grid.x + 1));
  element?.style.setProperty("--y", String(grid.y + 1));
  element?.style.setProperty("--w", String(grid.w));
  element?.style.setProperty("--h", String(grid.h));
}

function changed(grid: GridPos, dx: number, dy: number, resize: boolean): GridPos {
  if (resize) return { ...grid, w: Math.min(24 - grid.x, Math.max(2, grid.w + dx)), h: Math.min(60, Math.max(2, grid.h + dy)) };
  return { ...grid, x: Math.min(24 - grid.w, Math.max(0, grid.x + dx)), y: Math.max(0, grid.y + dy) };
}
