import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { RequestError, session } from "../api/client";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { Logo } from "../parts/Icon";

const TOKEN_CHARS_MAX = 2_000;

/** Login by the one-time link `/login?token=...`, whose token leaves the address at once, or by a pasted token. */
export function LoginPage({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const [linked] = useState(() => new URLSearchParams(location.search).get("token"));
  const [checking, setChecking] = useState(linked !== null);
  const [problem, setProblem] = useState<Key | null>(null);
  const used = useRef(false);

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

  return (
    <main className="login">
      <h1>
        <Logo />
        {t("app.name")}
      </h1>
      <form className="panel" onSubmit={submit}>
        <h2>{t(checking ? "login.checking" : "login.title")}</h2>
        {problem === null ? null : (
          <p className="c-broken" role="alert">
            {t(problem)}
          </p>
        )}
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

function enter(onDone: () => void): void {
  history.replaceState(null, "", "/");
  onDone();
}

function problemOf(failure: unknown, refused: Key): Key {
  const spoken = failure instanceof RequestError && (failure.kind === "denied" || failure.kind === "refused");
  return spoken ? refused : "login.failed";
}
