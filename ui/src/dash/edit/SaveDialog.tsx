import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type SubmitEvent } from "react";
import { RequestError } from "../../api/client";
import { useWords } from "../../i18n";
import { boards, isConflict, type BoardEntry } from "../api";
import { reason } from "../data/panel";
import { text } from "../model/json";
import type { JsonObject } from "../model/types";
import { Changes } from "./Changes";
import { changes, uidOf } from "./raw";

interface SaveDialogProps {
  uid: string;
  meta: BoardEntry;
  before: JsonObject;
  after: JsonObject;
  onClose: () => void;
  onDone: (saved: BoardEntry) => void;
}

/** What is about to be saved, a word why, and what is wrong where the server refuses. */
export function SaveDialog({ uid, meta, before, after, onClose, onDone }: SaveDialogProps) {
  const { t } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const list = useMemo(() => changes(before, after), [before, after]);
  const [folder, setFolder] = useState(meta.folder);
  const { data: listed } = useQuery({ queryKey: ["boards"], queryFn: ({ signal }) => boards.list(signal), staleTime: 60_000 });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const message = new FormData(event.currentTarget).get("message");
    setBusy(true);
    // A shipped board is saved by nobody: what was made of it gets an address of its own.
    const own = meta.canSave ? uid : uidOf(text(after["title"], meta.title));
    boards.save(own, { ...after, uid: own }, meta.canSave ? meta.etag : null, typeof message === "string" ? message : "", folder.trim()).then(
      ({ meta: saved }) => onDone(saved),
      (failure: unknown) => {
        setBusy(false);
        const conflict = failure instanceof RequestError && isConflict(failure.status);
        setProblem(conflict ? t("dash.save.conflict") : [t("dash.save.failed"), reason(failure).what, reason(failure).todo].join(" ").trim());
      },
    );
  };
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} transitionProps={{ duration: 0 }} size={680} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className="dialog-head">
            <Modal.Title>{t("dash.save.title", { n: list.length })}</Modal.Title>
            <Modal.CloseButton aria-label={t("help.close")} />
          </div>
          {!meta.canSave ? <p className="s t2">{t("dash.save.pack")}</p> : null}
          <Changes list={list} />
          <form className="save-form" onSubmit={submit}>
            <input className="field" name="message" maxLength={200} placeholder={t("dash.save.message")} aria-label={t("dash.save.message")} data-autofocus />
            <input className="field" list="folders" maxLength={100} placeholder={t("dash.new.folder")} aria-label={t("dash.new.folder")} value={folder} onChange={(event) => setFolder(event.currentTarget.value)} />
            <datalist id="folders">
              {(listed?.folders ?? []).map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <button type="submit" className="ctl strong" disabled={busy || (list.length === 0 && folder.trim() === meta.folder)}>
              {t("dash.edit.save")}
            </button>
          </form>
          {problem === null ? null : (
            <p className="c-broken" role="alert">
              {problem}
            </p>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
