import { useWords } from "../../i18n";
import type { Panel } from "../model/types";

/** A panel whose queries brought nothing: hatched, never green, and never a zero. */
export function Nothing({ panel }: { panel: Pick<Panel, "defaults"> }) {
  const { t } = useWords();
  return (
    <div className="nothing">
      <p>{panel.defaults.noValue === "" ? t("dash.noData") : panel.defaults.noValue}</p>
    </div>
  );
}
