import { Menu } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import type { NowFeed, FeedState } from "../api/feed";
import type { Counts, Session } from "../api/types";
import { useWords, type Language } from "../i18n";
import type { Key } from "../i18n/en";
import { Icon, Logo, type IconName } from "../parts/Icon";
import { DataAge } from "../parts/DataAge";
import { TONE, WORST_FIRST } from "../parts/state";
import { useServerTime } from "../parts/clock";
import { chooseTheme, useTheme, type Theme } from "./theme";
import { changeView, useView } from "./view";

export interface Section {
  id: string;
  icon: IconName;
  label: Key;
  short?: Key;
  count?: number;
  tone?: "broken" | "degraded" | "unknown";
}

interface FrameProps {
  feed: NowFeed;
  state: FeedState;
  session: Session | null;
  sections: Section[];
  onHelp: () => void;
  onSignOut: () => void;
  children: ReactNode;
}

/** Navigation, top bar and tally line around a page. */
export function Frame(props: FrameProps) {
  const { t } = useWords();
  return (
    <div className="app">
      <a className="skip" href="#finding">
        {t("nav.skip")}
      </a>
      <SideNav sections={props.sections} session={props.session} onSignOut={props.onSignOut} />
      <header className="head">
        <TopBar {...props} />
        <Tally counts={props.state.now?.counts ?? null} />
      </header>
      <main className="page" aria-busy={props.state.loading && props.state.now === null}>
        {props.children}
      </main>
      <nav className="mobnav" aria-label={t("nav.page")}>
        {props.sections.slice(0, 5).map((section) => (
          <a key={section.id} href={`#${section.id}`}>
            <Icon name={section.icon} />
            {t(section.short ?? section.label)}
          </a>
        ))}
      </nav>
    </div>
  );
}

function SideNav({ sections, session, onSignOut }: Pick<FrameProps, "sections" | "session" | "onSignOut">) {
  const { t } = useWords();
  const [first, ...rest] = sections;
  return (
    <nav className="nav" aria-label={t("nav.main")}>
      <div className="brand">
        <Logo />
        {t("app.name")}
      </div>
      {first ? <SectionLink section={first} current /> : null}
      {rest.length > 0 ? <p className="nav-part">{t("nav.page")}</p> : null}
      {rest.map((section) => (
        <SectionLink key={section.id} section={section} />
      ))}
      <div className="who">
        <span className="av" aria-hidden="true">
          <Icon name="person" small />
        </span>
        {session?.mode === "login" && session.user !== null ? (
          <span>
            {session.user}
            <button type="button" className="plain-link" onClick={onSignOut}>
              {t("nav.signout")}
            </button>
          </span>
        ) : (
          <span className="t3">{t("nav.open")}</span>
        )}
      </div>
    </nav>
  );
}

function SectionLink({ section, current = false }: { section: Section; current?: boolean }) {
  const { t } = useWords();
  return (
    <a href={current ? "/" : `#${section.id}`} aria-current={current ? "page" : undefined}>
      <Icon name={section.icon} />
      {t(section.label)}
      {section.count ? <span className={`n ${section.tone ? `c-${section.tone}` : ""}`}>{section.count}</span> : null}
    </a>
  );
}

function TopBar({ feed, state, onHelp }: FrameProps) {
  const { t, moment, time } = useWords();
  const at = useServerTime();
  const now = new Date(at).toISOString();
  return (
    <div className="top">
      <div className="crumb">
        {t("nav.now")}
        {state.now?.title ? <span className="t3 crumb-title">{state.now.title}</span> : null}
        <time className="t3 wide tn" dateTime={now}>
          {moment(now)}
        </time>
        <time className="t3 narrow tn" dateTime={now} aria-hidden="true">
          {time(at)}
        </time>
      </div>
      <span className="sp" />
      <SearchBox />
      <DataAge state={state} />
      <button
        type="button"
        className={state.paused ? "ctl on" : "ctl"}
        aria-label={t(state.paused ? "top.resume" : "top.pause")}
        onClick={() => (state.paused ? feed.resume() : feed.pause())}
      >
        <Icon name={state.paused ? "play" : "pause"} small />
        <span className="ctl-word">{t(state.paused ? "top.paused" : "top.live")}</span>
      </button>
      <button type="button" className="ctl wide" aria-label={t("top.refresh")} onClick={feed.refresh}>
        <Icon name="refresh" small />
        <kbd>r</kbd>
      </button>
      <CopyLink />
      <Preferences />
      <button type="button" className="ctl wide" aria-label={t("top.help")} onClick={onHelp}>
        <Icon name="help" small />
        <kbd>?</kbd>
      </button>
    </div>
  );
}

function SearchBox() {
  const { t } = useWords();
  const { search } = useView();
  return (
    <label className="ctl search wide">
      <Icon name="search" small />
      <input
        id="search"
        type="search"
        value={search}
        maxLength={80}
        placeholder={t("top.search")}
        aria-label={t("top.search.label")}
        onChange={(event) => changeView({ search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          changeView({ search: "" });
          event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

function CopyLink() {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!("clipboard" in navigator)) return null; // plain HTTP from another machine
  return (
    <button
      type="button"
      className="ctl wide"
      aria-label={t(copied ? "top.copied" : "top.copy")}
      onClick={() => void navigator.clipboard.writeText(location.href).then(() => setCopied(true))}
    >
      <Icon name={copied ? "check" : "link"} small />
    </button>
  );
}

const LANGUAGES: [Language, string][] = [
  ["en", "English"],
  ["ru", "Русский"],
];
const THEMES: Theme[] = ["dark", "light", "system"];

function Preferences() {
  const { t, language, speak } = useWords();
  const { theme } = useTheme();
  const mark = (on: boolean) => (on ? <Icon name="check" small /> : <span className="i sm" />);
  return (
    <Menu position="bottom-end" offset={6} withinPortal={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className="ctl" aria-label={`${t("top.theme")}, ${t("top.language")}`}>
          <Icon name="theme" small />
          <Icon name="down" small />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("top.theme")}</Menu.Label>
        {THEMES.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === theme}
            leftSection={mark(one === theme)}
            onClick={() => chooseTheme(one)}
          >
            {t(`top.theme.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("top.language")}</Menu.Label>
        {LANGUAGES.map(([one, name]) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === language}
            lang={one}
            leftSection={mark(one === language)}
            onClick={() => speak(one)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** All pictures in proportion to state: 4 px under the top bar of every page. */
function Tally({ counts }: { counts: Counts | null }) {
  const { t } = useWords();
  if (counts === null || counts.total === 0) return <div className="tally" />;
  const shown = WORST_FIRST.filter((group) => counts[group] > 0);
  const label = shown.map((group) => `${counts[group]} ${t(`group.${group}`)}`).join(", ");
  return (
    <div className="tally" role="img" aria-label={label}>
      {shown.map((group) => (
        <i key={group} className={`f-${TONE[group]}`} style={{ flexGrow: counts[group] }} />
      ))}
    </div>
  );
}
