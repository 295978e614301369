import type { Change } from "../api/types";
import { useWords } from "../i18n";
import { Icon, type IconName } from "../parts/Icon";
import { tellChange, Told } from "../parts/told";

const ICONS: Record<string, IconName> = {
  fault: "hammer",
  restart: "refresh",
  state: "camera",
  deploy: "changes",
  config: "gear",
};
const SHOWN_MAX = 12;

/** What changed lately, newest first: most faults begin with a change. */
export function Changes({ changes }: { changes: Change[] }) {
  const words = useWords();
  const { t, time } = words;
  const newest = [...changes].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN_MAX);
  return (
    <section id="changes" aria-labelledby="changes-title">
      <div className="hd">
        <h2 id="changes-title">{t("changes.title")}</h2>
      </div>
      {newest.length === 0 ? (
        <p className="none">{t("changes.none")}</p>
      ) : (
        <ol className="changes">
          {newest.map((change, index) => {
            const { title, detail } = tellChange(words, change);
            return (
            <li key={`${change.at} ${index}`}>
              <time className="mono t3" dateTime={change.at}>
                {time(change.at)}
              </time>
              <Icon name={ICONS[change.kind] ?? "changes"} small />
              <span className="clamp">
                <Told said={title} />
                {detail === null ? null : <Told className="t3 change-detail" said={detail} />}
              </span>
            </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
