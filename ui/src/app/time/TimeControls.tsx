import { Popover } from "@mantine/core";
import { useEffect, useState, type SubmitEvent } from "react";
import { useSecond } from "../../parts/clock";
import { useWords } from "../../i18n";
import type { Key } from "../../i18n/en";
import { Icon } from "../../parts/Icon";
import { changeParams } from "../address";
import { useReadAt } from "../crumb";
import { fromWallClock, lastSpan, resolveTime } from "./range";
import { chooseRange, REFRESHES, timeStore, useTime, zoomOut, type Time } from "./store";
import { timeWords } from "./words";

const QUICK = ["5m", "15m", "30m", "1h", "3h", "6h", "12h", "24h", "2d", "7d", "30d", "90d"] as const;
const DAYS: [string, string, Key][] = [
  ["now/d", "now", "time.today"],
  ["now-1d/d", "now-1d/d", "time.yesterday"],
  ["now/w", "now", "time.week"],
];
const ZONES = ["browser", "utc"] as const;

/** Opens the time picker from anywhere: the key `t`. */
let openPicker: (() => void) | null = null;
export const showTimePicker = (): void => openPicker?.();

/** Time range, zoom out, refresh now and by itself: in the top bar of every page that has a time. */
export function TimeControls() {
  const { t } = useWords();
  const time = useTime();
  return (
    <>
      <ReadAge />
      <Picker time={time} />
      <button type="button" className="ctl icon wide" aria-label={t("time.zoomOut")} title={`${t("time.zoomOut")} (z)`} onClick={zoomOut}>
        <Icon name="zoomOut" small />
      </button>
      <div className="ctl-pair">
        <button type="button" className="ctl" aria-label={t("top.refresh")} title={`${t("top.refresh")} (r)`} onClick={timeStore.refresh}>
          <Icon name="refresh" small />
        </button>
        <select
          className="ctl wide"
          aria-label={t("time.refresh")}
          value={time.refresh}
          onChange={(event) => changeParams({ refresh: event.currentTarget.value === "" ? "off" : event.currentTarget.value })}
        >
          {[...new Set([...REFRESHES, time.refresh === "off" ? "" : time.refresh])].map((every) => (
            <option key={every} value={every}>
              {every === "" ? t("time.off") : every}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

/** Younger than this is "just now": a page that refreshes itself need not change, and be drawn, every second. */
const JUST_NOW_SECONDS = 10;

function ReadAge() {
  const { t, age } = useWords();
  const readAtMs = useReadAt();
  const { paused } = useTime();
  const { steadyMs } = useSecond();
  if (paused) {
    return (
      <span className="age paused">
        <i />
        {t("age.paused")}
      </span>
    );
  }
  if (readAtMs === null) return null;
  const seconds = Math.max(0, steadyMs - readAtMs) / 1_000;
  return (
    <span className="age fresh">
      <i />
      <span className="wide-inline">{seconds < JUST_NOW_SECONDS ? t("age.justRead") : t("age.read", { age: age(seconds) })}</span>
    </span>
  );
}

function Picker({ time }: { time: Time }) {
  const { t, language } = useWords();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    openPicker = () => setOpened(true);
    return () => {
      openPicker = null;
    };
  }, []);
  const choose = (from: string, to: string): void => {
    chooseRange({ from, to });
    setOpened(false);
  };
  const words = timeWords(language, time.zone);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" offset={6} withinPortal={false} trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <button
          type="button"
          className="ctl time-now"
          aria-haspopup="dialog"
          aria-label={`${t("time.label")}: ${rangeName(time, t, words.window(time.fromMs, time.toMs))}`}
          title={words.window(time.fromMs, time.toMs)}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="now" small />
          <span className="tn">{rangeName(time, t, words.window(time.fromMs, time.toMs))}</span>
          <Icon name="down" small />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("time.label")} className="time-pick">
        <RangeForm key={`${time.from} ${time.to}`} time={time} choose={choose} />
        <div className="quick" role="group" aria-label={t("time.quick")}>
          {QUICK.map((span) => (
            <button key={span} type="button" aria-pressed={lastSpan(time) === span} onClick={() => choose(`now-${span}`, "now")}>
              {t("time.last", { span: spanText(span, t) })}
            </button>
          ))}
          {DAYS.map(([from, to, label]) => (
            <button key={from} type="button" aria-pressed={time.from === from && time.to === to} onClick={() => choose(from, to)}>
              {t(label)}
            </button>
          ))}
        </div>
        <ZoneChoice time={time} />
      </Popover.Dropdown>
    </Popover>
  );
}

type Say = (key: Key, values?: Record<string, string>) => string;

/** "15 min" of "15m", in the reader's language; units that are rare stay as they are written. */
function spanText(span: string, t: Say): string {
  const n = span.slice(0, -1);
  const unit = { s: "unit.s", m: "unit.min", h: "unit.hour", d: "time.days" } as const;
  const key = unit[span.slice(-1) as keyof typeof unit] as (typeof unit)[keyof typeof unit] | undefined;
  return key === undefined ? span : t(key, { n });
}

function rangeName(time: Time, t: Say, window: string): string {
  const span = lastSpan(time);
  if (span !== null) return t("time.last", { span: spanText(span, t) });
  const day = DAYS.find(([from, to]) => from === time.from && to === time.to);
  return day === undefined ? window : t(day[2]);
}

function RangeForm({ time, choose }: { time: Time; choose: (from: string, to: string) => void }) {
  const { t, language } = useWords();
  const words = timeWords(language, time.zone);
  const spell = (text: string, ms: number): string => (text.startsWith("now") ? text : words.full(ms));
  const [wrong, setWrong] = useState<Key | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = readTime(form.get("from"), time.zone);
    const to = readTime(form.get("to"), time.zone);
    const now = Date.now();
    const fromMs = resolveTime(from, now, time.zone, "from");
    const toMs = resolveTime(to, now, time.zone, "to");
    if (fromMs === null || toMs === null) setWrong("time.unreadable");
    else if (fromMs >= toMs) setWrong("time.backwards");
    else choose(from, to);
  };
  return (
    <form className="range" onSubmit={submit}>
      <label>
        {t("time.from")}
        <input name="from" defaultValue={spell(time.from, time.fromMs)} autoComplete="off" spellCheck={false} data-autofocus />
      </label>
      <label>
        {t("time.to")}
        <input name="to" defaultValue={spell(time.to, time.toMs)} autoComplete="off" spellCheck={false} />
      </label>
      {wrong === null ? <p className="xs t3">{t("time.hint")}</p> : <p className="xs c-broken" role="alert">{t(wrong)}</p>}
      <button type="submit" className="ctl on">
        {t("time.apply")}
      </button>
    </form>
  );
}

/** What the reader wrote: "now-6h" stays, "2026-11-20 14:00" is a moment of the page's zone. */
function readTime(given: FormDataEntryValue | null, zone: string): string {
  const text = typeof given === "string" ? given.trim() : "";
  const wall = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d))?)?$/.exec(text);
  if (wall === null) return text;
  const asUtc = Date.parse(`${wall[1] ?? ""}T${wall[2] ?? "00:00"}:${wall[3] ?? "00"}Z`);
  return Number.isNaN(asUtc) ? text : String(fromWallClock(asUtc, zone));
}

function ZoneChoice({ time }: { time: Time }) {
  const { t, language } = useWords();
  const own = time.zone === "browser" || time.zone === "utc" ? [] : [time.zone];
  return (
    <div className="zones">
      <span className="xs t3">{t("time.zone")}</span>
      <div className="seg">
        {[...ZONES, ...own].map((zone) => (
          <button key={zone} type="button" aria-pressed={zone === time.zone} onClick={() => changeParams({ timezone: zone })}>
            {zone === "browser" ? `${t("time.zone.browser")}, ${timeWords(language, zone).zone}` : zone === "utc" ? "UTC" : zone}
          </button>
        ))}
      </div>
    </div>
  );
}
