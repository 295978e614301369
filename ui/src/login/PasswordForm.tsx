import { TextInput } from "@mantine/core";
import type { SubmitEvent } from "react";
import { useWords } from "../i18n";

const NAME_CHARS_MAX = 64;
const PASSWORD_CHARS_MAX = 200;

/** Name and password of a local user. */
export function PasswordForm(props: { checking: boolean; onSubmit: (user: string, password: string) => void }) {
  const { checking, onSubmit } = props;
  const { t } = useWords();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    onSubmit(textOf(given.get("user")), textOf(given.get("password")));
  };
  return (
    <form className="panel" onSubmit={submit}>
      <TextInput
        name="user"
        label={t("login.user")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        maxLength={NAME_CHARS_MAX}
      />
      <TextInput
        name="password"
        type="password"
        label={t("login.password")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        maxLength={PASSWORD_CHARS_MAX}
      />
      <button type="submit" className="ctl primary" disabled={checking}>
        {t("login.enter")}
      </button>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value : "";
}
