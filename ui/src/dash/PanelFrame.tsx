import { Menu } from "@mantine/core";
import { memo, useCallback, useEffect, useMemo, useRef, useState, type ComponentProps, type CSSProperties, type ReactNode, type RefCallback } from "react";
import { changeParams } from "../app/address";
import { useTime, useZone } from "../app/time/store";
import { timeWords } from "../app/time/words";
import { csvOf, DataTable } from "../chart/DataTable";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { save } from "../parts/save";
import { panelValues, useBoard } from "./board";
import { interpolate } from "./data/interpolate";
import { reason } from "./data/panel";
import { metricsRead } from "./data/reads";
import { numberText } from "./field/units";
import { exploreLink } from "./exploreLink";
import { linksOf } from "./links";
import type { Panel } from "./model/types";
import { VIEWS } from "./panels/kinds";
import { NEAR_PX } from "./rows";
import { panelType } from "./support";
import { columnsOfData } from "./tabular";
import type { Exemplar } from "./data/exemplars";
import { usePanelData, type PanelData, type PanelView } from "./usePanelData";

interface PanelFrameProps {
  panel: Panel;
  /** Whether it fills the page alone. */
  alone?: boolean;
  handle?: ReactNode;
}

/** A panel: its title and menu, its data, and the states it can be in. */
export const PanelFrame = memo(function PanelFrame({ panel, alone = false, handle }: PanelFrameProps) {
  const { t } = useWords();
  const board = useBoard();
  const [near, box] = useNear();
  const [size, body] = useSize();
  const data = usePanelData(panel, size.width, near);
  const [asTable, setAsTable] = useState(false);
  const values = panelValues(board.values, panel);
  const title = interpolate(panel.title, values, { fromMs: data.fromMs, toMs: data.toMs, intervalMs: 0, scrapeMs: 0 }, "text");
  const description = interpolate(panel.description, values, null, "text");
  const named = title === "" ? t("dash.panel.untitled") : title;
  const { from, to } = useTime();
  const explore = exploreLink(data.questions, { from, to });
  const slow = useSlow(data.loading);
  const { view } = data;
  const download = useDownload(view, named);
  return (
    <section
      ref={box}
      className={`panel board-panel${panel.transparent ? " clear" : ""}${slow && data.result !== null ? " old" : ""}`}
      data-panel={panel.id}
      data-explore={explore ?? undefined}
      tabIndex={-1}
      role="group"
      aria-label={named}
      aria-busy={data.loading}
    >
      {slow ? <span className="panel-progress" /> : null}
      <header className="panel-head">
        <h2 title={title}>{title}</h2>
        {panel.timeFrom !== "" || panel.timeShift !== "" ? <span className="xs t3">{[panel.timeFrom, panel.timeShift === "" ? "" : `-${panel.timeShift}`].filter(Boolean).join(" ")}</span> : null}
        {description === "" ? null : <Description text={description} title={named} />}
        <Notes result={data.result} />
        <span className="sp" />
        <PanelMenu
          panel={panel}
          title={named}
          alone={alone}
          asTable={asTable}
          setAsTable={setAsTable}
          explore={explore}
          download={data.result === null ? null : download}
          exemplars={view.exemplars}
        />
        {handle}
      </header>
      <div className="panel-body" ref={body}>
        {size.width === 0 ? null : (
          <>
            {data.error === null || data.unsupported !== null ? null : <Failure error={data.error} retry={data.retry} loading={data.loading} brief={data.result !== null} />}
            <Body panel={panel} view={view} here={hereOf(panel, data)} unsupported={data.unsupported} size={size} asTable={asTable} title={named} explore={explore} reads={readsOf(data.questions)} />
          </>
        )}
      </div>
    </section>
  );
});

/** Whether there is something to draw, nothing was asked, or nothing has come. */
function hereOf(panel: Panel, { result, questions, loading, error }: PanelData): "data" | "unasked" | "nothing" {
  if (panel.type === "text" || result !== null) return "data";
  return questions.length === 0 && !loading && error === null ? "unasked" : "nothing";
}

interface BodyProps {
  panel: Panel;
  view: PanelView;
  here: ReturnType<typeof hereOf>;
  unsupported: string | null;
  size: { width: number; height: number };
  asTable: boolean;
  title: string;
  /** Where its queries are looked at closer; null for nowhere. */
  explore: string | null;
  /** Metrics that its queries read, as one text, so that the same metrics are no change. */
  reads: string;
}

/** What a panel shows. It is drawn anew when that has changed, and not because it was asked for. */
const Body = memo(function Body({ panel, view, here, unsupported, size, asTable, title, explore, reads }: BodyProps) {
  const { t, language } = useWords();
  const zone = useZone();
  const kind = panelType(panel);
  if (kind === null || unsupported !== null) return <Unsupported what={unsupported ?? panel.type} />;
  if (here !== "data") return here === "unasked" ? <Empty /> : null;
  if (asTable) {
    const { columns, rows } = columnsOfData(view, timeWords(language, zone).full);
    return <DataTable label={`${title}, ${t("dash.view.table")}`} columns={columns} rows={rows} />;
  }
  const View = VIEWS[kind];
  if (panel.type !== "text" && view.frames.every(({ length }) => length === 0) && panel.type !== "timeseries") return <NoData roomy={size.height >= HINT_PX} wide={size.width >= HINT_WIDTH_PX} explore={explore} reads={reads} />;
  if (panel.type === "timeseries" && !view.shown.some(({ field }) => field.type === "number" && field.values.some((value) => value !== null))) return <NoData roomy={size.height >= HINT_PX} wide={size.width >= HINT_WIDTH_PX} explore={explore} reads={reads} />;
  return <View panel={panel} data={view} width={size.width} height={size.height} />;
});

/** A question that takes longer than this is shown as under way; a quicker one changes nothing on the page. */
const SLOW_MS = 300;

function useSlow(loading: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!loading) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [loading]);
  return loading && slow;
}

/** Saves what a panel shows at that moment as CSV. */
function useDownload(view: PanelView, title: string): () => void {
  const { language } = useWords();
  const zone = useZone();
  const shown = useRef(view);
  useEffect(() => {
    shown.current = view;
  }, [view]);
  return useCallback(() => {
    const { columns, rows } = columnsOfData(shown.current, timeWords(language, zone).full);
    save(`${title}.csv`, csvOf(columns, rows), "text/csv");
  }, [language, zone, title]);
}

/** A panel that is lower has no room for more than two words, px. */
const HINT_PX = 120;

/** Narrower than this the hint has no room: it is the panel's title then. */
const HINT_WIDTH_PX = 200;

/** More metrics than these are counted and not named. */
const NAMED_MAX = 3;

function readsOf(questions: PanelData["questions"]): string {
  const names = [...new Set(questions.flatMap(({ source, expr }) => (source.type === "prometheus" ? metricsRead(expr) : [])))];
  const more = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(", ") + (more > 0 ? ` +${more}` : "");
}

function NoData({ roomy, wide, explore, reads }: { roomy: boolean; wide: boolean; explore: string | null; reads: string }) {
  const { t } = useWords();
  return (
    <div className="nothing" title={reads === "" ? undefined : t("dash.noData.reads", { reads })}>
      <p>{t("dash.noData")}</p>
      {roomy && wide ? <p className="xs t3">{reads === "" ? t("dash.noData.todo") : t("dash.noData.reads", { reads })}</p> : null}
      {roomy && explore !== null ? (
        <p>
          <a href={explore}>{t("dash.noData.look")}</a>
        </p>
      ) : null}
    </div>
  );
}

function Empty() {
  const { t } = useWords();
  return (
    <div className="nothing plain">
      <p>{t("dash.panel.noQuery")}</p>
    </div>
  );
}

function Unsupported({ what }: { what: string }) {
  const { t } = useWords();
  return (
    <div className="nothing unsupported" role="note">
      <p>
        <Icon name="question" /> {t("dash.unsupported", { what })}
      </p>
      <p className="xs t3">{t("dash.unsupported.why")}</p>
    </div>
  );
}

function Failure({ error, retry, loading, brief = false }: { error: unknown; retry: () => void; loading: boolean; brief?: boolean }) {
  const { t } = useWords();
  const { what, todo, kind } = reason(error);
  const turn = kind === "unreachable" || kind === "slow" ? t("dash.error.auto") : kind === "failed" || kind === "unreadable" ? t("dash.error.us") : t("dash.error.you");
  return (
    <div className={brief ? "panel-error brief" : "panel-error"} role="alert">
      <p>
        <span className="c-broken">
          <Icon name="close" small />
        </span>{" "}
        {t(`dash.error.${kind}`)}
      </p>
      {what === "" || kind === "unreachable" || kind === "slow" ? null : <p className="mono clamp">{what}</p>}
      {brief ? null : <p className="t2">{todo === "" ? turn : todo}</p>}
      <button type="button" className="ctl" disabled={loading} onClick={retry}>
        <Icon name="refresh" small />
        {t("error.retry")}
      </button>
    </div>
  );
}

function Description({ text, title }: { text: string; title: string }) {
  const { t } = useWords();
  return (
    <Menu position="bottom-start" withinPortal={false} transitionProps={{ duration: 0 }} width={320}>
      <Menu.Target>
        <button type="button" className="head-button" aria-label={`${t("dash.panel.about")}: ${title}`} title={text}>
          <Icon name="help" small />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className="panel-about">{text}</p>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the reader should know before believing the picture: cut series, warnings, targets that failed. */
function Notes({ result }: { result: PanelData["result"] }) {
  const { t, number } = useWords();
  if (result === null) return null;
  const notes = [
    ...(result.total > result.shown ? [t("dash.note.cut", { shown: number(result.shown), total: number(result.total) })] : []),
    ...result.failures.map(({ refId, error }) => `${refId}: ${reason(error).what}`),
    ...new Set(result.notes),
  ];
  if (notes.length === 0) return null;
  return (
    <span className="panel-note" title={notes.join("\n")} role="note" aria-label={notes.join("; ")}>
      <Icon name="incident" small />
    </span>
  );
}

/** The highest exemplars are in the menu too, for who has no pointer. */
const EXEMPLARS_LISTED = 5;

interface PanelMenuProps {
  panel: Panel;
  title: string;
  alone: boolean;
  asTable: boolean;
  setAsTable: (on: boolean) => void;
  /** Where the panel's queries are looked at closer; null for nowhere. */
  explore: string | null;
  /** Null where there is nothing yet. */
  download: (() => void) | null;
  exemplars: readonly Exemplar[];
}

const PanelMenu = memo(function PanelMenu({ panel, title, alone, asTable, setAsTable, explore, download, exemplars }: PanelMenuProps) {
  const { t, language } = useWords();
  const board = useBoard();
  const zone = useZone();
  const links = useMemo(() => linksOf(panel.links, null, panelValues(board.values, panel)), [panel, board.values]);
  return (
    <Menu position="bottom-end" withinPortal={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <MenuButton title={title} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="pictures" small />} onClick={() => changeParams({ viewPanel: alone ? null : String(panel.id) }, "push")}>
          {t(alone ? "dash.panel.back" : "dash.panel.alone")}
        </Menu.Item>
        {panel.type === "text" ? null : (
          <>
            <Menu.Item leftSection={<Icon name="table" small />} onClick={() => setAsTable(!asTable)}>
              {t(asTable ? "dash.view.chart" : "dash.view.table")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="download" small />} disabled={download === null} onClick={download ?? undefined}>
              {t("dash.view.csv")}
            </Menu.Item>
          </>
        )}
        {explore === null ? null : (
          <Menu.Item component="a" href={explore} leftSection={<Icon name="explore" small />} rightSection={<kbd>e</kbd>}>
            {t("dash.panel.explore")}
          </Menu.Item>
        )}
        {exemplars
          .filter(({ url }) => url !== null)
          .slice(0, EXEMPLARS_LISTED)
          .map(({ atMs, value, url }) => (
            <Menu.Item key={`${atMs} ${value}`} component="a" href={url ?? ""} leftSection={<Icon name="traces" small />}>
              {t("dash.panel.exemplar", { value: numberText(value, panel.defaults.unit, null), at: timeWords(language, zone).clock(atMs) })}
            </Menu.Item>
          ))}
        {links.map((link, at) => (
          <Menu.Item key={at} component="a" href={link.url} {...(link.targetBlank ? { target: "_blank", rel: "noreferrer" } : {})} leftSection={<Icon name="external" small />}>
            {link.title}
          </Menu.Item>
        ))}
        {board.editing ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<Icon name="edit" small />} onClick={() => board.edit(panel, "edit")}>
              {t("dash.panel.edit")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="copy" small />} onClick={() => board.edit(panel, "duplicate")}>
              {t("dash.panel.duplicate")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="trash" small />} onClick={() => board.edit(panel, "remove")}>
              {t("dash.panel.remove")}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
});

function MenuButton({ title, ...menu }: { title: string } & ComponentProps<"button">) {
  const { t } = useWords();
  return (
    <button type="button" {...menu} className={`head-button menu ${menu.className ?? ""}`} aria-label={t("dash.panel.menu", { title })}>
      <Icon name="dots" />
    </button>
  );
}

/**
 * Whether a panel is on the screen or close to it: only then it asks, and keeps asking. Measured at once, so that the
 * first question need not wait for a frame.
 */
function useNear(): [boolean, RefCallback<HTMLElement>] {
  const [near, setNear] = useState(false);
  const watch = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const { top, bottom } = element.getBoundingClientRect();
    setNear(bottom >= -NEAR_PX && top <= innerHeight + NEAR_PX);
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: `${NEAR_PX}px` });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [near, watch];
}

function useSize(): [{ width: number; height: number }, RefCallback<HTMLElement>] {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const watch = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const take = (width: number, height: number): void => setSize((now) => (Math.abs(now.width - width) < 1 && Math.abs(now.height - height) < 1 ? now : { width, height }));
    take(element.clientWidth, element.clientHeight);
    const observer = new ResizeObserver(([entry]) => take(entry?.contentRect.width ?? 0, entry?.contentRect.height ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [size, watch];
}

export type PlaceStyle = CSSProperties & Record<"--x" | "--y" | "--w" | "--h", number>;
