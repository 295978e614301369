import { useMutation } from "@tanstack/react-query";
import { useWords } from "../i18n";
import { Ago, FailedChange, Head, Part, Scroll } from "./parts";
import { browserOf, type Login } from "./users";

/** Logins that are open, the one used last first, each with a way to end it. */
export function Logins({ title, logins, end, again }: { title: string; logins: Login[]; end: (id: string) => Promise<unknown>; again: () => void }) {
  const { t } = useWords();
  if (logins.length === 0) {
    return (
      <Part title={title}>
        <p className="none s">{t("users.sessions.none")}</p>
      </Part>
    );
  }
  return (
    <Part title={title}>
      <Scroll label={title} className="us-table">
        <Head columns={[t("users.col.name"), t("users.col.way"), t("users.col.from"), t("users.col.began"), t("users.col.used"), { heard: t("users.col.acts") }]} />
        <tbody>
          {logins.map((login) => (
            <LoginRow key={login.id} login={login} end={end} again={again} />
          ))}
        </tbody>
      </Scroll>
    </Part>
  );
}

function LoginRow({ login, end, again }: { login: Login; end: (id: string) => Promise<unknown>; again: () => void }) {
  const { t } = useWords();
  const ending = useMutation({ mutationFn: () => end(login.id), onSettled: again });
  return (
    <tr>
      <th scope="row">
        {login.user} {login.current ? <span className="t3">{t("users.thisLogin")}</span> : null}
      </th>
      <td>{t(`users.way.${login.way}`)}</td>
      <td>
        {login.address} <span className="t3">{browserOf(login.browser)}</span>
      </td>
      <td>
        <Ago ms={login.beganMs} />
      </td>
      <td>
        <Ago ms={login.usedMs} />
      </td>
      <td>
        <span className="us-acts">
          <FailedChange change={ending} />
          <button type="button" className="ctl" disabled={ending.isPending} aria-label={t("users.endOf", { name: login.user })} onClick={() => ending.mutate()}>
            {t("users.end")}
          </button>
        </span>
      </td>
    </tr>
  );
}
