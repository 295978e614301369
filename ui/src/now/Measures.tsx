import type { Measures as MeasuresData } from "../api/types";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";

/** The numbers of a picture, each with what it is compared to. What is not known is said, never drawn as zero. */
export function Measures({ measures }: { measures: MeasuresData | null }) {
  const { t, number, bitrate, age } = useWords();
  if (measures === null) return null;
  const { fps, expectedFps, bitrateBps, liveEdgeLagSeconds, speed, segmentAgeSeconds } = measures;
  const rows: [Key, string | null, string | null][] = [
    [
      "measure.fps",
      fps === null ? null : number(fps, 1),
      expectedFps === null ? t("measure.perS", { n: "" }).trim() : t("measure.fps.of", { n: number(expectedFps) }),
    ],
    ["measure.bitrate", bitrateBps === null ? null : bitrate(bitrateBps), null],
    [
      "measure.edge",
      liveEdgeLagSeconds === null ? null : t("unit.s", { n: number(liveEdgeLagSeconds, 1) }),
      t("measure.edge.note"),
    ],
    [
      "measure.segment",
      segmentAgeSeconds === null ? null : t("age.ago", { age: age(segmentAgeSeconds) }),
      null,
    ],
    ["measure.speed", speed === null ? null : `${number(speed, 2)}×`, null],
  ];
  return (
    <dl className="measures tn">
      {rows.map(([key, value, note]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>
            {value === null ? (
              <span className="t3 unknown-value">{t("measure.unknown")}</span>
            ) : (
              <>
                {value} {note === null ? null : <span className="t3">{note}</span>}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
