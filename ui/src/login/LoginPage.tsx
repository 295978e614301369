import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { RequestError, sendJson, session } from "../api/client";
import type { Session } from "../api/types";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { Logo } from "../parts/Icon";
import { PasswordForm } from "./PasswordForm";

const TOKEN_CHARS_MAX = 2_000;

/** What the way back from a login provider may bring along as `/login?failed=CODE`. */
const FAILED: Partial<Record<string, Key>> = {
  login_refused: "login.refused",
  login_failed: "login.providerFailed",
  oidc_provider: "login.providerGone",
};

/**
 * Login by the one-time link `/login?token=...`, whose token leaves the address at once, by name and password, through
 * a login provider, or by a pasted token.
 */
export function LoginPage({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const [linked] = useState(() => new URLSearchParams(location.search).get("token"));
  const [checking, setChecking] = useState(linked !== null);
  const [problem, setProblem] = useState<Key | null>(() => failedKey());
  const [offered, setOffered] = useState<Session["login"]>(undefined);
  const used = useRef(false);

  useEffect(() => {
    session.read().then(
      (one) => {
        setOffered(one.login);
      },
      () => undefined, // the token form alone works without knowing
    );
  }, []);

  useEffect(() => {
    if (linked === null || used.current) return;
    used.current = true;
    history.replaceState(null, "", "/login");
    session.open(linked).then(
      () => enter(onDone),
      (failure: unknown) => {
        setProblem(problemOf(failure, "login.expired"));
        setChecking(false);
      },
    );
  }, [linked, onDone]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("token");
    setChecking(true);
    session.open(tokenIn(typeof given === "string" ? given : "")).then(
      () => enter(onDone),
      (failure: unknown) => {
        setProblem(problemOf(failure, "login.wrong"));
        setChecking(false);
      },
    );
  };

  const enterByPassword = (user: string, password: string) => {
    setChecking(true);
    sendJson("POST", "/api/session", { user, password }).then(
      () => enter(onDone),
      (failure: unknown) => {
        const slow = failure instanceof RequestError && failure.status === 429;
        setProblem(slow ? "login.slow" : problemOf(failure, "login.wrongPassword"));
        setChecking(false);
      },
    );
  };

  const checkingLink = linked !== null && checking;
  const heading = checkingLink ? "login.checking" : offered?.password ? null : "login.title";

  return (
    <main className="login">
      <h1>
        <Logo />
        {t("app.name")}
      </h1>
      {problem === null ? null : (
        <p className="login-problem c-broken" role="alert">
          {t(problem)}
        </p>
      )}
      {offered?.password ? <PasswordForm checking={checking} onSubmit={enterByPassword} /> : null}
      {offered?.provider ? (
        <a className="ctl" href="/login/oidc">
          {t("login.provider", { name: offered.provider })}
        </a>
      ) : null}
      <form className="panel" onSubmit={submit}>
        {heading === null ? null : <h2>{t(heading)}</h2>}
        <TextInput
          name="token"
          label={t("login.token")}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={TOKEN_CHARS_MAX}
        />
        <button type="submit" className="ctl primary" disabled={checking}>
          {t("login.submit")}
        </button>
        <p className="s t3">{t("login.link")}</p>
      </form>
    </main>
  );
}

/** The token in what was pasted: a whole link, or the token itself. */
export function tokenIn(pasted: string): string {
  const text = pasted.trim();
  if (!URL.canParse(text)) return text;
  return new URL(text).searchParams.get("token") ?? text;
}

function failedKey(): Key | null {
  const code = new URLSearchParams(location.search).get("failed");
  return code === null ? null : (FAILED[code] ?? "login.failed");
}

function enter(onDone: () => void): void {
  history.replaceState(null, "", "/");
  onDone();
}

function problemOf(failure: unknown, refused: Key): Key {
  const spoken = failure instanceof RequestError && (failure.kind === "denied" || failure.kind === "refused");
  return spoken ? refused : "login.failed";
}
