import type { Segment, Stream } from "../api/types";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { Glyph, TONE } from "../parts/state";
import { groupOf, isBroken, logsOf, logsOfStream, stateOf, traceAddress, verdictOf, withGaps } from "./segments";

const LISTED_MAX = 4;

/** The newest segments of a picture. From each broken one, one step leads to its logs and one to its trace. */
export function Segments({ stream, nowMs }: { stream: Stream; nowMs: number }) {
  const { t } = useWords();
  const segments = stream.segments ?? [];
  if (segments.length === 0 && stream.segments === undefined) return null;
  const broken = segments.filter(isBroken).reverse();
  return (
    <section className="segments" aria-labelledby="segments-title">
      <div className="segments-head">
        <h3 id="segments-title">{t("seg.title")}</h3>
        <span className="s t3">
          {segments.length === 0
            ? t("seg.none")
            : broken.length === 0
              ? t("seg.allFine", { n: segments.length })
              : t("seg.broken", { n: broken.length, total: segments.length })}
        </span>
        <span className="sp" />
        <a className="s" href={logsOfStream(stream.id)}>
          {t("seg.logsOfStream")}
        </a>
      </div>
      {segments.length === 0 ? null : <Row segments={segments} nowMs={nowMs} />}
      {broken.length === 0 ? null : (
        <ul className="seg-list">
          {broken.slice(0, LISTED_MAX).map((segment) => (
            <Broken key={`${segment.name} ${segment.seenAt}`} streamId={stream.id} segment={segment} />
          ))}
          {broken.length > LISTED_MAX ? <li className="s t3">{t("seg.more", { n: broken.length - LISTED_MAX })}</li> : null}
        </ul>
      )}
    </section>
  );
}

function Row({ segments, nowMs }: { segments: Segment[]; nowMs: number }) {
  const { t, age, time } = useWords();
  return (
    <ol className="seg-row">
      {withGaps(segments, nowMs).map((item) => {
        if (item.kind === "gap") {
          return (
            <li key={item.key} className="seg-gap xs">
              {t("seg.gap", { age: age(item.seconds) })}
            </li>
          );
        }
        const { segment } = item;
        const name = t("seg.cell", {
          time: time(segment.capturedAt ?? segment.seenAt),
          verdict: t(`verdict.${verdictOf(segment)}`),
          name: segment.name,
        });
        const look = `seg-cell cell ${TONE[groupOf(segment)]}`;
        const mark = <Glyph state={stateOf(segment)} />;
        return (
          <li key={`${segment.name} ${segment.seenAt}`}>
            {segment.traceId === null ? (
              <span className={look} role="img" aria-label={name} title={name}>
                {mark}
              </span>
            ) : (
              <a className={look} href={traceAddress(segment.traceId)} aria-label={name} title={name}>
                {mark}
              </a>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Broken({ streamId, segment }: { streamId: string; segment: Segment }) {
  const { t, age, time } = useWords();
  const group = groupOf(segment);
  const { lagSeconds, traceId } = segment;
  return (
    <li>
      <time className="mono t2" dateTime={segment.capturedAt ?? segment.seenAt}>
        {time(segment.capturedAt ?? segment.seenAt)}
      </time>
      <span className={`st ${TONE[group]}`}>
        <Glyph state={stateOf(segment)} />
        {t(`verdict.${verdictOf(segment)}`)}
      </span>
      <span className="seg-what t3">
        <span className="mono seg-name">{segment.name}</span>
        {lagSeconds === null ? null : <span className="tn">{t("seg.behind", { age: age(lagSeconds) })}</span>}
        {segment.detail === null ? null : <span lang="en">{segment.detail}</span>}
      </span>
      <span className="seg-links">
        <a className="ctl" href={logsOf(streamId, segment)} aria-label={t("seg.logsOf", { name: segment.name })}>
          <Icon name="logs" small />
          {t("seg.logs")}
        </a>
        {traceId === null ? (
          <span className="s t3">{t("seg.noTrace")}</span>
        ) : (
          <a className="ctl" href={traceAddress(traceId)} aria-label={t("seg.traceOf", { name: segment.name })}>
            <Icon name="traces" small />
            {t("seg.trace")}
          </a>
        )}
      </span>
    </li>
  );
}
