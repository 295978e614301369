import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { changeParams, useAddress } from "../app/address";
import { reportRead } from "../app/crumb";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { boards, type BoardEntry } from "./api";
import { reason } from "./data/panel";

/** All boards by folder, narrowed by a search and by tags. */
export function BoardList() {
  const { t } = useWords();
  const { params } = useAddress();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["boards"],
    queryFn: async ({ signal }) => {
      const list = await boards.list(signal);
      reportRead();
      return list;
    },
    staleTime: 5_000,
  });
  const wanted = params.get("q") ?? "";
  const tag = params.get("tag") ?? "";
  const folders = useMemo(() => byFolder(data?.dashboards ?? [], wanted, tag), [data, wanted, tag]);
  const tags = useMemo(() => [...new Set((data?.dashboards ?? []).flatMap((board) => board.tags))].sort(), [data]);
  return (
    <div className="board-list">
      <div className="board-head">
        <h1 className="page-title">{t("nav.dashboards")}</h1>
        <label className="ctl search">
          <Icon name="search" small />
          <input data-search type="search" value={wanted} maxLength={80} placeholder={t("dash.list.search")} aria-label={t("dash.list.search")} onChange={(event) => changeParams({ q: event.currentTarget.value === "" ? null : event.currentTarget.value })} />
          <kbd>/</kbd>
        </label>
        <span className="sp" />
        <a className="ctl" href="/dashboards/new">
          <Icon name="plus" small />
          {t("dash.list.new")}
        </a>
      </div>
      {tags.length === 0 ? null : (
        <div className="tags" role="group" aria-label={t("dash.list.tags")}>
          {tags.map((one) => (
            <button key={one} type="button" className="chip" aria-pressed={one === tag} onClick={() => changeParams({ tag: one === tag ? null : one })}>
              {one}
            </button>
          ))}
        </div>
      )}
      {error === null ? null : (
        <section className="panel error" role="alert">
          <h2>{t("dash.list.failed")}</h2>
          <p className="mono">{reason(error).what}</p>
          <button type="button" className="ctl" disabled={isFetching} onClick={() => void refetch()}>
            {t("error.retry")}
          </button>
        </section>
      )}
      {data === undefined && error === null ? (
        <div className="loading" role="status">
          <span className="progress" />
          {t("dash.list.reading")}
        </div>
      ) : null}
      {data !== undefined && folders.length === 0 ? <p className="empty">{t(data.dashboards.length === 0 ? "dash.list.empty" : "dash.list.none")}</p> : null}
      {(data?.problems ?? []).map((problem) => (
        <p key={`${problem.file}:${problem.line}`} className="problem c-degraded s">
          <span className="mono">{`${problem.file}:${problem.line}:${problem.column}`}</span> {problem.what}
        </p>
      ))}
      {folders.map(([folder, list]) => (
        <Folder key={folder} folder={folder} list={list} />
      ))}
    </div>
  );
}

function Folder({ folder, list }: { folder: string; list: readonly BoardEntry[] }) {
  const { t } = useWords();
  return (
    <section aria-labelledby={`folder-${folder}`}>
      <h2 id={`folder-${folder}`} className="folder">
        <Icon name="folder" small />
        {folder === "" ? t("dash.list.noFolder") : folder}
        <span className="t3">{list.length}</span>
      </h2>
      <ul className="boards">
        {list.map((board) => (
          <li key={board.uid}>
            <a href={`/d/${encodeURIComponent(board.uid)}`}>
              <span className="board-title">{board.title}</span>
              <span className="s t3 clamp">{board.description}</span>
            </a>
            <span className="board-tags">
              {board.source === "pack" ? <span className="xs t3">{t("dash.list.shipped")}</span> : null}
              {board.tags.map((one) => (
                <span key={one} className="chip quiet">
                  {one}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function byFolder(all: readonly BoardEntry[], wanted: string, tag: string): [string, BoardEntry[]][] {
  const typed = wanted.trim().toLowerCase();
  const fits = all.filter((board) => {
    if (tag !== "" && !board.tags.includes(tag)) return false;
    return typed === "" || [board.title, board.folder, board.uid, board.description, ...board.tags].some((text) => text.toLowerCase().includes(typed));
  });
  const folders = new Map<string, BoardEntry[]>();
  for (const board of [...fits].sort((a, b) => a.title.localeCompare(b.title))) folders.set(board.folder, [...(folders.get(board.folder) ?? []), board]);
  return [...folders].sort(([a], [b]) => a.localeCompare(b));
}
