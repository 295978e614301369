import { chooseWindow } from "../app/time/store";
import { timeWords } from "../app/time/words";
import { useWords } from "../i18n";
import { LEVELS, type Bar } from "./model";

/** Lines over time, stacked by level. A press on a bar looks at its time alone. */
export function Volume({ bars, zone }: { bars: Bar[]; zone: string }) {
  const { t, language } = useWords();
  const words = timeWords(language, zone);
  const highest = Math.max(1, ...bars.map((bar) => bar.total));
  const parts = LEVELS.map((level) => [level, bars.reduce((sum, bar) => sum + bar.counts[level], 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${t(`logs.level.${level}`)}`);
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <figure className="volume" data-panel tabIndex={-1}>
      <div className="bars" role="img" aria-label={t("logs.volume", { parts: parts.join(", ") || t("logs.volume.none") })}>
        {bars.map((bar) => (
          <span
            key={bar.fromMs}
            className="bar-slot"
            title={t("logs.bar", { time: words.clock(bar.fromMs), n: bar.total })}
            onClick={() => chooseWindow(bar)}
          >
            {[...LEVELS].reverse().map((level) =>
              bar.counts[level] === 0 ? null : (
                <i key={level} className={`lv-fill lv-${level}`} style={{ height: `${(bar.counts[level] / highest) * 100}%` }} />
              ),
            )}
          </span>
        ))}
      </div>
      <figcaption className="volume-axis xs t3 tn">
        <span>{words.clock(first.fromMs)}</span>
        <span>{words.clock(last.toMs)}</span>
      </figcaption>
    </figure>
  );
}
