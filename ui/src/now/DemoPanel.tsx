import { useState } from "react";
import { RequestError, sendJson } from "../api/client";
import type { Demo, RoundRow, Stream } from "../api/types";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";

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
      const reason = failure instanceof RequestError ? failure.detail || failure.kind : String(failure);
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
      <FaultButtons
        demo={demo}
        names={names}
        target={target}
        busy={busy}
        start={(fault, faultName) =>
          void send("/api/demo/faults", { fault, target }, t("demo.sent", { fault: faultName, name }))
        }
        clear={() => void send("/api/demo/faults/clear", {}, t("demo.cleared"))}
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
  clear: () => void;
}

function FaultButtons({ demo, names, target, busy, start, clear }: FaultButtonsProps) {
  const { t } = useWords();
  const faults = new Map(demo.faults.map((fault) => [fault.id, fault.name]));
  const running = (id: string) => demo.faults.filter((fault) => fault.id === id && fault.running);
  return (
    <div className="fault-buttons">
      {[...faults].map(([id, faultName]) => {
        const where = running(id).map((fault) => names.get(fault.target ?? "") ?? fault.target ?? "");
        return (
          <button
            key={id}
            type="button"
            className={where.length > 0 ? "ctl fault running" : "ctl fault"}
            disabled={busy}
            aria-label={t("demo.start", { fault: faultName, name: names.get(target) ?? target })}
            onClick={() => start(id, faultName)}
          >
            <Icon name="hammer" small />
            <span lang="en">{faultName}</span>
            {where.length > 0 ? (
              <span className="fault-where">{t("demo.running", { name: where.join(", ") })}</span>
            ) : null}
          </button>
        );
      })}
      <button
        type="button"
        className="ctl"
        disabled={busy || !demo.faults.some((fault) => fault.running)}
        onClick={clear}
      >
        <Icon name="check" small />
        {t("demo.clear")}
      </button>
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
  const faultNames = new Map(demo.faults.map((fault) => [fault.id, fault.name]));
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
            <th scope="row" lang="en">
              {faultNames.get(row.fault) ?? row.fault}
            </th>
            <td>{names.get(row.target ?? "") ?? row.target}</td>
            <Step row={row} seconds={row.seenAfterSeconds} reached={["seen", "alerted", "recovered"]} />
            <Step row={row} seconds={row.alertAfterSeconds} reached={["alerted", "recovered"]} />
            <Step row={row} seconds={row.recoveredAfterSeconds} reached={["recovered"]} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A step that happened has its seconds; one that did not says why not. */
function Step({ row, seconds, reached }: { row: RoundRow; seconds: number | null; reached: RoundRow["status"][] }) {
  const { t, number } = useWords();
  if (seconds !== null) {
    return (
      <td>
        <span className="c-ok">
          <Icon name="check" small />
        </span>{" "}
        {t("unit.s", { n: number(seconds, 1) })}
      </td>
    );
  }
  if (row.status === "missed") {
    return (
      <td className="c-broken">
        <Icon name="close" small /> {t("demo.missed")}
      </td>
    );
  }
  const word = reached.includes(row.status) ? "measure.unknown" : row.status === "waiting" ? "demo.waiting" : "demo.notYet";
  return <td className="t3">{t(word)}</td>;
}
