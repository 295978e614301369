import { useDeferredValue, useState } from "react";
import { useZone } from "../app/time/store";
import { timeWords } from "../app/time/words";
import type { DataSource } from "../dash/data/sources";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { past, searched, usePast, type Past } from "./history";
import { SidePanel } from "./SidePanel";

const SHOWN_MAX = 100;

/** Queries that were asked from this browser, newest first. */
export function HistoryList({ sources, use }: { sources: readonly DataSource[]; use: (one: Past) => void }) {
  const { t, language } = useWords();
  const zone = useZone();
  const words = timeWords(language, zone);
  const all = usePast();
  const [typed, setTyped] = useState("");
  const [starred, setStarred] = useState(false);
  const wanted = useDeferredValue(typed);
  const found = searched(all, wanted, starred);
  const name = (uid: string): string => sources.find((one) => one.uid === uid)?.name ?? uid;
  return (
    <SidePanel title={t("explore.history")}>
      <div className="side-find">
        <input className="field" type="search" value={typed} maxLength={200} placeholder={t("explore.history.search")} aria-label={t("explore.history.search")} onChange={(event) => setTyped(event.currentTarget.value)} />
        <button type="button" className="ctl" aria-pressed={starred} onClick={() => setStarred(!starred)}>
          <Icon name="star" small />
          {t("explore.history.starred")}
        </button>
      </div>
      {all.length === 0 ? <p className="none">{t("explore.history.empty")}</p> : found.length === 0 ? <p className="none">{t("explore.history.none")}</p> : null}
      <ul className="past">
        {found.slice(0, SHOWN_MAX).map((one) => {
          const text = one.queries.map(({ expr }) => expr).join("; ");
          return (
            <li key={`${one.at} ${text}`}>
              <button type="button" className="past-use" onClick={() => use(one)}>
                <span className="vh">{t("explore.history.use")}</span>
                {one.queries.map(({ expr }, at) => (
                  <code key={at} className="clamp">
                    {expr}
                  </code>
                ))}
                <span className="xs t3 tn">
                  {words.moment(one.at)}
                  {sources.length > 1 ? `, ${name(one.source)}` : ""}
                </span>
              </button>
              <button type="button" className={one.starred ? "head-button starred" : "head-button"} aria-pressed={one.starred} aria-label={t("explore.history.star", { query: text.slice(0, 200) })} onClick={() => past.star(one)}>
                <Icon name="star" small />
              </button>
              <button type="button" className="head-button" aria-label={t("explore.history.remove", { query: text.slice(0, 200) })} onClick={() => past.remove(one)}>
                <Icon name="trash" small />
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > SHOWN_MAX ? <p className="xs t3">{t("dash.legend.more", { n: found.length - SHOWN_MAX })}</p> : null}
      {all.some((one) => !one.starred) ? (
        <button type="button" className="ctl" onClick={past.clear}>
          <Icon name="trash" small />
          {t("explore.history.clear")}
        </button>
      ) : null}
      <p className="xs t3">{t("explore.history.where")}</p>
    </SidePanel>
  );
}
