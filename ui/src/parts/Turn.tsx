import { useWords } from "../i18n";
import { Icon } from "./Icon";

/** Whose turn it is. Only the reader's own is inverted, so that it is the strongest thing on the page. */
export function Turn({ turn }: { turn: string | null }) {
  const { t } = useWords();
  if (turn === null || turn === "") return null;
  if (turn === "operator") return <span className="turn you">{t("turn.operator")}</span>;
  const known = turn === "automation" || turn === "nobody";
  return (
    <span className="turn">
      <Icon name={turn === "automation" ? "robot" : "person"} small />
      {known ? t(`turn.${turn}`) : t("turn.team", { team: turn })}
    </span>
  );
}
