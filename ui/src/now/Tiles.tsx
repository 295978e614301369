import type { Stream } from "../api/types";
import { changeView } from "../app/view";
import { useWords } from "../i18n";
import { secondsSince, useServerTime } from "../parts/clock";
import { StateBadge } from "../parts/state";
import { Still } from "../parts/Still";
import { HistoryStrip } from "./HistoryStrip";

interface TilesProps {
  streams: Stream[];
  selected: string | null;
  spanMinutes: number;
}

/** Large live pictures, when there are few. */
export function Tiles({ streams, selected, spanMinutes }: TilesProps) {
  const { t } = useWords();
  return (
    <ul className="tiles" aria-label={t("tiles.label")}>
      {streams.map((stream) => (
        <Tile key={stream.id} stream={stream} selected={stream.id === selected} spanMinutes={spanMinutes} />
      ))}
    </ul>
  );
}

interface TileProps {
  stream: Stream;
  selected: boolean;
  spanMinutes: number;
}

function Tile({ stream, selected, spanMinutes }: TileProps) {
  const { age } = useWords();
  const nowMs = useServerTime();
  const seconds = secondsSince(stream.since, nowMs);
  return (
    <li className={`tile ${stream.group}`}>
      <div className={selected ? "frame-marks" : undefined}>
        <Still stream={stream} />
      </div>
      <div className="tile-name">
        <button
          type="button"
          className="cover"
          aria-pressed={selected}
          onClick={() => changeView({ stream: stream.id }, "push")}
        >
          <span className="clamp">{stream.name}</span>
        </button>
        <StateBadge state={stream.state} group={stream.group} age={seconds === null ? null : age(seconds)} />
      </div>
      <TileMeasures stream={stream} />
      <HistoryStrip stream={stream} endMs={nowMs} spanMinutes={spanMinutes} />
    </li>
  );
}

function TileMeasures({ stream }: { stream: Stream }) {
  const { t, number, bitrate, age } = useWords();
  const { fps = null, bitrateBps = null, liveEdgeLagSeconds = null, speed = null } = stream.measures ?? {};
  const shown = [
    fps === null ? null : t("measure.perS", { n: number(fps, fps % 1 < 0.05 ? 0 : 1) }),
    bitrateBps === null ? null : bitrate(bitrateBps),
    liveEdgeLagSeconds === null ? null : t("measure.short.edge", { age: age(liveEdgeLagSeconds) }),
    speed === null ? null : `${number(speed, 2)}×`,
  ].filter((text) => text !== null);
  return (
    <p className="tile-measures tn">
      {shown.length === 0
        ? t("measure.unknown")
        : shown.map((text) => <span key={text}>{text}</span>)}
    </p>
  );
}
