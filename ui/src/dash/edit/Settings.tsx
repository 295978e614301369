import { useState } from "react";
import { changeParams } from "../../app/address";
import { REFRESHES } from "../../app/time/store";
import { useWords } from "../../i18n";
import type { Key } from "../../i18n/en";
import { Icon } from "../../parts/Icon";
import { useBoard } from "../board";
import { count, flag, object, objects, text, texts, withPath } from "../model/json";
import type { Json, JsonObject } from "../model/types";
import { SourceSelect } from "../SourceSelect";
import { refOf, sourceOf } from "./sourceRef";

interface SettingsProps {
  raw: JsonObject;
  change: (next: JsonObject) => void;
}

/** What a board is called and means when its address says nothing, and its variables. */
export function Settings({ raw, change }: SettingsProps) {
  const { t } = useWords();
  const time = object(raw["time"]);
  const set = (path: string, value: Json | undefined): void => change(withPath(raw, path.split("."), value));
  return (
    <div className="board-settings">
      <button type="button" className="ctl on" onClick={() => changeParams({ view: null }, "push")}>
        <Icon name="left" small />
        {t("dash.edit.done")}
      </button>
      <section className="settings-fields" aria-label={t("dash.settings")}>
        <Line label="dash.edit.title" value={text(raw["title"])} most={200} take={(title) => set("title", title === "" ? text(raw["title"]) : title)} />
        <Line label="dash.edit.description" value={text(raw["description"])} most={1_000} take={(description) => set("description", description)} />
        <Line label="dash.settings.tags" value={texts(raw["tags"]).join(", ")} most={500} take={(tags) => set("tags", splitTags(tags))} />
        <Line label="dash.settings.from" value={text(time["from"], "now-6h")} most={60} take={(from) => set("time.from", from === "" ? "now-6h" : from)} />
        <Line label="dash.settings.to" value={text(time["to"], "now")} most={60} take={(to) => set("time.to", to === "" ? "now" : to)} />
        <label className="edit-field">
          <span>{t("time.refresh")}</span>
          <select className="field" value={text(raw["refresh"])} onChange={(event) => set("refresh", event.currentTarget.value)}>
            {[...new Set([...REFRESHES, text(raw["refresh"])])].map((every) => (
              <option key={every} value={every}>
                {every === "" ? t("time.off") : every}
              </option>
            ))}
          </select>
        </label>
        <Line label="dash.settings.zone" value={text(raw["timezone"])} most={60} hint="browser, utc, Europe/Moscow" take={(zone) => set("timezone", zone)} />
      </section>
      <VariableList list={objects(object(raw["templating"])["list"])} change={(list) => set("templating.list", list)} />
    </div>
  );
}

/** One tag once, without the spaces around it. */
export function splitTags(typed: string): string[] {
  return [...new Set(typed.split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))];
}

interface LineProps {
  label: Key;
  value: string;
  most: number;
  hint?: string;
  take: (value: string) => void;
}

/** A field that is taken when it is left or Enter is pressed. */
function Line({ label, value, most, hint, take }: LineProps) {
  const { t } = useWords();
  return (
    <label className="edit-field">
      <span>{t(label)}</span>
      <input
        className="field"
        key={value}
        defaultValue={value}
        maxLength={most}
        placeholder={hint}
        onBlur={({ currentTarget }) => (currentTarget.value.trim() === value ? undefined : take(currentTarget.value.trim()))}
        onKeyDown={(event) => (event.key === "Enter" ? event.currentTarget.blur() : undefined)}
      />
    </label>
  );
}

const TYPES = ["query", "custom", "interval", "textbox", "constant", "datasource", "adhoc"] as const;

/** What the field of a type holds: a query, choices, a text, the type of a source; nothing for filters. */
const MEANS: Record<(typeof TYPES)[number], Key | null> = {
  query: "dash.settings.query",
  custom: "dash.settings.choices",
  interval: "dash.settings.choices",
  textbox: "dash.settings.value",
  constant: "dash.settings.value",
  datasource: "dash.settings.sourceType",
  adhoc: null,
};

function VariableList({ list, change }: { list: JsonObject[]; change: (list: JsonObject[]) => void }) {
  const { t } = useWords();
  const put = (at: number, next: JsonObject): void => change(list.map((one, index) => (index === at ? next : one)));
  const move = (at: number): void => change(list.flatMap((one, index) => (index === at - 1 ? [list[at] ?? one, one] : index === at ? [] : [one])));
  const add = (): void => change([...list, { name: freeName(list), type: "query", label: "", query: "", refresh: 1, multi: false, includeAll: false, hide: 0, sort: 1 }]);
  return (
    <section className="settings-variables" aria-label={t("dash.settings.variables")}>
      <h2>{t("dash.settings.variables")}</h2>
      {list.length === 0 ? <p className="t3">{t("dash.settings.noVariables")}</p> : null}
      {list.map((one, at) => (
        <fieldset key={`${at} ${text(one["name"])}`} className="query">
          <legend>
            {`$${text(one["name"])}`}
            {at === 0 ? null : (
              <button type="button" className="plain-link" onClick={() => move(at)}>
                {t("dash.settings.earlier")}
              </button>
            )}
            <button type="button" className="head-button" aria-label={t("dash.settings.removeVariable", { name: text(one["name"]) })} onClick={() => change(list.filter((_, index) => index !== at))}>
              <Icon name="trash" small />
            </button>
          </legend>
          <VariableFields json={one} taken={list.flatMap((other, index) => (index === at ? [] : [text(other["name"])]))} put={(next) => put(at, next)} />
        </fieldset>
      ))}
      <button type="button" className="ctl" onClick={add}>
        <Icon name="plus" small />
        {t("dash.settings.addVariable")}
      </button>
    </section>
  );
}

function freeName(list: readonly JsonObject[]): string {
  const taken = new Set(list.map((one) => text(one["name"])));
  for (let n = 1; ; n++) if (!taken.has(`variable${n}`)) return `variable${n}`;
}

function VariableFields({ json, taken, put }: { json: JsonObject; taken: string[]; put: (next: JsonObject) => void }) {
  const { t } = useWords();
  const { sources } = useBoard();
  const [problem, setProblem] = useState("");
  const type = TYPES.find((one) => one === json["type"]);
  const means = type === undefined ? null : MEANS[type];
  const several = type === "query" || type === "custom" || type === "datasource";
  const rename = (name: string): void => {
    const free = /^\w{1,50}$/.test(name) && !taken.includes(name);
    setProblem(free ? "" : t(taken.includes(name) ? "dash.settings.nameTaken" : "dash.settings.nameWrong", { name }));
    if (free) put({ ...json, name });
  };
  const check = (key: string, label: Key) => (
    <label className="check">
      <input type="checkbox" checked={flag(json[key])} onChange={(event) => put({ ...withoutChoice(json), [key]: event.currentTarget.checked })} />
      {t(label)}
    </label>
  );
  return (
    <>
      <div className="settings-fields">
        <Line label="dash.legend.name" value={text(json["name"])} most={50} take={rename} />
        <Line label="dash.settings.label" value={text(json["label"])} most={100} take={(label) => put({ ...json, label })} />
        <label className="edit-field">
          <span>{t("dash.edit.type")}</span>
          <select className="field" value={text(json["type"])} onChange={(event) => put({ ...withoutChoice(json), type: event.currentTarget.value, query: "" })}>
            {[...new Set([...TYPES, text(json["type"])])].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label className="edit-field">
          <span>{t("dash.settings.shown")}</span>
          <select className="field" value={count(json["hide"], 0)} onChange={(event) => put({ ...json, hide: Number(event.currentTarget.value) })}>
            <option value={0}>{t("dash.settings.shown.all")}</option>
            <option value={1}>{t("dash.settings.shown.value")}</option>
            <option value={2}>{t("dash.settings.shown.nothing")}</option>
          </select>
        </label>
        {type === "query" || type === "adhoc" ? (
          <label className="edit-field">
            <span>{t("dash.edit.source")}</span>
            <SourceSelect className="field" byDefault sources={sources} value={sourceOf(json["datasource"], sources)} take={(uid) => put({ ...withoutChoice(json), datasource: refOf(uid, sources) })} />
          </label>
        ) : null}
        {type === "query" ? <Line label="dash.settings.regex" value={text(json["regex"])} most={500} hint="/cam-(.*)/" take={(regex) => put({ ...withoutChoice(json), regex })} /> : null}
      </div>
      {means === null ? null : <Line label={means} value={queryText(json)} most={4_000} {...(type === "query" ? { hint: "label_values(up, instance)" } : {})} take={(query) => put({ ...withoutChoice(json), ...writtenQuery(json, query) })} />}
      {several ? (
        <div className="query-row">
          {check("multi", "dash.settings.multi")}
          {check("includeAll", "dash.settings.includeAll")}
        </div>
      ) : null}
      {problem === "" ? null : (
        <p className="c-broken" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** What was last chosen, and the choices then, are no longer those of a variable that has changed. */
function withoutChoice(json: JsonObject): JsonObject {
  const { current: _current, options: _options, ...rest } = json;
  return rest;
}

function queryText(json: JsonObject): string {
  const { query } = json;
  return typeof query === "string" ? query : text(object(query)["query"], text(json["definition"]));
}

/** A query stays in the form in which Grafana wrote it: text, or an object around it. */
function writtenQuery({ query, definition }: JsonObject, typed: string): JsonObject {
  const form: JsonObject = typeof query === "object" && query !== null && !Array.isArray(query) ? { query: { ...query, query: typed } } : { query: typed };
  return definition === undefined ? form : { ...form, definition: typed };
}
