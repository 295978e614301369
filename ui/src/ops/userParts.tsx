import { useWords } from "../i18n";
import { CopyText } from "./parts";
import { ROLES, type TokenRole } from "./users";

/** What is shown once and never again. */
export function Once({ what, text, label, close }: { what: string; text: string; label: string; close: () => void }) {
  const { t } = useWords();
  return (
    <div className="panel us-once" role="status">
      <p>{what}</p>
      <CopyText text={text} label={label} />
      <button type="button" className="ctl" onClick={close}>
        {t("users.once.close")}
      </button>
    </div>
  );
}

export function RoleField({ roles = ROLES }: { roles?: readonly TokenRole[] }) {
  const { t } = useWords();
  return (
    <label>
      {t("users.col.role")}
      <select className="field" name="role" defaultValue="viewer">
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`users.role.${role}`)}: {t(`users.role.${role}.may`)}
          </option>
        ))}
      </select>
    </label>
  );
}
