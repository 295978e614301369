import { useWords } from "../../i18n";
import type { Change } from "./raw";

/** Each changed value, before and after. */
export function Changes({ list }: { list: readonly Change[] }) {
  const { t } = useWords();
  if (list.length === 0) return <p className="none">{t("dash.diff.none")}</p>;
  return (
    <div className="diff" tabIndex={0} role="region" aria-label={t("dash.diff")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("dash.diff.where")}</th>
            <th scope="col">{t("dash.diff.before")}</th>
            <th scope="col">{t("dash.diff.after")}</th>
          </tr>
        </thead>
        <tbody>
          {list.map(({ path, before, after }) => (
            <tr key={path}>
              <td className="mono">{path}</td>
              <td className="mono">{before === null ? <span className="t3">{t("dash.diff.absent")}</span> : <del>{before}</del>}</td>
              <td className="mono">{after === null ? <span className="t3">{t("dash.diff.absent")}</span> : <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
