import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { useWords } from "../i18n";
import { useServerTime } from "../parts/clock";
import { formText } from "../parts/form";
import { Icon } from "../parts/Icon";
import { Ago, FailedChange, Head, Part, Scroll, StateWord } from "./parts";
import { NAME_PATTERN, people, TOKEN_ROLES, type Token } from "./users";
import { Once, RoleField } from "./userParts";

const DAYS = [30, 90, 365, 0] as const;

/** What programs send to come in; a token's secret is shown when it is made and never again. */
export function Tokens({ tokens, again }: { tokens: Token[]; again: () => void }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<{ name: string; token: string } | null>(null);
  const issue = useMutation({
    mutationFn: ({ name, role, days }: { name: string; role: string; days: number }) => people.issue(name, role, days),
    onSuccess: (made) => {
      setFresh(made);
      setAdding(false);
      again();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    issue.mutate({ name: formText(form, "name"), role: formText(form, "role"), days: Number(formText(form, "days")) });
  };
  return (
    <Part title={t("users.tokens")}>
      {fresh === null ? null : <Once what={t("users.once.token", { name: fresh.name })} text={fresh.token} label={t("users.copyToken")} close={() => setFresh(null)} />}
      {tokens.length === 0 ? <p className="none s">{t("users.tokens.none")}</p> : <TokenTable tokens={tokens} again={again} />}
      {adding ? (
        <form className="panel us-form" onSubmit={submit} aria-label={t("users.tokens.add")}>
          <label>
            {t("users.col.name")}
            <input className="field" name="name" required pattern={NAME_PATTERN} maxLength={64} autoComplete="off" spellCheck={false} autoFocus />
          </label>
          <RoleField roles={TOKEN_ROLES} />
          <label>
            {t("users.tokens.ends")}
            <select className="field" name="days" defaultValue="90">
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {days === 0 ? t("users.tokens.never") : t("users.tokens.days", { n: days })}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="ctl on" disabled={issue.isPending}>
            {t("users.tokens.make")}
          </button>
          <button type="button" className="ctl" onClick={() => setAdding(false)}>
            {t("users.cancel")}
          </button>
          <FailedChange change={issue} />
        </form>
      ) : (
        <p className="us-acts after">
          <button type="button" className="ctl" onClick={() => setAdding(true)}>
            <Icon name="plus" small />
            {t("users.tokens.add")}
          </button>
        </p>
      )}
    </Part>
  );
}

function TokenTable({ tokens, again }: { tokens: Token[]; again: () => void }) {
  const { t } = useWords();
  return (
    <Scroll label={t("users.tokens")} className="us-table">
      <Head columns={[t("users.col.name"), t("users.col.role"), t("users.col.tenant"), t("users.col.by"), t("users.col.used"), t("users.col.ends"), { heard: t("users.col.acts") }]} />
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} again={again} />
        ))}
      </tbody>
    </Scroll>
  );
}

function TokenRow({ token, again }: { token: Token; again: () => void }) {
  const { t } = useWords();
  const [sure, setSure] = useState(false);
  const revoke = useMutation({ mutationFn: () => people.revoke(token.id), onSettled: again });
  return (
    <tr>
      <th scope="row">{token.name}</th>
      <td>{t(`users.role.${token.role}`)}</td>
      <td>{token.tenant}</td>
      <td>
        <Ago ms={token.createdMs} by={token.by} />
      </td>
      <td>{token.usedMs === 0 ? <span className="t3">{t("users.neverUsed")}</span> : <Ago ms={token.usedMs} />}</td>
      <td>{token.expiresMs === 0 ? t("users.tokens.never") : <Left untilMs={token.expiresMs} />}</td>
      <td>
        <span className="us-acts">
          <FailedChange change={revoke} />
          {sure ? (
            <>
              <button type="button" className="ctl" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
                {t("users.revoke.sure", { name: token.name })}
              </button>
              <button type="button" className="ctl" onClick={() => setSure(false)}>
                {t("users.cancel")}
              </button>
            </>
          ) : (
            <button type="button" className="ctl" aria-label={t("users.revokeOf", { name: token.name })} onClick={() => setSure(true)}>
              {t("users.revoke")}
            </button>
          )}
        </span>
      </td>
    </tr>
  );
}

/** When a token ends, or that it has. */
function Left({ untilMs }: { untilMs: number }) {
  const { t, age } = useWords();
  const leftMs = untilMs - useServerTime();
  return leftMs > 0 ? t("users.inTime", { age: age(leftMs / 1_000) }) : <StateWord tone="off">{t("users.ended")}</StateWord>;
}
