import { useWords } from "../i18n";
import type { DataSource } from "./data/sources";

interface SourceSelectProps {
  /** Uid of the one chosen; empty for the default one, where that may be chosen. */
  value: string;
  sources: readonly DataSource[];
  take: (uid: string) => void;
  /** Whether "the default one" is a choice, whichever that will be. */
  byDefault?: boolean;
  className?: string;
}

/** A choice among data sources. */
export function SourceSelect({ value, sources, take, byDefault = false, className }: SourceSelectProps) {
  const { t } = useWords();
  return (
    <select className={className} aria-label={t("dash.edit.source")} value={value} onChange={(event) => take(event.currentTarget.value)}>
      {byDefault ? <option value="">{t("dash.edit.defaultSource")}</option> : null}
      {sources.map(({ uid, name }) => (
        <option key={uid} value={uid}>
          {name}
        </option>
      ))}
    </select>
  );
}
