import { Fragment, type CSSProperties } from "react";
import { changeParams } from "../app/address";
import { useWords } from "../i18n";
import { shortTime } from "../signals/units";
import type { Got } from "./ask";
import { rowsOf, type Leaf, type Row } from "./plan";

/** How each query was computed: part by part, where it was answered and what it cost. */
export function PlanView({ gots, instant }: { gots: readonly Got[]; instant: boolean }) {
  const { t } = useWords();
  return (
    <div className="plans">
      <div className="plan-of">
        <span className="s t3">{t("explore.plan.of")}</span>
        <div className="seg" role="group" aria-label={t("explore.plan.of")}>
          <button type="button" aria-pressed={!instant} onClick={() => changeParams({ of: null })}>
            {t("explore.plan.range")}
          </button>
          <button type="button" aria-pressed={instant} onClick={() => changeParams({ of: "instant" })}>
            {t("explore.plan.instant")}
          </button>
        </div>
      </div>
      {gots.map((got) => (
        <Plan key={got.question.refId} got={got} />
      ))}
    </div>
  );
}

function Plan({ got }: { got: Got }) {
  const { t } = useWords();
  const { cost, question } = got;
  return (
    <section className="plan" aria-label={t("explore.plan.title", { name: question.refId })}>
      <h2 className="mono">
        <span className="xletter">{question.refId}</span> <span className="xexpr">{question.expr}</span>
      </h2>
      <Sums got={got} />
      {cost.plan === null ? <p className="none">{t("explore.plan.none", { name: question.source.name })}</p> : <Parts rows={rowsOf(cost.plan)} name={question.refId} />}
    </section>
  );
}

function Sums({ got: { cost } }: { got: Got }) {
  const words = useWords();
  const { t, number } = words;
  const facts = [
    ["explore.plan.time", cost.seconds === null ? null : shortTime(words, Math.round(cost.seconds * 1e6))],
    ["explore.plan.waited", cost.queuedSeconds === null || cost.queuedSeconds < 0.001 ? null : shortTime(words, Math.round(cost.queuedSeconds * 1e6))],
    ["explore.plan.series", cost.series === null ? null : number(cost.series)],
    ["explore.plan.samples", cost.samples === null ? null : number(cost.samples)],
    ["explore.plan.peak", cost.peakSamples === null ? null : number(cost.peakSamples)],
    ["explore.plan.steps", cost.steps === null ? null : number(cost.steps)],
  ] as const;
  return (
    <dl className="sums">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd className="tn">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Parts({ rows, name }: { rows: readonly Row[]; name: string }) {
  const words = useWords();
  const { t, number } = words;
  return (
    <div className="plan-table" tabIndex={0} role="region" aria-label={t("explore.plan.parts", { name })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("explore.plan.part")}</th>
            <th scope="col">{t("explore.plan.where")}</th>
            <th scope="col" className="num">
              {t("explore.plan.col.series")}
            </th>
            <th scope="col" className="num">
              {t("explore.plan.col.samples")}
            </th>
            <th scope="col" className="num">
              {t("explore.plan.col.own")}
            </th>
            <th scope="col" className="num">
              {t("explore.plan.col.time")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, depth, ownSeconds, share, slowest }, at) => (
            <tr key={at} className={slowest ? "slowest" : undefined}>
              <th scope="row" style={{ "--depth": Math.min(depth, 12) } as CSSProperties}>
                <code title={`${part.position} ${part.text}`}>{part.text}</code>
                <span className="plan-bar" style={{ "--share": share } as CSSProperties} />
              </th>
              <td>{part.leaf === null ? <span className="t3">{t("explore.plan.computed")}</span> : <Where leaf={part.leaf} steps={part.steps} />}</td>
              <td className="num">{number(part.series)}</td>
              <td className="num">{part.leaf === null ? "" : number(part.leaf.samples)}</td>
              <td className="num">
                {slowest ? <span className="xs c-degraded">{t("explore.plan.slowest")} </span> : null}
                {shortTime(words, Math.round(ownSeconds * 1e6))}
              </td>
              <td className="num">{shortTime(words, Math.round(part.seconds * 1e6))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a leaf was answered, in words. */
function Where({ leaf, steps }: { leaf: Leaf; steps: number }) {
  const { t, number } = useWords();
  const notes = [
    ...(leaf.answeredBy === "split" ? [t("explore.plan.split", { n: leaf.engineSteps, engine: number(leaf.engineSteps), steps: number(steps) })] : []),
    ...(leaf.pushedDown === null ? [] : [t("explore.plan.pushed", { name: leaf.pushedDown })]),
  ];
  return (
    <>
      <span className={`place ${leaf.answeredBy}`}>{t(`explore.plan.by.${leaf.answeredBy}`)}</span>
      {notes.map((note) => (
        <Fragment key={note}>
          {" "}
          <span className="xs t3">{note}</span>
        </Fragment>
      ))}
    </>
  );
}
