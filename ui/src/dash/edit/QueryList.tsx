import { useState } from "react";
import { PromEditor } from "../../editor/PromEditor";
import { useWords } from "../../i18n";
import { Icon } from "../../parts/Icon";
import { useBoard } from "../board";
import type { DataSource } from "../data/sources";
import { text } from "../model/json";
import type { Json, JsonObject } from "../model/types";
import { SourceSelect } from "../SourceSelect";
import { refOf, sourceOf } from "./sourceRef";

interface QueryListProps {
  targets: JsonObject[];
  sources: readonly DataSource[];
  change: (targets: JsonObject[]) => void;
}

/** The panel's queries. A query is asked when its field is left or Enter is pressed, not with every letter. */
export function QueryList({ targets, sources, change }: QueryListProps) {
  const { t } = useWords();
  const put = (at: number, part: JsonObject): void => change(targets.map((target, index) => (index === at ? { ...target, ...part } : target)));
  const add = (): void => {
    const used = new Set(targets.map((target) => target["refId"]));
    const refId = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ").find((letter) => !used.has(letter)) ?? `Q${targets.length}`;
    change([...targets, { refId, expr: "" }]);
  };
  return (
    <div className="queries">
      {targets.map((target, at) => (
        <fieldset key={text(target["refId"], String(at))} className="query">
          <legend>
            {t("dash.edit.query", { name: text(target["refId"]) })}
            <SourceSelect className="field" byDefault sources={sources} value={sourceOf(target["datasource"], sources)} take={(uid) => put(at, { datasource: refOf(uid, sources) })} />
          </legend>
          <Expression value={text(target["expr"])} label={t("dash.edit.query", { name: text(target["refId"]) })} source={askedOf(target["datasource"], sources)} take={(expr) => put(at, { expr })} />
          <div className="query-row">
            <input className="field" placeholder={t("dash.edit.legendHint", { curly: "{{site}}" })} aria-label={t("dash.legend")} defaultValue={text(target["legendFormat"])} onBlur={({ currentTarget: { value } }) => (value === text(target["legendFormat"]) ? undefined : put(at, { legendFormat: value }))} />
            <select className="field" aria-label={t("dash.edit.format")} value={text(target["format"], "time_series")} onChange={(event) => put(at, { format: event.currentTarget.value })}>
              {["time_series", "table", "heatmap"].map((format) => (
                <option key={format}>{format}</option>
              ))}
            </select>
            <label className="check">
              <input type="checkbox" checked={target["instant"] === true} onChange={(event) => put(at, { instant: event.currentTarget.checked, range: !event.currentTarget.checked })} />
              {t("dash.edit.instant")}
            </label>
            <label className="check">
              <input type="checkbox" checked={target["hide"] === true} onChange={(event) => put(at, { hide: event.currentTarget.checked })} />
              {t("dash.edit.hide")}
            </label>
            <span className="sp" />
            <button type="button" className="head-button" aria-label={t("dash.edit.removeQuery", { name: text(target["refId"]) })} onClick={() => change(targets.filter((_, index) => index !== at))}>
              <Icon name="trash" small />
            </button>
          </div>
        </fieldset>
      ))}
      <button type="button" className="ctl" onClick={add}>
        <Icon name="plus" small />
        {t("dash.edit.addQuery")}
      </button>
    </div>
  );
}

/** The source that the query goes to: the named one, else the default one. */
function askedOf(json: Json | undefined, sources: readonly DataSource[]): DataSource | undefined {
  const uid = sourceOf(json, sources);
  return sources.find((source) => (uid === "" ? source.isDefault : source.uid === uid));
}

/** PromQL has the editor with completion; other languages a plain field. Both take the query when left or on Enter. */
function Expression({ value, label, source, take }: { value: string; label: string; source: DataSource | undefined; take: (expr: string) => void }) {
  const { t } = useWords();
  const variables = Object.keys(useBoard().values);
  const [typed, setTyped] = useState(value);
  const done = (text: string): void => {
    if (text !== value) take(text);
  };
  if (source?.type === "prometheus") {
    return <PromEditor value={typed} label={label} placeholder={t("explore.placeholder")} source={source} variables={variables} onChange={setTyped} onRun={done} onLeave={done} />;
  }
  return (
    <textarea
      className="code-field"
      rows={Math.min(8, Math.max(2, typed.split("\n").length))}
      aria-label={label}
      spellCheck={false}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => done(typed)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
          event.preventDefault();
          done(typed);
        }
      }}
    />
  );
}
