import type { RequestError } from "../api/client";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";

/** Why a question has no answer, whose turn it is, and a way to ask again. */
export function AskError({ error, retry }: { error: RequestError; retry: () => void }) {
  const { t } = useWords();
  const yours = error.kind === "refused" || error.kind === "denied";
  const ours = error.kind === "failed" || error.kind === "unreadable";
  return (
    <section className="panel error" role="alert">
      <h2>
        <span className="c-broken">
          <Icon name="close" small />
        </span>
        {t("ask.failed")}
        {error.status === null ? "" : ` (${error.status})`}
      </h2>
      {error.detail === "" || error.status === null ? null : (
        <p className="mono ask-detail" lang="en">
          {[error.detail, error.todo].join(" ")}
        </p>
      )}
      <p>{t(yours ? "ask.turn.you" : ours ? "ask.turn.us" : "ask.turn.wait")}</p>
      <button type="button" className="ctl" onClick={retry}>
        <Icon name="refresh" small />
        {t("error.retry")}
      </button>
    </section>
  );
}
