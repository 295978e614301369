import { Popover } from "@mantine/core";
import { useMemo, useState, type SubmitEvent } from "react";
import { changeParams } from "../app/address";
import { useWords } from "../i18n";
import { formText } from "../parts/form";
import { Icon } from "../parts/Icon";
import { writeFilter, type Filter } from "./data/adhoc";
import type { Value } from "./data/interpolate";
import { ALL } from "./data/variables";
import type { Variable } from "./model/types";
import type { Variables, VariableState } from "./useVariables";

/** The board's variables. What is chosen is in the address as `var-name`. */
export function VariableBar({ variables }: { variables: Variables }) {
  const shown = variables.states.filter(({ variable }) => variable.hide !== "all" && variable.type !== "constant");
  if (shown.length === 0) return null;
  return (
    <div className="variables">
      {shown.map((state) =>
        state.variable.type === "adhoc" ? (
          <AdHoc key={state.variable.name} variable={state.variable} filters={variables.filters} />
        ) : (
          <Choice key={state.variable.name} state={state} value={variables.values[state.variable.name]} />
        ),
      )}
    </div>
  );
}

const choose = (variable: Variable, values: string[]): void => changeParams({ [`var-${variable.name}`]: values.length === 0 ? "" : values }, "push");

function nameOf(variable: Variable): string {
  return variable.label === "" ? variable.name : variable.label;
}

function Choice({ state, value }: { state: VariableState; value: Value | undefined }) {
  const { t } = useWords();
  const { variable, error } = state;
  const [opened, setOpened] = useState(false);
  const name = nameOf(variable);
  if (variable.type === "unsupported") {
    return (
      <span className="variable t3" title={t("dash.variable.unsupported")}>
        {name}: {t("dash.variable.unsupported")}
      </span>
    );
  }
  if (variable.type === "textbox") {
    const take = (typed: string): void => {
      if (typed !== (value?.values[0] ?? "")) choose(variable, [typed]);
    };
    return (
      <label className="variable">
        <span className="t3">{variable.hide === "label" ? "" : name}</span>
        <input
          className="field"
          aria-label={name}
          key={value?.values[0]}
          defaultValue={value?.values[0] ?? ""}
          onBlur={(event) => take(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget.value)}
        />
      </label>
    );
  }
  const shownText = value === undefined || value.values.length === 0 ? t("dash.variable.none") : value.all ? t("dash.variable.all") : value.text;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" offset={4} withinPortal={false} trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <button type="button" className="ctl variable" aria-haspopup="dialog" title={error ?? variable.description} onClick={() => setOpened(!opened)}>
          <span className={variable.hide === "label" ? "vh" : "t3"}>{name}</span>{" "}
          <span className="variable-value">{shownText}</span>
          {error === null ? null : (
            <span className="c-broken">
              <Icon name="incident" small />
            </span>
          )}
          <Icon name="down" small />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="choices" aria-label={name}>
        <Choices state={state} value={value} close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

const SHOWN_MAX = 200;

function Choices({ state, value, close }: { state: VariableState; value: Value | undefined; close: () => void }) {
  const { t } = useWords();
  const { variable, options, error } = state;
  const [wanted, setWanted] = useState("");
  const fits = useMemo(() => options.filter(({ text }) => text.toLowerCase().includes(wanted.toLowerCase())), [options, wanted]);
  const has = (one: string): boolean => value !== undefined && !value.all && value.values.includes(one);
  const pick = (one: string): void => {
    if (!variable.multi || one === ALL) {
      choose(variable, [one]);
      close();
      return;
    }
    const now = value === undefined || value.all ? [] : value.values;
    const next = now.includes(one) ? now.filter((other) => other !== one) : [...now, one];
    choose(variable, next.length === 0 && variable.includeAll ? [ALL] : next);
  };
  const all = variable.type === "interval" && variable.autoCount > 0 ? [{ text: "auto", value: `$__auto_interval_${variable.name}` }, ...fits] : fits;
  return (
    <>
      <input data-autofocus className="field" placeholder={t("dash.variable.search")} aria-label={t("dash.variable.search")} value={wanted} maxLength={200} onChange={(event) => setWanted(event.currentTarget.value)} />
      {error === null ? null : (
        <p className="xs c-broken clamp" role="alert">
          {t("dash.variable.failed")} {error}
        </p>
      )}
      <ul>
        {variable.includeAll && wanted === "" ? (
          <li>
            <button type="button" aria-pressed={value?.all ?? false} onClick={() => pick(ALL)}>
              {t("dash.variable.all")}
            </button>
          </li>
        ) : null}
        {all.slice(0, SHOWN_MAX).map((option) => (
          <li key={option.value}>
            <button type="button" aria-pressed={has(option.value)} title={option.text} onClick={() => pick(option.value)}>
              {variable.multi ? <i className={has(option.value) ? "box on" : "box"} /> : null}
              <span>{option.text}</span>
            </button>
          </li>
        ))}
      </ul>
      {all.length === 0 ? <p className="xs t3">{t("dash.variable.nothing")}</p> : null}
      {all.length > SHOWN_MAX ? <p className="xs t3">{t("dash.legend.more", { n: all.length - SHOWN_MAX })}</p> : null}
    </>
  );
}

function AdHoc({ variable, filters }: { variable: Variable; filters: readonly Filter[] }) {
  const { t } = useWords();
  const set = (next: readonly Filter[]): void => changeParams({ [`var-${variable.name}`]: next.map(writeFilter) }, "push");
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const match = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/.exec(formText(form, "filter"));
    const [, key, operator, value] = match ?? [];
    if (key === undefined || operator === undefined || value === undefined) return;
    set([...filters, { key, operator: operator as Filter["operator"], value }]);
    event.currentTarget.reset();
  };
  return (
    <span className="variable adhoc">
      <span className="t3">{nameOf(variable)}</span>
      {filters.map((filter, at) => (
        <span key={at} className="chip mono">
          {filter.key}
          {filter.operator}
          {`"${filter.value}"`}
          <button type="button" className="head-button" aria-label={t("dash.variable.remove", { name: filter.key })} onClick={() => set(filters.filter((_, index) => index !== at))}>
            <Icon name="close" small />
          </button>
        </span>
      ))}
      <form onSubmit={submit}>
        <input className="field" name="filter" placeholder='site="north"' aria-label={t("dash.variable.filter")} autoComplete="off" />
      </form>
    </span>
  );
}
