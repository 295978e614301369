import { Modal } from "@mantine/core";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { getJson } from "../api/client";
import type { NowFeed } from "../api/feed";
import type { Stream } from "../api/types";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { Icon, type IconName } from "../parts/Icon";
import { go } from "./address";
import { useFeedState } from "./brief";
import { PAGES } from "./pages";
import { chooseTheme, useTheme } from "./theme";
import { timeStore } from "./time/store";

interface Entry {
  id: string;
  icon: IconName;
  kind: Key;
  name: string;
  note?: string;
  act: () => void;
}

interface BoardName {
  uid: string;
  title: string;
  folder: string;
}

const SHOWN_MAX = 12;
const NONE: Stream[] = [];

/** Ctrl+K: one field that goes to any page, board or picture, and does what has no place of its own. */
export function Palette({ feed, onHelp, onClose }: { feed: NowFeed; onHelp: () => void; onClose: () => void }) {
  const { t } = useWords();
  const streams = useFeedState(feed).now?.streams ?? NONE;
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} transitionProps={{ duration: 0 }} size={560} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className="palette">
          <Modal.Title className="vh">{t("palette.title")}</Modal.Title>
          <Finder streams={streams} onHelp={onHelp} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Finder({ streams, onHelp, onClose }: { streams: Stream[]; onHelp: () => void; onClose: () => void }) {
  const { t } = useWords();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const all = useEntries(streams, onHelp);
  const shown = useMemo(() => ranked(all, wanted).slice(0, SHOWN_MAX), [all, wanted]);
  const chosen = Math.min(at, shown.length - 1);
  const act = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.act();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(1, shown.length));
    else if (event.key === "ArrowUp") setAt((chosen - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === "Enter") act(shown[chosen]);
    else return;
    event.preventDefault();
  };
  // In braces: newer browsers answer with a promise, which is no clean-up.
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      <label className="palette-field">
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={shown[chosen] === undefined ? undefined : `palette-${chosen}`}
          aria-label={t("palette.title")}
          placeholder={t("palette.placeholder")}
          value={wanted}
          maxLength={100}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      {shown.length === 0 ? <p className="none">{t("palette.none")}</p> : null}
      <ul id="palette-list" role="listbox" aria-label={t("palette.title")} ref={list}>
        {shown.map((entry, index) => (
          // The field above has the keyboard; the list is for the pointer.
          <li
            key={entry.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setAt(index)}
            onClick={() => act(entry)}
          >
            <Icon name={entry.icon} />
            <span className="name">{entry.name}</span>
            <span className="t3 xs">{[t(entry.kind), entry.note].filter(Boolean).join(", ")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function useEntries(streams: Stream[], onHelp: () => void): Entry[] {
  const { t, language, speak } = useWords();
  const { colours } = useTheme();
  const [boards, setBoards] = useState<BoardName[]>([]);
  useEffect(() => {
    getJson<{ dashboards: BoardName[] }>("/api/dashboards").then((found) => setBoards(found.dashboards), () => setBoards([])); // without boards the rest still serves
  }, []);
  return useMemo(() => {
    const other = colours === "dark" ? "light" : "dark";
    return [
      ...PAGES.filter((page) => page.under === undefined).map((page): Entry => ({ id: page.id, icon: page.icon, kind: "palette.page", name: t(page.label), act: () => go(page.paths[0]) })),
      ...boards.map((board): Entry => ({
        id: `board ${board.uid}`,
        icon: "dashboards",
        kind: "palette.board",
        name: board.title,
        note: board.folder,
        act: () => go(`/d/${encodeURIComponent(board.uid)}`),
      })),
      ...streams.map((stream): Entry => ({
        id: `stream ${stream.id}`,
        icon: "camera",
        kind: "palette.picture",
        name: stream.name,
        note: t(`state.${stream.state}`),
        act: () => go(`/?stream=${encodeURIComponent(stream.id)}`),
      })),
      action("theme", "theme", t("palette.theme", { theme: t(`top.theme.${other}`) }), () => chooseTheme(other)),
      action("language", "help", language === "en" ? "Русский" : "English", () => speak(language === "en" ? "ru" : "en")),
      action("refresh", "refresh", t("top.refresh"), timeStore.refresh),
      action("keys", "help", t("help.title"), onHelp),
    ];
  }, [boards, streams, colours, language, speak, t, onHelp]);
}

function action(id: string, icon: IconName, name: string, act: () => void): Entry {
  return { id: `do ${id}`, icon, kind: "palette.action", name, act };
}

/** Names that begin with what was typed come first, then those with a word that does, then those that hold its letters in order. */
function ranked(entries: Entry[], typed: string): Entry[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return entries;
  return entries
    .map((entry) => ({ entry, rank: rank(`${entry.name} ${entry.note ?? ""}`.toLowerCase(), wanted) }))
    .filter(({ rank: found }) => found !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ entry }) => entry);
}

function rank(name: string, wanted: string): number | null {
  if (name.startsWith(wanted)) return 0;
  const at = name.indexOf(wanted);
  if (at >= 0) return name[at - 1] === " " ? 1 : 2;
  let from = 0;
  for (const letter of wanted) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return null;
  }
  return 3;
}
