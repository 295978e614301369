import { useWords } from "../../i18n";
import { Icon } from "../../parts/Icon";
import { readThresholds } from "../model/field";
import { number } from "../model/json";
import type { Json, ThresholdStep } from "../model/types";

const COLORS = ["green", "yellow", "orange", "red", "blue", "purple", "text", "transparent"];

/** From which value on which colour holds. The first step has no value: it is everything below the others. */
export function ThresholdList({ json, change }: { json: Json | undefined; change: (thresholds: Json) => void }) {
  const { t } = useWords();
  const { mode, steps } = readThresholds(json);
  const all: ThresholdStep[] = steps.length === 0 ? [{ value: null, color: "green" }] : steps;
  const put = (next: ThresholdStep[]): void => change({ mode, steps: next.map(({ value, color }) => ({ value, color })) });
  return (
    <fieldset className="thresholds">
      <legend>{t("dash.edit.thresholds")}</legend>
      {all.map((step, at) => (
        <div key={at}>
          <select className="field" aria-label={t("dash.edit.color")} value={step.color} onChange={(event) => put(all.map((one, index) => (index === at ? { ...one, color: event.currentTarget.value } : one)))}>
            {[...new Set([...COLORS, step.color])].map((color) => (
              <option key={color}>{color}</option>
            ))}
          </select>
          {at === 0 ? (
            <span className="t3">{t("dash.edit.base")}</span>
          ) : (
            <>
              <input
                className="field"
                type="number"
                step="any"
                aria-label={t("dash.edit.from")}
                defaultValue={step.value ?? 0}
                onBlur={(event) => {
                  const value = number(event.currentTarget.value) ?? 0;
                  if (value !== step.value) put(all.map((one, index) => (index === at ? { ...one, value } : one)));
                }}
              />
              <button type="button" className="head-button" aria-label={t("dash.edit.removeThreshold")} onClick={() => put(all.filter((_, index) => index !== at))}>
                <Icon name="trash" small />
              </button>
            </>
          )}
        </div>
      ))}
      <button type="button" className="plain-link" onClick={() => put([...all, { value: (all.at(-1)?.value ?? 0) + 10, color: "red" }])}>
        {t("dash.edit.addThreshold")}
      </button>
    </fieldset>
  );
}
