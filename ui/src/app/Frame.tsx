import { Menu } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import type { NowFeed } from "../api/feed";
import type { Counts, Session } from "../api/types";
import { useWords, type Language } from "../i18n";
import type { Key } from "../i18n/en";
import { Icon, type IconName } from "../parts/Icon";
import { DataAge } from "../parts/DataAge";
import { TONE, WORST_FIRST } from "../parts/state";
import { useServerTime } from "../parts/clock";
import { useFeedState, type Brief } from "./brief";
import { useCrumb } from "./crumb";
import { BottomNav, SideNav } from "./Nav";
import type { Page } from "./pages";
import { preferDensity, useDensity, type Density } from "./preferences";
import { chooseTheme, useTheme, type Theme } from "./theme";
import { frozenAddress } from "./time/store";
import { TimeControls } from "./time/TimeControls";
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
  page: Page;
  feed: NowFeed;
  brief: Brief;
  session: Session | null;
  /** Parts of the page, where it has some to jump to; the first is the page itself. */
  sections: Section[];
  onHelp: () => void;
  onPalette: () => void;
  onSignOut: () => void;
  children: ReactNode;
}

/** Navigation, top bar and tally line around a page. */
export function Frame(props: FrameProps) {
  const { t } = useWords();
  const { page, sections, session, brief } = props;
  const density = useDensity();
  const onNow = page.view === null;
  return (
    <div className="app" data-density={density}>
      <a className="skip" href={onNow ? "#finding" : "#page"}>
        {t(onNow ? "nav.skip" : "nav.skipPage")}
      </a>
      <SideNav page={page} sections={sections} session={session} onSignOut={props.onSignOut} />
      <header className="head">
        {onNow ? <NowBar {...props} /> : <PageBar {...props} />}
        <Tally counts={brief.counts} />
      </header>
      <main id="page" tabIndex={-1} className="page" aria-busy={onNow && brief.waiting}>
        {props.children}
      </main>
      <BottomNav page={page} sections={sections} onMore={props.onPalette} />
    </div>
  );
}

/** The top bar of Now: the moment, a search among pictures, how old the newest measurement is. */
function NowBar({ feed, onHelp, onPalette }: FrameProps) {
  const state = useFeedState(feed);
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
      <CopyLink address={() => location.href} label="top.copy" />
      <Tools onHelp={onHelp} onPalette={onPalette} />
    </div>
  );
}

/** The top bar of every other page: its name, what it shows, and its time. */
function PageBar({ page, onHelp, onPalette }: FrameProps) {
  const { t } = useWords();
  const text = useCrumb();
  return (
    <div className="top">
      <div className="crumb">
        {text === "" ? t(page.label) : <a href={page.paths[0]} className="crumb-page">{t(page.label)}</a>}
        {text === "" ? null : <span className="crumb-text">{text}</span>}
      </div>
      <span className="sp" />
      {page.time ? <TimeControls /> : null}
      <CopyLink address={page.time ? frozenAddress : () => location.href} label={page.time ? "top.copyFrozen" : "top.copy"} />
      <Tools onHelp={onHelp} onPalette={onPalette} />
    </div>
  );
}

function Tools({ onHelp, onPalette }: Pick<FrameProps, "onHelp" | "onPalette">) {
  const { t } = useWords();
  return (
    <>
      <button type="button" className="ctl wide" aria-label={`${t("top.jump")}, Ctrl K`} title={`${t("top.jump")} (Ctrl+K)`} onClick={onPalette}>
        <Icon name="search" small />
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <Preferences />
      <button type="button" className="ctl wide" aria-label={t("top.help")} onClick={onHelp}>
        <Icon name="help" small />
        <kbd>?</kbd>
      </button>
    </>
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

function CopyLink({ address, label }: { address: () => string; label: Key }) {
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
      aria-label={t(copied ? "top.copied" : label)}
      onClick={() => void navigator.clipboard.writeText(address()).then(() => setCopied(true))}
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
const DENSITIES: Density[] = ["comfortable", "compact"];

function Preferences() {
  const { t, language, speak } = useWords();
  const { theme } = useTheme();
  const density = useDensity();
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
        <Menu.Label>{t("top.density")}</Menu.Label>
        {DENSITIES.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === density}
            leftSection={mark(one === density)}
            onClick={() => preferDensity(one)}
          >
            {t(`top.density.${one}`)}
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
