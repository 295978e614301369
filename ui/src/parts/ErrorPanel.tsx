import type { FeedState } from "../api/feed";
import type { RequestError } from "../api/client";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { useServerTime } from "./clock";
import { Icon } from "./Icon";

const TURN: Record<RequestError["kind"], Key> = {
  unreachable: "error.turn.auto",
  slow: "error.turn.auto",
  denied: "error.turn.operator",
  refused: "error.turn.operator",
  failed: "error.turn.us",
  unreadable: "error.turn.us",
};

/** What happened, whether pictures are affected, whose turn it is, and a way to try again. */
export function ErrorPanel({ state, retry }: { state: FeedState; retry: () => void }) {
  const { t, time } = useWords();
  const nowMs = useServerTime();
  const { error, now } = state;
  if (error === null) return null;
  const values = { time: time(state.failingSinceMs ?? nowMs), status: error.status ?? "" };
  return (
    <section className="panel error" role="alert">
      <h2>
        <span className="c-broken">
          <Icon name="close" small />
        </span>
        {t(`error.${error.kind}`, values)}
      </h2>
      {error.kind === "failed" || error.kind === "refused" ? <p lang="en">{[error.detail, error.todo].join(" ")}</p> : null}
      <p>{now === null ? t("error.picturesNone") : t("error.pictures", { time: time(now.at) })}</p>
      <p>{t(TURN[error.kind])}</p>
      <button type="button" className="ctl" onClick={retry} disabled={state.loading}>
        <Icon name="refresh" small />
        {t("error.retry")}
      </button>
    </section>
  );
}
