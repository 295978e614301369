import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SubmitEvent } from "react";
import { getJson } from "../api/client";
import { reportRead } from "../app/crumb";
import { useWords } from "../i18n";
import { formText } from "../parts/form";
import { Icon } from "../parts/Icon";
import { Logins } from "./Logins";
import { Failed, FailedChange, failureOf, Finding, Head, Part, Scroll, StateWord, Waiting } from "./parts";
import { Tokens } from "./Tokens";
import { Once, RoleField } from "./userParts";
import { madePassword, NAME_PATTERN, PASSWORD_MAX, PASSWORD_MIN, people, ROLES, type Account, type Login, type Token, type User } from "./users";

interface People {
  account: Account;
  users: User[];
  tokens: Token[];
  sessions: Login[];
  provider: string | null;
}

async function read(signal: AbortSignal): Promise<People> {
  const account = await getJson<Account>("/api/account", { signal });
  reportRead();
  if (account.role !== "admin") return { account, users: [], tokens: [], sessions: [], provider: null };
  const [users, tokens, sessions] = await Promise.all([
    getJson<{ users: User[]; provider: string | null }>("/api/users", { signal }),
    getJson<{ tokens: Token[] }>("/api/tokens", { signal }),
    getJson<{ sessions: Login[] }>("/api/sessions", { signal }),
  ]);
  return { account, ...users, ...tokens, ...sessions };
}

/** Who may come in: users, API tokens and logins for admins; their own password and logins for everybody. */
export default function UsersPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ["people"], queryFn: ({ signal }) => read(signal), staleTime: 0 });
  const again = (): void => void client.invalidateQueries({ queryKey: ["people"] });
  if (data === undefined) {
    return (
      <>
        <h1 className="vh">{t("nav.users")}</h1>
        <Waiting error={error} retry={() => void refetch()} />
      </>
    );
  }
  const { account } = data;
  return (
    <>
      <Verdict people={data} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {account.role === "admin" ? (
        <>
          <Users people={data} again={again} />
          <Tokens tokens={data.tokens} again={again} />
        </>
      ) : null}
      {account.mode === "login" ? <OwnPassword account={account} again={again} /> : null}
      {account.role === "admin" ? (
        <Logins title={t("users.sessions")} logins={data.sessions} end={people.end} again={again} />
      ) : (
        <Logins title={t("users.ownSessions")} logins={account.sessions} end={people.endOwn} again={again} />
      )}
    </>
  );
}

function Verdict({ people: { account, users, tokens } }: { people: People }) {
  const { t, number } = useWords();
  const role = t(`users.role.${account.role}`);
  if (account.mode === "anonymous") return <Finding level={1} tone="unknown" what={t("users.find.anonymous")} todo={t("users.find.anonymous.todo")} />;
  if (account.role !== "admin") return <Finding level={1} tone="fine" what={t("users.find.you", { name: account.user, role })} />;
  const say = t(users.length + tokens.length === 0 ? "users.find.nobody" : "users.find.admin", {
    users: users.length === 0 ? t("users.find.noUser") : t("users.find.users", { n: users.length, shown: number(users.length) }),
    tokens: tokens.length === 0 ? t("users.find.noToken") : t("users.find.tokens", { n: tokens.length, shown: number(tokens.length) }),
  });
  return account.mode === "open" ? <Finding level={1} tone="fine" what={say} todo={t("users.find.open")} /> : <Finding level={1} tone="fine" what={say} todo={t("users.find.you", { name: account.user, role })} />;
}

function Users({ people: { users, account, sessions, provider }, again }: { people: People; again: () => void }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<{ name: string; password: string } | null>(null);
  const viaProvider = new Set(sessions.filter(({ way }) => way === "provider").map(({ user }) => user)).size;
  return (
    <Part title={t("users.users")} note={provider === null ? undefined : t("users.provider", { name: provider, n: viaProvider })}>
      {fresh === null ? null : <Once what={t("users.once.password", { name: fresh.name })} text={fresh.password} label={t("users.copyPassword")} close={() => setFresh(null)} />}
      {users.length === 0 ? <p className="none s">{t("users.none")}</p> : null}
      {users.length === 0 ? null : (
        <Scroll label={t("users.users")} className="us-table">
          <Head columns={[t("users.col.name"), t("users.col.role"), t("users.col.tenant"), t("users.col.logins"), { heard: t("users.col.acts") }]} />
          <tbody>
            {users.map((user) => (
              <UserRow key={user.name} user={user} self={account.mode === "login" && account.user === user.name} again={again} onPassword={(password) => setFresh({ name: user.name, password })} />
            ))}
          </tbody>
        </Scroll>
      )}
      {adding ? (
        <AddUser
          close={() => setAdding(false)}
          done={(name, password) => {
            setAdding(false);
            setFresh({ name, password });
            again();
          }}
        />
      ) : (
        <p className="us-acts after">
          <button type="button" className="ctl" onClick={() => setAdding(true)}>
            <Icon name="plus" small />
            {t("users.add")}
          </button>
        </p>
      )}
    </Part>
  );
}

function UserRow({ user, self, again, onPassword }: { user: User; self: boolean; again: () => void; onPassword: (password: string) => void }) {
  const { t, number } = useWords();
  const [sure, setSure] = useState(false);
  const change = useMutation({ mutationFn: (part: { role?: string; disabled?: boolean }) => people.change(user.name, part), onSettled: again });
  const reset = useMutation({
    mutationFn: async () => {
      const password = madePassword();
      await people.change(user.name, { password });
      return password;
    },
    onSuccess: onPassword,
    onSettled: again,
  });
  const remove = useMutation({ mutationFn: () => people.remove(user.name), onSettled: again });
  // What was asked last counts: a change that went through after one that failed is no failure.
  const [last] = [
    { atMs: change.submittedAt, failure: failureOf(change) },
    { atMs: reset.submittedAt, failure: failureOf(reset) },
    { atMs: remove.submittedAt, failure: failureOf(remove) },
  ].sort((a, b) => b.atMs - a.atMs);
  const busy = change.isPending || reset.isPending || remove.isPending;
  return (
    <>
      <tr>
        <th scope="row">
          {user.name} {self ? <span className="t3">{t("users.you")}</span> : null} {user.disabled ? <StateWord tone="off">{t("users.disabled")}</StateWord> : null}
        </th>
        <td>
          <select className="ctl" aria-label={t("users.roleOf", { name: user.name })} value={user.role} disabled={self || busy} onChange={(event) => change.mutate({ role: event.currentTarget.value })}>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`users.role.${role}`)}
              </option>
            ))}
          </select>
        </td>
        <td>{user.tenant}</td>
        <td>{user.sessions === 0 ? <span className="t3">{t("users.noLogin")}</span> : number(user.sessions)}</td>
        <td>
          <span className="us-acts">
            {sure ? (
              <>
                <button type="button" className="ctl" disabled={busy} onClick={() => remove.mutate()}>
                  <Icon name="trash" small />
                  {t("users.delete.sure", { name: user.name })}
                </button>
                <button type="button" className="ctl" onClick={() => setSure(false)}>
                  {t("users.cancel")}
                </button>
              </>
            ) : (
              <>
                <button type="button" className="ctl" disabled={busy} aria-label={t("users.resetOf", { name: user.name })} onClick={() => reset.mutate()}>
                  {t("users.reset")}
                </button>
                {self ? null : (
                  <>
                    <button type="button" className="ctl" disabled={busy} aria-label={t(user.disabled ? "users.enableOf" : "users.disableOf", { name: user.name })} onClick={() => change.mutate({ disabled: !user.disabled })}>
                      {t(user.disabled ? "users.enable" : "users.disable")}
                    </button>
                    <button type="button" className="ctl" disabled={busy} aria-label={t("users.deleteOf", { name: user.name })} onClick={() => setSure(true)}>
                      <Icon name="trash" small />
                    </button>
                  </>
                )}
              </>
            )}
          </span>
        </td>
      </tr>
      {last?.failure == null ? null : (
        <tr>
          <td colSpan={5}>
            <Failed {...last.failure} />
          </td>
        </tr>
      )}
    </>
  );
}

function AddUser({ close, done }: { close: () => void; done: (name: string, password: string) => void }) {
  const { t } = useWords();
  const add = useMutation({
    mutationFn: async ({ name, role }: { name: string; role: string }) => {
      const password = madePassword();
      await people.add(name, role, password);
      return { name, password };
    },
    onSuccess: ({ name, password }) => done(name, password),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({ name: formText(form, "name"), role: formText(form, "role") });
  };
  return (
    <form className="panel us-form" onSubmit={submit} aria-label={t("users.add")}>
      <label>
        {t("users.col.name")}
        <input className="field" name="name" required pattern={NAME_PATTERN} maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus />
      </label>
      <RoleField />
      <button type="submit" className="ctl on" disabled={add.isPending}>
        {t("users.addDo")}
      </button>
      <button type="button" className="ctl" onClick={close}>
        {t("users.cancel")}
      </button>
      <p className="hint s t2">{t("users.add.hint")}</p>
      <FailedChange change={add} />
    </form>
  );
}

function OwnPassword({ account, again }: { account: Account; again: () => void }) {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: ({ old, next }: { old: string; next: string }) => people.ownPassword(old, next),
    onSuccess: () => form.current?.reset(),
    onSettled: again,
  });
  const [differ, setDiffer] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const next = formText(typed, "next");
    setDiffer(next !== formText(typed, "again"));
    if (next === formText(typed, "again")) change.mutate({ old: formText(typed, "old"), next });
  };
  if (!account.password) {
    return (
      <Part title={t("users.ownPassword")}>
        <p className="s t2">{t(account.way === "provider" ? "users.password.provider" : "users.password.none")}</p>
      </Part>
    );
  }
  return (
    <Part title={t("users.ownPassword")}>
      <form ref={form} className="panel us-form" onSubmit={submit} aria-label={t("users.ownPassword")}>
        <input className="vh" name="username" autoComplete="username" value={account.user} readOnly tabIndex={-1} aria-hidden="true" />
        <label>
          {t("users.password.old")}
          <input className="field" name="old" type="password" autoComplete="current-password" required maxLength={PASSWORD_MAX} />
        </label>
        <label>
          {t("users.password.next")}
          <input className="field" name="next" type="password" autoComplete="new-password" required minLength={PASSWORD_MIN} maxLength={PASSWORD_MAX} />
        </label>
        <label>
          {t("users.password.again")}
          <input className="field" name="again" type="password" autoComplete="new-password" required minLength={PASSWORD_MIN} maxLength={PASSWORD_MAX} aria-invalid={differ} />
        </label>
        <button type="submit" className="ctl on" disabled={change.isPending}>
          {t("users.password.change")}
        </button>
        <p className="hint s t2" role="status">
          {differ ? <span className="c-broken">{t("users.password.differ")}</span> : change.isSuccess ? t("users.password.changed") : t("users.password.hint")}
        </p>
        <FailedChange change={change} />
      </form>
    </Part>
  );
}
