import { memo, useRef, type KeyboardEvent } from "react";
import type { Stream } from "../api/types";
import { changeView } from "../app/view";
import { useWords } from "../i18n";
import { freshness } from "../parts/DataAge";
import { secondsSince, useServerTime } from "../parts/clock";
import { Glyph, TONE } from "../parts/state";
import { tellLine } from "../parts/told";
import type { SiteRow } from "./model";

interface Props {
  rows: SiteRow[];
  selected: string | null;
  /** Seconds since the answer was made, added to each site's data age. */
  sinceAnswerSeconds: number;
}

/** Every picture as a cell, a row per site. One tab stop: arrows move and select, Home and End stay in the site. */
export function PictureGrid({ rows, selected, sinceAnswerSeconds }: Props) {
  const { t } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const reachable = rows.some((row) => row.streams.some((stream) => stream.id === selected));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = step(rows, selected, event.key);
    if (next === null) return;
    event.preventDefault();
    changeView({ stream: next });
    grid.current?.querySelector<HTMLElement>(`[data-stream="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="grid" role="grid" aria-label={t("pictures.grid")} ref={grid} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        <div className="siterow" role="row" key={row.site.id}>
          <SiteHead row={row} sinceAnswerSeconds={sinceAnswerSeconds} />
          <div className="cells" role="presentation">
            {row.streams.map((stream, place) => (
              <Cell
                key={stream.id}
                stream={stream}
                selected={stream.id === selected}
                stop={stream.id === selected || (!reachable && index === 0 && place === 0)}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function SiteHead({ row, sinceAnswerSeconds }: { row: SiteRow; sinceAnswerSeconds: number }) {
  const words = useWords();
  const { t, age, time } = words;
  const nowMs = useServerTime();
  const { site, streams } = row;
  const known = streams.every((stream) => stream.reason !== undefined) && streams.length === site.streams.length;
  const line = known ? tellLine(words, streams) : (site.line ?? "");
  const seconds = site.dataAgeSeconds === null ? null : site.dataAgeSeconds + sinceAnswerSeconds;
  const kind = freshness(seconds);
  return (
    <div className="site" role="rowheader">
      <b className="site-name">{site.name === "" ? t("pictures.noSite") : site.name}</b> <span className="t3">{streams.length}</span>
      <span className={`site-line clamp c-${TONE[site.worst]}`} lang={known || line === "" ? undefined : "en"}>
        {line !== "" ? line : (site.worst === "fine" ? t("pictures.allFine") : t(`group.${site.worst}`))}
      </span>
      {seconds === null ? null : (
        <span className={`age small ${kind}`}>
          {kind === "fresh" ? null : <i />}
          {kind === "lost"
            ? t("age.lost", { time: time(nowMs - seconds * 1_000) })
            : t("age.ago", { age: age(seconds) })}
        </span>
      )}
    </div>
  );
}

function Cell({ stream, selected, stop }: { stream: Stream; selected: boolean; stop: boolean }) {
  const { t, age } = useWords();
  const seconds = secondsSince(stream.since, useServerTime());
  const name = t("cell.name", {
    name: stream.id === stream.name ? stream.name : `${stream.id} ${stream.name}`,
    state: t(`state.${stream.state}`),
    age: seconds === null ? "" : age(seconds),
  }).trim();
  return <CellBox id={stream.id} group={stream.group} state={stream.state} name={name} selected={selected} stop={stop} />;
}

interface CellBoxProps extends Pick<Stream, "id" | "group" | "state"> {
  name: string;
  selected: boolean;
  stop: boolean;
}

const CellBox = memo(function CellBox({ id, group, state, name, selected, stop }: CellBoxProps) {
  return (
    <div
      role="gridcell"
      className={`cell ${TONE[group]} ${selected ? "frame-marks" : ""}`}
      aria-label={name}
      aria-selected={selected}
      tabIndex={stop ? 0 : -1}
      data-stream={id}
      onClick={() => changeView({ stream: id }, "push")}
    >
      <Glyph state={state} />
    </div>
  );
});

/** Where a key leads from the selected picture; null when the key is not one of the grid's. */
export function step(rows: SiteRow[], selected: string | null, key: string): string | null {
  const found = rows.findIndex((row) => row.streams.some((stream) => stream.id === selected));
  const y = Math.max(0, found);
  const streams = rows[y]?.streams ?? [];
  const x = Math.max(0, streams.findIndex((stream) => stream.id === selected));
  const inRow = (row: number, place: number): string | null => {
    const line = rows[row]?.streams;
    return line?.[Math.min(Math.max(0, place), line.length - 1)]?.id ?? null;
  };
  switch (key) {
    case "ArrowRight":
      return x + 1 < streams.length ? inRow(y, x + 1) : (inRow(y + 1, 0) ?? inRow(y, x));
    case "ArrowLeft":
      return x > 0 ? inRow(y, x - 1) : (inRow(y - 1, Number.MAX_SAFE_INTEGER) ?? inRow(y, x));
    case "ArrowDown":
      return inRow(y + 1, x) ?? inRow(y, x);
    case "ArrowUp":
      return inRow(y - 1, x) ?? inRow(y, x);
    case "Home":
      return inRow(y, 0);
    case "End":
      return inRow(y, Number.MAX_SAFE_INTEGER);
    default:
      return null;
  }
}
