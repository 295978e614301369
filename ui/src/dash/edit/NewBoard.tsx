import { useQuery } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { go, useAddress } from "../../app/address";
import { queryClient } from "../../app/queries";
import { useWords } from "../../i18n";
import { formText } from "../../parts/form";
import { boards } from "../api";
import { reason } from "../data/panel";
import { numberText } from "../field/units";
import { everyPanel, NotADashboard, readDashboard } from "../model/read";
import type { Json, JsonObject } from "../model/types";
import { panelType } from "../support";
import { uidOf } from "./raw";

/** A file may be so many times larger than the board in it: indented, for people to read. */
const FILE_SPACE = 4;

/** A new board: empty, from a file of Grafana's, or a copy of another. */
export function NewBoard() {
  const { t } = useWords();
  const { params } = useAddress();
  const copyOf = params.get("copy");
  const source = useQuery({ queryKey: ["board", copyOf], queryFn: ({ signal }) => boards.read(copyOf ?? "", signal), enabled: copyOf !== null });
  const [imported, setImported] = useState<JsonObject | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const from = imported ?? source.data?.dashboard ?? null;
  const board = from === null ? null : readDashboard(from);
  const unsupported = board === null ? [] : [...new Set(everyPanel(board.panels).filter((panel) => panel.type !== "row" && panelType(panel) === null).map(({ type }) => type))];
  const { data: listed } = useQuery({ queryKey: ["boards"], queryFn: ({ signal }) => boards.list(signal), staleTime: 60_000 });
  const bytesMax = listed?.limits?.boardBytesMax ?? Infinity;
  const tooLarge = (bytes: number): string => t("dash.new.tooLarge", { size: numberText(bytes, "bytes", null), most: numberText(bytesMax, "bytes", null) });
  const take = (text: string): void => {
    setImported(null);
    try {
      const { raw } = readDashboard(JSON.parse(text) as Json);
      const bytes = new Blob([JSON.stringify(raw)]).size;
      if (bytes <= bytesMax) setImported(raw);
      setProblem(bytes > bytesMax ? tooLarge(bytes) : null);
    } catch (failure) {
      setProblem(failure instanceof NotADashboard ? failure.message : t("dash.new.notJson", { why: failure instanceof Error ? failure.message : String(failure) }));
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = formText(form, "title").trim();
    const uid = imported !== null && board !== null && board.uid !== "" ? board.uid : uidOf(title);
    const dashboard: JsonObject = { schemaVersion: 42, tags: [], time: { from: "now-1h", to: "now" }, refresh: "10s", panels: [], ...from, uid, title, id: null };
    boards.save(uid, dashboard, null, copyOf === null ? "" : t("dash.new.copied", { name: board?.title ?? "" }), formText(form, "folder").trim()).then(
      () => {
        void queryClient.invalidateQueries({ queryKey: ["boards"] });
        go(`/d/${encodeURIComponent(uid)}`);
      },
      (failure: unknown) => setProblem([t("dash.save.failed"), reason(failure).what, reason(failure).todo].join(" ").trim()),
    );
  };
  return (
    <div className="new-board">
      <h1 className="page-title">{t(copyOf === null ? "dash.new.title" : "dash.board.copy")}</h1>
      <form onSubmit={submit}>
        <label>
          {t("dash.edit.title")}
          <input className="field" name="title" key={board?.title ?? ""} required maxLength={200} defaultValue={board === null ? "" : copyOf === null ? board.title : t("dash.new.copyName", { name: board.title })} />
        </label>
        <label>
          {t("dash.new.folder")}
          <input className="field" name="folder" list="folders" maxLength={100} defaultValue={source.data?.meta.folder ?? ""} />
        </label>
        <datalist id="folders">
          {(listed?.folders ?? []).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {copyOf === null ? (
          <>
            <label>
              {t("dash.new.file")}
              <input
                type="file"
                accept="application/json,.json"
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0];
                  if (file === undefined) return;
                  if (file.size > bytesMax * FILE_SPACE) setProblem(tooLarge(file.size));
                  else file.text().then(take, (failure: unknown) => setProblem(String(failure)));
                }}
              />
            </label>
            <label>
              {t("dash.new.paste")}
              <textarea className="code-field" rows={3} spellCheck={false} onChange={(event) => (event.currentTarget.value.trim() === "" ? setProblem(null) : take(event.currentTarget.value))} />
            </label>
          </>
        ) : null}
        {board === null ? null : <p className="s t2">{t("dash.new.holds", { n: everyPanel(board.panels).filter(({ type }) => type !== "row").length })}</p>}
        {unsupported.length === 0 ? null : <p className="s c-degraded">{t("dash.new.unsupported", { types: unsupported.join(", ") })}</p>}
        {problem === null ? null : (
          <p className="c-broken" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="ctl strong">
          {t("dash.new.make")}
        </button>
      </form>
    </div>
  );
}
