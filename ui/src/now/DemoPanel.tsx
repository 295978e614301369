import { useState } from "react";
import { RequestError, sendJson } from "../api/client";
import type { Demo, RoundRow, Stream } from "../api/types";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { tell, Told, type Said } from "../parts/told";

interface Props {
  demo: Demo;
  streams: Stream[];
  /** The picture in the inspector: the first choice to break. */
  selected: string | null;
  refresh: () => void;
}

/** Breaks the demo pipeline on purpose, and shows what the watching made of it. */
export function DemoPanel({ demo, streams, selected, refresh }: Props) {
  const { t } = useWords();
  const [picked, setPicked] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const names = new Map(streams.map((stream) => [stream.id, stream.name]));
  const targets = [...streams].sort((a, b) => a.id.localeCompare(b.id));
  const target = picked ?? selected ?? targets[0]?.id ?? "";
  const name = names.get(target) ?? target;

  const send = async (path: string, body: unknown, done: string) => {
    setBusy(true);
    try {
      await sendJson("POST", path, body);
      setSaid(done);
      refresh();
    } catch (failure) {
      const reason = failure instanceof RequestError ? [failure.detail || failure.kind, failure.todo].join(" ") : String(failure);
      setSaid(t("demo.failed", { reason }));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section id="demo" className="demo" aria-labelledby="demo-title">
      <div className="hd">
        <h2 id="demo-title">{t("demo.title")}</h2>
        <span className="s t3">{t("demo.note")}</span>
      </div>
      <div className="demo-bar">
        <div className="seg" role="group" aria-label={t("demo.target")}>
          {targets.map((stream) => (
            <button
              key={stream.id}
              type="button"
              aria-pressed={stream.id === target}
              onClick={() => setPicked(stream.id)}
            >
              {stream.name}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="ctl"
          disabled={busy || !demo.faults.some((fault) => fault.running)}
          onClick={() => void send("/api/demo/faults/clear", {}, t("demo.cleared"))}
        >
          <Icon name="check" small />
          {t("demo.clear")}
        </button>
      </div>
      <FaultButtons
        demo={demo}
        names={names}
        target={target}
        busy={busy}
        start={(fault, faultName) =>
          void send("/api/demo/faults", { fault, target }, t("demo.sent", { fault: faultName, name }))
        }
      />
      <p className="s t2 demo-said" role="status">
        {said}
      </p>
      {demo.round === null ? null : <Round demo={demo} rows={demo.round.rows} number={demo.round.number} names={names} />}
    </section>
  );
}

interface FaultButtonsProps {
  demo: Demo;
  names: Map<string, string>;
  target: string;
  busy: boolean;
  start: (fault: string, name: string) => void;
}

/** A fault by its id in the reader's words, or as the server calls it. */
function useFaultName(demo: Demo): (id: string) => Said {
  const words = useWords();
  const names = new Map(demo.faults.map((fault) => [fault.id, fault.name]));
  return (id) => tell(words, { code: id, values: {} }, names.get(id) ?? id, "fault.");
}

function FaultButtons({ demo, names, target, busy, start }: FaultButtonsProps) {
  const { t } = useWords();
  const faultName = useFaultName(demo);
  const ids = [...new Set(demo.faults.map((fault) => fault.id))];
  const running = (id: string) => demo.faults.filter((fault) => fault.id === id && fault.running);
  return (
    <div className="fault-buttons">
      {ids.map((id) => {
        const where = running(id).map((fault) => names.get(fault.target ?? "") ?? fault.target ?? "");
        return (
          <button
            key={id}
            type="button"
            className={where.length > 0 ? "ctl fault running" : "ctl fault"}
            disabled={busy}
            onClick={() => start(id, faultName(id).text)}
          >
            <Icon name="hammer" small />
            <Told said={faultName(id)} />
            <span className="vh">{t("demo.start", { name: names.get(target) ?? target })}</span>
            {where.length > 0 ? (
              <span className="fault-where">{t("demo.running", { name: where.join(", ") })}</span>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}

interface RoundProps {
  demo: Demo;
  rows: RoundRow[];
  number: number;
  names: Map<string, string>;
}

function Round({ demo, rows, number, names }: RoundProps) {
  const { t } = useWords();
  const faultName = useFaultName(demo);
  return (
    <table className="tbl">
      <caption>{t("demo.round", { n: number })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("demo.col.fault")}</th>
          <th scope="col">{t("demo.col.target")}</th>
          <th scope="col">{t("demo.col.seen")}</th>
          <th scope="col">{t("demo.col.alert")}</th>
          <th scope="col">{t("demo.col.recovered")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row.fault} ${index}`} className={row.status === "waiting" ? "waiting" : undefined}>
            <th scope="row">
              <Told said={faultName(row.fault)} />
            </th>
            <td>{names.get(row.target ?? "") ?? row.target}</td>
            {steps(row).map((step, place) => (
              <Step key={place} {...step} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type StepState = "done" | "missed" | "waiting" | "notYet" | "never";

interface StepData {
  state: StepState;
  seconds: number | null;
}

/** Seen, alerted, recovered: each with its seconds, or why it has none. Only the first step not reached was missed. */
export function steps(row: RoundRow): StepData[] {
  const all = [row.seenAfterSeconds, row.alertAfterSeconds, row.recoveredAfterSeconds];
  const firstOpen = all.findIndex((seconds) => seconds === null);
  return all.map((seconds, place) => {
    if (seconds !== null) return { state: "done", seconds };
    if (row.status === "missed") return { state: place === firstOpen ? "missed" : "never", seconds };
    return { state: row.status === "waiting" ? "waiting" : "notYet", seconds };
  });
}

function Step({ state, seconds }: StepData) {
  const { t, number } = useWords();
  if (state === "done") {
    return (
      <td className="step">
        <span className="c-ok">
          <Icon name="check" small />
        </span>{" "}
        {t("unit.s", { n: number(seconds ?? 0, 1) })}
      </td>
    );
  }
  if (state === "missed") {
    return (
      <td className="step c-broken">
        <Icon name="close" small /> {t("demo.missed")}
      </td>
    );
  }
  return <td className="t3">{state === "never" ? "" : t(`demo.${state}`)}</td>;
}
