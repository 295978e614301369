import { useMemo, useState } from "react";
import type { NowFeed } from "../api/feed";
import type { Now } from "../api/types";
import { useFeedState } from "../app/brief";
import { changeView, useView, type SpanMinutes } from "../app/view";
import { useWords } from "../i18n";
import { secondsSince, useServerTime } from "../parts/clock";
import { ErrorPanel } from "../parts/ErrorPanel";
import { Changes } from "./Changes";
import { CursorContext } from "./cursor";
import { DemoPanel } from "./DemoPanel";
import { Finding } from "./Finding";
import { Incidents } from "./Incidents";
import { Inspector } from "./Inspector";
import { inspected, siteRows, TILES_MAX, usualSpan, type SiteRow } from "./model";
import { PictureGrid } from "./PictureGrid";
import { Tiles } from "./Tiles";

/** "Is anyone's picture broken now, and what must I do?" */
export function NowPage({ feed }: { feed: NowFeed }) {
  const { t } = useWords();
  const state = useFeedState(feed);
  const { now } = state;
  return (
    <>
      <ErrorPanel state={state} retry={feed.refresh} />
      {now === null ? (
        state.error === null ? (
          <Loading text={t("loading")} />
        ) : null
      ) : (
        <Loaded feed={feed} now={now} stale={state.error !== null} />
      )}
    </>
  );
}

function Loading({ text }: { text: string }) {
  return (
    <div className="loading" role="status">
      <span className="progress" />
      {text}
    </div>
  );
}

function Loaded({ feed, now, stale }: { feed: NowFeed; now: Now; stale: boolean }) {
  const [atMs, move] = useState<number | null>(null);
  const cursor = useMemo(() => ({ atMs, move }), [atMs]);
  const { t } = useWords();
  const view = useView();
  const rows = siteRows(now, view, (stream) => t(`state.${stream.state}`));
  const selected = inspected(now, view.stream, rows);
  const few = now.streams.length <= TILES_MAX;
  const spanMinutes = view.spanMinutes ?? usualSpan(now);
  return (
    <CursorContext value={cursor}>
      <div className={stale ? "old" : undefined}>
        <Finding now={now} />
        <div className={few ? "cols few" : "cols"}>
          <Incidents now={now} />
          <div className="where">
            <Pictures
              now={now}
              rows={rows}
              selected={selected?.id ?? null}
              few={few}
              spanMinutes={spanMinutes}
            />
            {selected === null ? null : (
              <Inspector
                spanMinutes={spanMinutes}
                stream={selected}
                stages={now.stages.filter((stage) => stage.stream === selected.id)}
                chosen={view.stream === selected.id}
                move={(by) => moveSelection(rows, selected.id, by)}
              />
            )}
          </div>
          <div className="rest">
            {now.demo === null ? null : (
              <DemoPanel
                demo={now.demo}
                streams={now.streams}
                selected={selected?.id ?? null}
                refresh={feed.refresh}
              />
            )}
            <Changes changes={now.changes} />
          </div>
        </div>
      </div>
    </CursorContext>
  );
}

interface PicturesProps {
  now: Now;
  rows: SiteRow[];
  selected: string | null;
  few: boolean;
  spanMinutes: SpanMinutes;
}

function Pictures({ now, rows, selected, few, spanMinutes }: PicturesProps) {
  const { t } = useWords();
  const { only, search } = useView();
  const passed = secondsSince(now.at, useServerTime()) ?? 0;
  const streams = rows.flatMap((row) => row.streams);
  return (
    <section id="pictures" aria-labelledby="pictures-title">
      <div className="hd">
        <h2 id="pictures-title">{t("pictures.title")}</h2>
        {few ? null : <span className="s t3">{t("pictures.order")}</span>}
        {only !== null || search !== "" ? (
          <button
            type="button"
            className="plain-link more"
            onClick={() => changeView({ only: null, search: "" })}
          >
            {t("counts.clear")}
          </button>
        ) : null}
      </div>
      {now.streams.length === 0 ? (
        <div className="empty">
          <p>{t("pictures.empty")}</p>
          <code>framewatch watch https://example.com/live/index.m3u8</code>
        </div>
      ) : rows.length === 0 ? (
        <p className="none">{t("pictures.none")}</p>
      ) : (
        <>
          <PictureGrid rows={rows} selected={selected} sinceAnswerSeconds={passed} />
          {few ? <Tiles streams={streams} selected={selected} spanMinutes={spanMinutes} /> : null}
        </>
      )}
    </section>
  );
}

function moveSelection(rows: SiteRow[], selected: string, by: 1 | -1): void {
  const all = rows.flatMap((row) => row.streams);
  const at = all.findIndex((stream) => stream.id === selected);
  const next = all[(at + by + all.length) % all.length];
  if (next !== undefined) changeView({ stream: next.id });
}
