import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { NowFeed } from "../api/feed";
import { session as sessions } from "../api/client";
import type { FeedState } from "../api/feed";
import type { Session } from "../api/types";
import { useWords } from "../i18n";
import { LoginPage } from "../login/LoginPage";
import { NowPage } from "../now/NowPage";
import { incidentsOf } from "../now/incidents";
import { usualSpan } from "../now/model";
import { ServerClock } from "../parts/clock";
import { Frame, type Section } from "./Frame";
import { Help } from "./Help";
import { useKeys } from "./keys";
import { changeView, SPANS, useView, type SpanMinutes } from "./view";

/** Asks who is reading, then shows the page or the login. */
export function App() {
  const [session, setSession] = useState<Session | null>(null);
  const [asked, setAsked] = useState(false);
  const ask = useCallback(() => {
    // A server that cannot say who is reading still may show its state: the page itself then says what is wrong.
    sessions
      .read()
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
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  const { spanMinutes } = useView();
  const [help, setHelp] = useState(false);
  useFeed(feed);
  useDenied(state, onDenied);
  useTitle(state);
  useKeys({
    "/": () => document.getElementById("search")?.focus(),
    t: () => changeView({ spanMinutes: nextSpan(spanMinutes ?? usualSpan(state.now)) }),
    r: feed.refresh,
    "?": () => setHelp(true),
    " ": () => (state.paused ? feed.resume() : feed.pause()),
    i: focusNextIncident,
    Escape: () => changeView({ stream: null }),
  });
  return (
    <ServerClock feed={state}>
      <Frame
        feed={feed}
        state={state}
        session={session}
        sections={sections(state)}
        onHelp={() => setHelp(true)}
        onSignOut={() => void sessions.close().finally(() => location.assign("/"))}
      >
        <NowPage feed={feed} state={state} />
      </Frame>
      <Help opened={help} onClose={() => setHelp(false)} />
    </ServerClock>
  );
}

/** Runs while the page is seen; a hidden page asks nothing. A pause of the reader's outlasts hiding. */
function useFeed(feed: NowFeed): void {
  useEffect(() => {
    let byReader = false;
    const follow = (): void => {
      if (document.hidden) {
        byReader = feed.state().paused;
        feed.pause();
      } else if (!byReader) feed.resume();
    };
    feed.start();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      feed.stop();
    };
  }, [feed]);
}

function useDenied(state: FeedState, onDenied: () => void): void {
  const denied = state.error?.kind === "denied";
  useEffect(() => {
    if (denied) onDenied();
  }, [denied, onDenied]);
}

/** The tab says it too: "(2) Now - Demo". */
function useTitle(state: FeedState): void {
  const { t } = useWords();
  const broken = state.now?.counts.broken ?? 0;
  const name = state.now?.title ?? t("app.name");
  useEffect(() => {
    document.title = `${broken > 0 ? `(${broken}) ` : ""}${t("nav.now")} - ${name}`;
  }, [broken, name, t]);
}

function nextSpan(span: SpanMinutes): SpanMinutes {
  return SPANS[(SPANS.indexOf(span) + 1) % SPANS.length] ?? SPANS[0];
}

function focusNextIncident(): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-incident]")];
  const at = all.findIndex((one) => one === document.activeElement);
  all[(at + 1) % Math.max(1, all.length)]?.focus();
}

function sections(state: FeedState): Section[] {
  const { now } = state;
  const first: Section = { id: "finding", icon: "now", label: "nav.now" };
  if (now === null) return [first];
  const open = incidentsOf(now.alerts).firing.length;
  const trouble = now.counts.broken + now.counts.unknown;
  const tone = now.counts.broken > 0 ? "broken" : "unknown";
  return [
    trouble > 0 ? { ...first, count: trouble, tone } : first,
    { id: "incidents", icon: "incident", label: "nav.incidents", count: open },
    { id: "pictures", icon: "pictures", label: "nav.pictures", count: now.counts.total },
    ...(now.demo === null
      ? []
      : [{ id: "demo", icon: "hammer", label: "nav.demo", short: "nav.demo.short" } as const]),
    { id: "changes", icon: "changes", label: "nav.changes" },
  ];
}
