import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { changeParams } from "../../app/address";
import { useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { useWords } from "../../i18n";
import { boards } from "../api";
import { reason } from "../data/panel";
import type { JsonObject } from "../model/types";
import { Changes } from "./Changes";
import { changes } from "./raw";

/** Every version that was saved, what it changed, and the way back to it. */
export function Versions({ uid, current, restore }: { uid: string; current: number; restore: (old: JsonObject) => void }) {
  const { t, language } = useWords();
  const zone = useZone();
  const words = timeWords(language, zone);
  const [chosen, choose] = useState<number | null>(null);
  const list = useQuery({ queryKey: ["versions", uid, current], queryFn: ({ signal }) => boards.versions(uid, signal) });
  const versions = list.data ?? [];
  const shown = chosen ?? versions[0]?.version ?? null;
  const before = versions[versions.findIndex(({ version }) => version === shown) + 1]?.version ?? null;
  const pair = useQuery({
    queryKey: ["version pair", uid, before, shown],
    queryFn: async ({ signal }) => ({
      after: shown === null ? null : (await boards.version(uid, shown, signal)).dashboard,
      before: before === null ? null : (await boards.version(uid, before, signal)).dashboard,
    }),
    enabled: shown !== null,
  });
  const diff = useMemo(() => (pair.data?.after == null || pair.data.before === null ? [] : changes(pair.data.before, pair.data.after)), [pair.data]);
  if (list.error !== null) return <p className="c-broken" role="alert">{`${t("dash.versions.failed")} ${reason(list.error).what}`}</p>;
  if (list.data !== undefined && versions.length === 0) return <p className="empty">{t("dash.versions.none")}</p>;
  return (
    <div className="versions">
      <ul aria-label={t("dash.board.versions")}>
        {versions.map((one) => (
          <li key={one.version}>
            <button type="button" aria-pressed={one.version === shown} onClick={() => choose(one.version)}>
              <b>{one.version}</b>
              <span>{one.message === "" ? <span className="t3">{t("dash.versions.noMessage")}</span> : one.message}</span>
              <span className="xs t3">{`${words.moment(Date.parse(one.at))}, ${one.by}`}</span>
            </button>
          </li>
        ))}
      </ul>
      <div>
        {before === null ? <p className="none">{t("dash.versions.first")}</p> : <Changes list={diff} />}
        {shown !== null && shown !== current && pair.data?.after != null ? (
          <button
            type="button"
            className="ctl"
            onClick={() => {
              if (pair.data?.after != null) restore(pair.data.after);
              changeParams({ view: null }, "push");
            }}
          >
            {t("dash.versions.restore", { n: shown })}
          </button>
        ) : null}
      </div>
    </div>
  );
}
