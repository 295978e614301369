import { QueryClientProvider } from "@tanstack/react-query";
import { createElement, lazy, Suspense, useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";
import { NowFeed } from "../api/feed";
import { session as sessions } from "../api/client";
import type { Session } from "../api/types";
import { useWords } from "../i18n";
import { LoginPage } from "../login/LoginPage";
import { NowPage } from "../now/NowPage";
import { usualSpan } from "../now/model";
import { ServerClock } from "../parts/clock";
import { followLinks, go, useAddress } from "./address";
import { Boundary } from "./Boundary";
import { useBrief, useFeedState, type Brief } from "./brief";
import { useCrumb } from "./crumb";
import { firstSession } from "./early";
import { Frame, type Section } from "./Frame";
import { Help } from "./Help";
import { useKeys } from "./keys";
import { pageOf, type Page } from "./pages";
import { queryClient } from "./queries";
import { moveInTime, timeStore, useTime, zoomOut } from "./time/store";
import { showTimePicker } from "./time/TimeControls";
import { changeView, SPANS, useView, type SpanMinutes } from "./view";

/** A page that is not about the feed is usually drawn by then. */
const FEED_LATE_MS = 500;

const Palette = lazy(() => import("./Palette").then(({ Palette: view }) => ({ default: view })));

/** Asks who is reading, then shows the page or the login. */
export function App() {
  const [session, setSession] = useState<Session | null>(null);
  const [asked, setAsked] = useState(false);
  const ask = useCallback(() => {
    // A server that cannot say who is reading still may show its state: the page itself then says what is wrong.
    firstSession()
      .then(setSession, () => setSession(null))
      .finally(() => setAsked(true));
  }, []);
  useEffect(ask, [ask]);

  if (!asked) return null;
  if (location.pathname === "/login" || (session?.mode === "login" && session.user === null)) {
    return <LoginPage onDone={ask} />;
  }
  return <Watching session={session} onDenied={ask} />;
}

function Watching({ session, onDenied }: { session: Session | null; onDenied: () => void }) {
  const [feed] = useState(() => new NowFeed());
  const brief = useBrief(feed);
  const { path } = useAddress();
  const { page, rest } = pageOf(path);
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const showHelp = useCallback(() => setHelp(true), []);
  const onNow = page.view === null;
  // News of the feed are nothing to the page itself.
  const shown = useMemo(() => (page.view === null ? null : createElement(page.view.view(), { rest })), [page, rest]);
  useEffect(followLinks, []);
  useFeed(feed, onNow);
  useDenied(brief.denied, onDenied);
  usePaletteKey(() => setPalette(!palette));
  return (
    <QueryClientProvider client={queryClient}>
    <ServerClock value={feed}>
      <Title brief={brief} page={page} />
      <Frame
        page={page}
        feed={feed}
        brief={brief}
        session={session}
        sections={sections(brief)}
        onHelp={showHelp}
        onPalette={() => setPalette(true)}
        onSignOut={() => void sessions.close().finally(() => location.assign("/"))}
      >
        {onNow ? <NowKeys feed={feed} onHelp={showHelp} /> : <PageKeys page={page} onHelp={showHelp} />}
        <Boundary key={page.id}>
          {onNow ? (
            <NowPage feed={feed} />
          ) : (
            <Suspense fallback={<Progress />}>
              {shown}
            </Suspense>
          )}
        </Boundary>
      </Frame>
      <Help opened={help} onClose={() => setHelp(false)} now={onNow} />
      {palette ? (
        <Suspense>
          <Palette feed={feed} onHelp={showHelp} onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
    </ServerClock>
    </QueryClientProvider>
  );
}

function NowKeys({ feed, onHelp }: { feed: NowFeed; onHelp: () => void }) {
  const state = useFeedState(feed);
  const { spanMinutes } = useView();
  useKeys({
    "/": () => document.getElementById("search")?.focus(),
    t: () => changeView({ spanMinutes: nextSpan(spanMinutes ?? usualSpan(state.now)) }),
    r: feed.refresh,
    "?": onHelp,
    " ": () => (state.paused ? feed.resume() : feed.pause()),
    i: focusNextIncident,
    Escape: () => changeView({ stream: null }),
  });
  return null;
}

/** The keys of every page but Now. `/` goes to the page's own search, the first field with `data-search`. */
function PageKeys({ page, onHelp }: { page: Page; onHelp: () => void }) {
  const { paused } = useTime();
  const shared = {
    "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
    "?": onHelp,
    e: explore,
  };
  const timed = {
    t: showTimePicker,
    r: timeStore.refresh,
    z: zoomOut,
    " ": () => timeStore.pause(!paused),
    "Shift+ArrowLeft": () => moveInTime(-1),
    "Shift+ArrowRight": () => moveInTime(1),
    j: () => focusPanel(1),
    k: () => focusPanel(-1),
  };
  useKeys(page.time ? { ...shared, ...timed } : shared);
  return null;
}

/** Looks closer at the panel in focus; else goes to Explore with the page's time. */
function explore(): void {
  const panel = document.activeElement?.closest<HTMLElement>("[data-explore]");
  const range = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => name === "from" || name === "to")).toString();
  go(panel?.dataset["explore"] ?? (range === "" ? "/explore" : `/explore?${range}`));
}

function focusPanel(by: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>("[data-panel]")];
  const at = panels.findIndex((panel) => panel.contains(document.activeElement));
  const next = panels[at < 0 ? 0 : Math.min(panels.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function usePaletteKey(toggle: () => void): void {
  const act = useEffectEvent(toggle);
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function Progress() {
  return (
    <div className="loading" role="status">
      <span className="progress" />
    </div>
  );
}

/**
 * Runs while the page is seen; a hidden page asks nothing. A pause of the reader's outlasts hiding. A page that is not
 * about the feed first asks for what it shows itself.
 */
function useFeed(feed: NowFeed, atOnce: boolean): void {
  useEffect(() => {
    let byReader = false;
    let later: ReturnType<typeof setTimeout> | undefined;
    const follow = (): void => {
      if (document.hidden) {
        byReader = feed.state().paused;
        feed.pause();
      } else if (!byReader) feed.resume();
    };
    if (atOnce) feed.start();
    else later = setTimeout(() => feed.start(), FEED_LATE_MS);
    document.addEventListener("visibilitychange", follow);
    return () => {
      clearTimeout(later);
      document.removeEventListener("visibilitychange", follow);
      feed.stop();
    };
  }, [feed, atOnce]);
}

function useDenied(denied: boolean, onDenied: () => void): void {
  useEffect(() => {
    if (denied) onDenied();
  }, [denied, onDenied]);
}

/** The tab says it too: "(2) Now - Demo". */
function Title({ brief, page }: { brief: Brief; page: Page }) {
  const { t } = useWords();
  const text = useCrumb();
  const broken = brief.counts?.broken ?? 0;
  const name = brief.title ?? t("app.name");
  const shown = text === "" ? t(page.label) : text;
  useEffect(() => {
    document.title = `${broken > 0 ? `(${broken}) ` : ""}${shown} - ${name}`;
  }, [broken, name, shown]);
  return null;
}

function nextSpan(span: SpanMinutes): SpanMinutes {
  return SPANS[(SPANS.indexOf(span) + 1) % SPANS.length] ?? SPANS[0];
}

function focusNextIncident(): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-incident]")];
  const at = all.findIndex((one) => one === document.activeElement);
  all[(at + 1) % Math.max(1, all.length)]?.focus();
}

function sections({ counts, firing, demo }: Brief): Section[] {
  const first: Section = { id: "finding", icon: "now", label: "nav.now" };
  if (counts === null) return [first];
  const trouble = counts.broken + counts.unknown;
  const tone = counts.broken > 0 ? "broken" : "unknown";
  return [
    trouble > 0 ? { ...first, count: trouble, tone } : first,
    { id: "incidents", icon: "incident", label: "nav.incidents", count: firing },
    { id: "pictures", icon: "pictures", label: "nav.pictures", count: counts.total },
    ...(demo ? [{ id: "demo", icon: "hammer", label: "nav.demo", short: "nav.demo.short" } as const] : []),
    { id: "changes", icon: "changes", label: "nav.changes" },
  ];
}
