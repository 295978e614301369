import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { RequestError, session } from "../api/client";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { Logo } from "../parts/Icon";

/** Login by name and password, or by the one-time link `/login?token=...`, whose token leaves the address at once. */
export function LoginPage({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const [token] = useState(() => new URLSearchParams(location.search).get("token"));
  const [checking, setChecking] = useState(token !== null);
  const [problem, setProblem] = useState<Key | null>(null);
  const used = useRef(false);

  useEffect(() => {
    if (token === null || used.current) return;
    used.current = true;
    history.replaceState(null, "", "/login");
    session.open({ token }).then(
      () => enter(onDone),
      (failure: unknown) => {
        setProblem(isRefused(failure) ? "login.expired" : "error.unreadable");
        setChecking(false);
      },
    );
  }, [token, onDone]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    setChecking(true);
    session.open({ user: field("user"), password: field("password") }).then(
      () => enter(onDone),
      (failure: unknown) => {
        setProblem(isRefused(failure) ? "login.wrong" : "error.unreadable");
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
        <TextInput name="user" label={t("login.user")} autoComplete="username" required maxLength={200} />
        <PasswordInput
          name="password"
          label={t("login.password")}
          autoComplete="current-password"
          required
          maxLength={200}
        />
        <Button type="submit" disabled={checking}>
          {t("login.submit")}
        </Button>
        <p className="s t3">{t("login.link")}</p>
      </form>
    </main>
  );
}

function enter(onDone: () => void): void {
  history.replaceState(null, "", "/");
  onDone();
}

function isRefused(failure: unknown): boolean {
  return failure instanceof RequestError && (failure.kind === "denied" || failure.kind === "refused");
}
