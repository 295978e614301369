import type { ReactNode } from "react";
import { changeParams } from "../app/address";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";

/** What stands beside the queries; it covers nothing. */
export function SidePanel({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <aside className="side" aria-label={title}>
      <div className="side-head">
        <h2>{title}</h2>
        <span className="sp" />
        <button type="button" className="head-button" aria-label={t("explore.side.close")} onClick={() => changeParams({ side: null })}>
          <Icon name="close" small />
        </button>
      </div>
      {children}
    </aside>
  );
}
