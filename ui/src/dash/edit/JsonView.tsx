import { useState } from "react";
import { changeParams } from "../../app/address";
import { useWords } from "../../i18n";
import { readDashboard } from "../model/read";
import type { Json, JsonObject } from "../model/types";

/** The board's JSON, to read, to copy, or to change; nothing is saved before it is saved. */
export function JsonView({ raw, apply }: { raw: JsonObject; apply: (next: JsonObject) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(() => JSON.stringify(raw, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const use = (): void => {
    try {
      const parsed = JSON.parse(text) as Json;
      apply(readDashboard(parsed).raw);
      setProblem(null);
      changeParams({ view: null }, "push");
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return (
    <div className="json-view">
      <textarea className="code-field" aria-label={t("dash.board.json")} value={text} spellCheck={false} onChange={(event) => setText(event.currentTarget.value)} />
      {problem === null ? null : (
        <p className="c-broken mono" role="alert">
          {problem}
        </p>
      )}
      <button type="button" className="ctl on" onClick={use}>
        {t("dash.json.apply")}
      </button>
    </div>
  );
}
