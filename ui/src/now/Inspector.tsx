import { useCallback, useState, type ReactNode } from "react";
import type { Stage, Stream } from "../api/types";
import { changeView, SPANS, type SpanMinutes } from "../app/view";
import { useWords } from "../i18n";
import { Chain } from "../parts/Chain";
import { secondsSince, useServerTime } from "../parts/clock";
import { Icon } from "../parts/Icon";
import { StateBadge } from "../parts/state";
import { Still } from "../parts/Still";
import { tell, Told } from "../parts/told";
import { Turn } from "../parts/Turn";
import { useCursor } from "./cursor";
import { HistoryStrip } from "./HistoryStrip";
import { LiveVideo } from "./LiveVideo";
import { Measures } from "./Measures";
import { spansWithin } from "./model";
import { Segments } from "./Segments";

interface Props {
  spanMinutes: SpanMinutes;
  stream: Stream;
  stages: Stage[];
  /** Selects the picture before or after, in the order of the page. */
  move: (by: 1 | -1) => void;
  /** Chosen by the reader; otherwise the page shows the worst. */
  chosen: boolean;
}

/** All that is known of one picture, docked: it covers nothing. */
export function Inspector({ spanMinutes, stream, stages, move, chosen }: Props) {
  const words = useWords();
  const { age } = words;
  const nowMs = useServerTime();
  const seconds = secondsSince(stream.since, nowMs);
  return (
    <section id="selected" className="panel dock" aria-labelledby="dock-title">
      <div className="dock-picture">
        <DockPicture key={stream.id} stream={stream} steps={<DockSteps move={move} chosen={chosen} />} />
      </div>
      <div className="dock-facts">
        <div className="dock-head">
          <h2 id="dock-title" className="clamp">{stream.name}</h2>
          <StateBadge state={stream.state} group={stream.group} age={seconds === null ? null : age(seconds)} />
          <Turn turn={stream.group === "fine" ? null : stream.turn} />
        </div>
        {stream.cause ? (
          <p className="dock-cause clamp">
            <Told said={tell(words, stream.causeMessage, stream.cause)} />
          </p>
        ) : null}
        <Chain links={stream.chain} />
        <Measures measures={stream.measures} />
      </div>
      <div className="dock-history">
        <PlayheadLine stream={stream} nowMs={nowMs} spanMinutes={spanMinutes} />
        <HistoryStrip stream={stream} endMs={nowMs} spanMinutes={spanMinutes} axis />
      </div>
      <Segments stream={stream} nowMs={nowMs} />
      <Stages stages={stages} />
    </section>
  );
}

function DockSteps({ move, chosen }: Pick<Props, "move" | "chosen">) {
  const { t } = useWords();
  return (
    <span className="dock-steps">
      <button type="button" className="ctl icon" aria-label={t("inspector.prev")} onClick={() => move(-1)}>
        <Icon name="left" small />
      </button>
      <button type="button" className="ctl icon" aria-label={t("inspector.next")} onClick={() => move(1)}>
        <Icon name="right" small />
      </button>
      {chosen ? (
        <button
          type="button"
          className="ctl icon"
          aria-label={t("inspector.close")}
          onClick={() => changeView({ stream: null }, "push")}
        >
          <Icon name="close" small />
        </button>
      ) : null}
    </span>
  );
}

/** The reader's wish to watch live outlasts a change of picture, for as long as the page is open. */
let wishesLive = false;

function DockPicture({ stream, steps }: { stream: Stream; steps: ReactNode }) {
  const { t } = useWords();
  const [live, setLive] = useState(wishesLive);
  const [failed, setFailed] = useState(false);
  const fail = useCallback(() => {
    setFailed(true);
    setLive(false);
  }, []);
  const choose = (on: boolean) => {
    wishesLive = on;
    setFailed(false);
    setLive(on);
  };
  return (
    <>
      {live && stream.playlist !== null ? (
        <LiveVideo playlist={stream.playlist} name={stream.name} onFail={fail} />
      ) : (
        <Still stream={stream} large />
      )}
      <div className="dock-bar">
        {stream.playlist === null ? null : (
          <button type="button" className="ctl" aria-pressed={live} onClick={() => choose(!live)}>
            <Icon name={live ? "pause" : "play"} small />
            {t(live ? "inspector.still" : "inspector.live")}
          </button>
        )}
        <span className="sp" />
        {steps}
      </div>
      {failed ? (
        <p className="s t2" role="status">
          {t("inspector.liveFailed")}
        </p>
      ) : null}
    </>
  );
}

/** What was at the playhead, or which stretch the strip shows. Space also in words: the `t` key and the two buttons. */
function PlayheadLine({ stream, nowMs, spanMinutes }: { stream: Stream; nowMs: number; spanMinutes: SpanMinutes }) {
  const { t, time, age } = useWords();
  const { atMs } = useCursor();
  const under =
    atMs === null
      ? null
      : spansWithin(stream, nowMs - spanMinutes * 60_000, nowMs).find((span) => span.fromMs <= atMs && atMs < span.toMs);
  return (
    <div className="playline">
      {atMs === null ? (
        <span className="t3">{t("history.span", { span: t("unit.min", { n: spanMinutes }) })}</span>
      ) : (
        <>
          <span className="timecode">{time(atMs)}</span>
          {under ? (
            <StateBadge state={under.state} group={under.group} age={age((under.toMs - under.fromMs) / 1_000)} />
          ) : (
            <span className="st unknown">{t("inspector.nothing")}</span>
          )}
        </>
      )}
      <span className="sp" />
      <span className="seg" role="group" aria-label={t("top.span")}>
        {SPANS.map((minutes) => (
          <button
            key={minutes}
            type="button"
            aria-pressed={minutes === spanMinutes}
            onClick={() => changeView({ spanMinutes: minutes })}
          >
            {t("unit.min", { n: minutes })}
          </button>
        ))}
      </span>
    </div>
  );
}

const STAGE_TONE: Record<Stage["state"], string> = {
  UP: "ok",
  SLOW: "degraded",
  STOPPED: "broken",
  DOWN: "broken",
  STALLED: "broken",
};

/** The way of the picture; kinds of other pipelines come after, as they are given. */
const WAY = ["camera", "ingest", "transcode", "encode", "package", "origin", "delivery"];

function place(stage: Stage): number {
  const found = WAY.indexOf(stage.kind.toLowerCase());
  return found === -1 ? WAY.length : found;
}

function Stages({ stages }: { stages: Stage[] }) {
  const { t, number, age } = useWords();
  const nowMs = useServerTime();
  if (stages.length === 0) return null;
  return (
    <ul className="stages" aria-label={t("inspector.stages")}>
      {[...stages].sort((a, b) => place(a) - place(b)).map((stage) => {
        const seconds = secondsSince(stage.since, nowMs);
        return (
          <li key={stage.id}>
            <span className="stage-name">
              <Icon name="stage" small />
              {stage.kind}
            </span>
            <span className={`st ${STAGE_TONE[stage.state]}`}>
              {t(`stage.${stage.state}`)}
              {seconds === null ? null : <span className="tn"> {age(seconds)}</span>}
            </span>
            <span className="tn t2">{stage.speed === null ? "" : `${number(stage.speed, 2)}×`}</span>
            <span className="tn t2">{stage.fps === null ? "" : t("measure.perS", { n: number(stage.fps) })}</span>
            <span className="tn t3">{stage.restarts ? t("stage.restarts", { n: stage.restarts }) : ""}</span>
            <span className="mono t3 stage-log">{stage.lastLog}</span>
          </li>
        );
      })}
    </ul>
  );
}
