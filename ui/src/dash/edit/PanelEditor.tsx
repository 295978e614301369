import { useMemo, type ReactNode } from "react";
import { changeParams } from "../../app/address";
import { useWords } from "../../i18n";
import { Icon } from "../../parts/Icon";
import { useBoard } from "../board";
import { UNIT_NAMES } from "../field/units";
import { number, object, objects, text, withPath } from "../model/json";
import { everyPanel } from "../model/read";
import type { Dashboard, Json, JsonObject } from "../model/types";
import { PanelFrame } from "../PanelFrame";
import { PANELS } from "../support";
import { QueryList } from "./QueryList";
import { rawPanel, withPanel, withPlace } from "./raw";
import { ThresholdList } from "./ThresholdList";

interface PanelEditorProps {
  raw: JsonObject;
  dashboard: Dashboard;
  panelId: number;
  change: (next: JsonObject) => void;
}

/** One panel, live, with its queries under it and what it looks like beside it. */
export function PanelEditor({ raw, dashboard, panelId, change }: PanelEditorProps) {
  const { t } = useWords();
  const { sources } = useBoard();
  const panel = useMemo(() => everyPanel(dashboard.panels).find(({ id }) => id === panelId), [dashboard, panelId]);
  const json = rawPanel(raw, panelId);
  if (panel === undefined || json === null) return <p className="empty">{t("dash.edit.gone")}</p>;
  const set = (path: string, value: Json | undefined): void => change(withPanel(raw, panelId, (one) => withPath(one, path.split("."), value)));
  return (
    <div className="panel-editor">
      <div className="editor-main">
        <div className="editor-preview">
          <PanelFrame panel={panel} alone />
        </div>
        {panel.type === "text" ? (
          <label className="wide-field">
            {t("dash.edit.content")}
            <textarea className="code-field" rows={10} value={text(object(json["options"])["content"])} onChange={(event) => set("options.content", event.currentTarget.value)} />
          </label>
        ) : (
          <QueryList targets={objects(json["targets"])} sources={sources} change={(targets) => set("targets", targets)} />
        )}
      </div>
      <aside className="editor-side" aria-label={t("dash.edit.look")}>
        <button type="button" className="ctl on" onClick={() => changeParams({ editPanel: null }, "push")}>
          <Icon name="left" small />
          {t("dash.edit.done")}
        </button>
        <Look json={json} set={set} />
        <Place json={json} put={(grid) => change(withPlace(raw, panelId, grid))} />
      </aside>
    </div>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="edit-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

type Set = (path: string, value: Json | undefined) => void;

/** What most panels have; everything else is in the JSON of the board. */
function Look({ json, set }: { json: JsonObject; set: Set }) {
  const { t } = useWords();
  const defaults = object(object(json["fieldConfig"])["defaults"]);
  const custom = object(defaults["custom"]);
  const legend = object(object(json["options"])["legend"]);
  const type = text(json["type"]);
  const numeric = (path: string, value: Json | undefined, label: string): ReactNode => (
    <Field label={label}>
      <input className="field" type="number" step="any" value={text(value)} onChange={(event) => set(path, number(event.currentTarget.value) ?? undefined)} />
    </Field>
  );
  return (
    <>
      <Field label={t("dash.edit.type")}>
        <select className="field" value={type} onChange={(event) => set("type", event.currentTarget.value)}>
          {[...new Set([...Object.keys(PANELS), type])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </Field>
      <Field label={t("dash.edit.title")}>
        <input className="field" value={text(json["title"])} maxLength={300} onChange={(event) => set("title", event.currentTarget.value)} />
      </Field>
      <Field label={t("dash.edit.description")}>
        <textarea className="field" rows={3} value={text(json["description"])} onChange={(event) => set("description", event.currentTarget.value)} />
      </Field>
      {type === "text" ? null : (
        <>
          <Field label={t("dash.edit.unit")}>
            <input className="field" list="units" value={text(defaults["unit"])} onChange={(event) => set("fieldConfig.defaults.unit", event.currentTarget.value || undefined)} />
          </Field>
          <datalist id="units">
            {UNIT_NAMES.map((unit) => (
              <option key={unit} value={unit} />
            ))}
          </datalist>
          {numeric("fieldConfig.defaults.min", defaults["min"], t("dash.calc.min"))}
          {numeric("fieldConfig.defaults.max", defaults["max"], t("dash.calc.max"))}
          {numeric("fieldConfig.defaults.decimals", defaults["decimals"], t("dash.edit.decimals"))}
          <ThresholdList json={defaults["thresholds"]} change={(thresholds) => set("fieldConfig.defaults.thresholds", thresholds)} />
        </>
      )}
      {type === "timeseries" ? (
        <>
          <Field label={t("dash.edit.stacking")}>
            <select className="field" value={text(object(custom["stacking"])["mode"], "none")} onChange={(event) => set("fieldConfig.defaults.custom.stacking", { mode: event.currentTarget.value, group: "A" })}>
              {["none", "normal", "percent"].map((mode) => (
                <option key={mode}>{mode}</option>
              ))}
            </select>
          </Field>
          {numeric("fieldConfig.defaults.custom.fillOpacity", custom["fillOpacity"], t("dash.edit.fill"))}
          <Field label={t("dash.legend")}>
            <select
              className="field"
              value={legend["showLegend"] === false ? "hidden" : text(legend["displayMode"], "list")}
              onChange={(event) => set("options.legend", { ...legend, showLegend: event.currentTarget.value !== "hidden", displayMode: event.currentTarget.value === "hidden" ? "list" : event.currentTarget.value })}
            >
              {["list", "table", "hidden"].map((mode) => (
                <option key={mode}>{mode}</option>
              ))}
            </select>
          </Field>
        </>
      ) : null}
    </>
  );
}

function Place({ json, put }: { json: JsonObject; put: (grid: { x: number; y: number; w: number; h: number }) => void }) {
  const { t } = useWords();
  const grid = object(json["gridPos"]);
  const now = { x: number(grid["x"]) ?? 0, y: number(grid["y"]) ?? 0, w: number(grid["w"]) ?? 12, h: number(grid["h"]) ?? 8 };
  const limits = { x: [0, 24 - now.w], y: [0, 10_000], w: [2, 24 - now.x], h: [2, 60] } as const;
  return (
    <fieldset className="place">
      <legend>{t("dash.edit.place")}</legend>
      {(["x", "y", "w", "h"] as const).map((side) => (
        <label key={side}>
          <span>{t(`dash.edit.${side}`)}</span>
          <input
            className="field"
            type="number"
            min={limits[side][0]}
            max={limits[side][1]}
            value={now[side]}
            onChange={(event) => put({ ...now, [side]: Math.min(limits[side][1], Math.max(limits[side][0], Math.round(number(event.currentTarget.value) ?? now[side]))) })}
          />
        </label>
      ))}
    </fieldset>
  );
}
