import { Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useWords } from "../../i18n";
import { Icon } from "../../parts/Icon";
import { boards, type BoardEntry } from "../api";
import { reason } from "../data/panel";

/** Asks once more before a board goes with all its versions. */
export function DeleteDialog({ meta, onClose, onDone }: { meta: BoardEntry; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const remove = useMutation({ mutationFn: () => boards.remove(meta.uid), onSuccess: onDone });
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} transitionProps={{ duration: 0 }} size={480} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className="dialog-head">
            <Modal.Title>{t("dash.delete.title", { title: meta.title })}</Modal.Title>
            <Modal.CloseButton aria-label={t("help.close")} />
          </div>
          <p>{t("dash.delete.what")}</p>
          {remove.error === null ? null : (
            <p className="c-broken" role="alert">
              {t("dash.delete.failed")} {reason(remove.error).what}
            </p>
          )}
          <div className="save-form">
            <button type="button" className="ctl" data-autofocus onClick={onClose}>
              {t("dash.delete.keep")}
            </button>
            <button type="button" className="ctl strong" disabled={remove.isPending} onClick={() => remove.mutate()}>
              <Icon name="trash" small />
              {t("dash.board.delete")}
            </button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
