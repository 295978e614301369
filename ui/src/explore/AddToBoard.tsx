import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { queryClient } from "../app/queries";
import { timeStore } from "../app/time/store";
import { RequestError } from "../api/client";
import { boards, isConflict } from "../dash/api";
import { reason } from "../dash/data/panel";
import type { DataSource } from "../dash/data/sources";
import { uidOf } from "../dash/edit/raw";
import { useWords } from "../i18n";
import { formText } from "../parts/form";
import { boardWith, newBoard } from "./board";
import type { Query, View } from "./model";

interface AddToBoardProps {
  queries: readonly Query[];
  source: DataSource;
  view: View;
  onClose: () => void;
}

/** The queries as a panel of a board that is there, or of a new one. */
export function AddToBoard({ queries, source, view, onClose }: AddToBoardProps) {
  const { t } = useWords();
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} transitionProps={{ duration: 0 }} size={460} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className="dialog-head">
            <Modal.Title>{t("explore.toBoard")}</Modal.Title>
            <Modal.CloseButton aria-label={t("help.close")} />
          </div>
          <Form queries={queries} source={source} view={view} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Form({ queries, source, view }: Omit<AddToBoardProps, "onClose">) {
  const { t } = useWords();
  const list = useQuery({ queryKey: ["boards"], queryFn: ({ signal }) => boards.list(signal) });
  const [into, setInto] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<{ uid: string; title: string } | null>(null);
  const own = (list.data?.dashboards ?? []).filter((board) => board.canSave);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const panel = { title: formText(form, "title").trim(), queries, source, type: view === "table" ? "table" : "timeseries" } as const;
    setBusy(true);
    setProblem(null);
    const saved = into === "" ? intoNew(formText(form, "board").trim(), panel) : intoOld(into, panel, t("explore.toBoard.message"));
    saved
      .then(
        (board) => {
          void queryClient.invalidateQueries({ queryKey: ["boards"] });
          void queryClient.invalidateQueries({ queryKey: ["board", board.uid] });
          setDone(board);
        },
        (failure: unknown) => setProblem(failure instanceof RequestError && isConflict(failure.status) ? t("explore.toBoard.conflict") : `${t("dash.save.failed")} ${reason(failure).what}`),
      )
      .finally(() => setBusy(false));
  };
  if (done !== null) {
    return (
      <p role="status">
        {t("explore.toBoard.done")} <a href={`/d/${encodeURIComponent(done.uid)}`}>{done.title}</a>
      </p>
    );
  }
  return (
    <form className="to-board" onSubmit={submit}>
      <label>
        {t("explore.toBoard.board")}
        <select className="field" value={into} onChange={(event) => setInto(event.currentTarget.value)}>
          <option value="">{t("explore.toBoard.new")}</option>
          {own.map((board) => (
            <option key={board.uid} value={board.uid}>
              {board.folder === "" ? board.title : `${board.folder} / ${board.title}`}
            </option>
          ))}
        </select>
      </label>
      {list.isError ? <p className="s c-degraded">{t("dash.list.failed")}</p> : null}
      {into === "" ? (
        <label>
          {t("explore.toBoard.name")}
          <input className="field" name="board" required maxLength={200} />
        </label>
      ) : null}
      <label>
        {t("explore.toBoard.title")}
        <input className="field" name="title" maxLength={200} data-autofocus />
      </label>
      {problem === null ? null : (
        <p className="c-broken" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="ctl strong" disabled={busy}>
        {t("explore.toBoard.add")}
      </button>
    </form>
  );
}

type NewPanel = Parameters<typeof boardWith>[1];

async function intoNew(title: string, panel: NewPanel): Promise<{ uid: string; title: string }> {
  const uid = uidOf(title);
  const { from, to } = timeStore.time();
  await boards.save(uid, boardWith(newBoard(uid, title, { from, to }), panel), null, "", "");
  return { uid, title };
}

/** What was read is what is saved to: somebody's change between the two is refused by the server. */
async function intoOld(uid: string, panel: NewPanel, message: string): Promise<{ uid: string; title: string }> {
  const { meta, dashboard } = await boards.read(uid, AbortSignal.timeout(10_000));
  await boards.save(uid, boardWith(dashboard, panel), meta.etag, message, meta.folder);
  return { uid, title: meta.title };
}
