import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useAddress } from "../app/address";
import { queryClient } from "../app/queries";
import { useTime, type Time } from "../app/time/store";
import { readFilter, type Filter } from "./data/adhoc";
import type { Builtins, Values } from "./data/interpolate";
import { interpolate } from "./data/interpolate";
import { reason } from "./data/panel";
import { findSource, type DataSource } from "./data/sources";
import { askedOf, chosen, inOrder, optionsOf, usedBy } from "./data/variables";
import type { Dashboard, Option, Variable } from "./model/types";

export interface VariableState {
  variable: Variable;
  options: Option[];
  /** Why its choices could not be asked. */
  error: string | null;
}

export interface Variables {
  values: Values;
  states: VariableState[];
  filters: Filter[];
  ready: boolean;
}

const OPTIONS_STALE_MS = 60_000;

/** A board's variables: their choices, asked in the order in which they use each other, and what is chosen by the address. */
export function useVariables(dashboard: Dashboard | null, sources: readonly DataSource[], sourcesReady: boolean): Variables {
  const { params } = useAddress();
  const time = useTime();
  const variables = useMemo(() => dashboard?.variables ?? [], [dashboard]);
  const asked = useMemo(() => askedOfAll(variables, params), [variables, params]);
  const query = useQuery({
    ...variablesQuery(dashboard?.uid, variables, asked, sources, time),
    enabled: dashboard !== null && sourcesReady,
    ...(variables.length === 0 ? { initialData: { values: {}, states: [], tick: 0 } } : {}), // nothing to ask, nothing to wait for
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  const failedAt = query.data?.states.some(({ error }) => error !== null) === true ? query.data.tick : null;
  useEffect(() => {
    if (failedAt !== null && failedAt !== time.tick) void refetch(); // choices that could not be asked are asked again at a refresh
  }, [failedAt, time.tick, refetch]);
  const filters = useMemo(() => filtersOf(variables, asked), [variables, asked]);
  const none = useMemo(() => ({ values: {}, states: [] }), []);
  const { values, states } = query.data ?? none;
  return { values, states, filters, ready: sourcesReady && query.data !== undefined };
}

type Asked = Record<string, string[] | null>;

/** What the address chooses for each variable. */
export function askedOfAll(variables: readonly Variable[], params: URLSearchParams): Asked {
  return Object.fromEntries(variables.map(({ name }) => [name, askedOf(name, params)]));
}

export function filtersOf(variables: readonly Variable[], asked: Asked): Filter[] {
  return variables.filter(({ type }) => type === "adhoc").flatMap(({ name }) => (asked[name] ?? []).flatMap((one) => readFilter(one) ?? []));
}

/** The values and choices of a board's variables. */
export function variablesQuery(uid: string | undefined, variables: readonly Variable[], asked: Asked, sources: readonly DataSource[], time: Time) {
  const onTime = variables.some((variable) => variable.onTime || variable.type === "interval");
  const minute = onTime ? Math.floor(time.toMs / OPTIONS_STALE_MS) : 0;
  const span = onTime ? `${time.from} ${time.to}` : "";
  return queryOptions({
    queryKey: ["variables", uid, variables, asked, sources, minute, span],
    queryFn: async () => ({ ...(await resolved(variables, asked, sources, { fromMs: time.fromMs, toMs: time.toMs, intervalMs: 15_000, scrapeMs: 15_000 })), tick: time.tick }),
    staleTime: Infinity,
  });
}

async function resolved(
  variables: readonly Variable[],
  asked: Asked,
  sources: readonly DataSource[],
  builtins: Builtins,
): Promise<{ values: Values; states: VariableState[] }> {
  const values: Values = {};
  const states = new Map<string, VariableState>();
  const pending = new Map<string, Promise<void>>();
  const work = async (variable: Variable): Promise<void> => {
    await Promise.all(usedBy(variable).map((name) => pending.get(name) ?? Promise.resolve()));
    let options: Option[] = variable.options;
    let error: string | null = null;
    try {
      options = await askedOptions(variable, sources, values, builtins);
    } catch (failure) {
      error = reason(failure).what;
    }
    if (variable.type !== "adhoc" && variable.type !== "unsupported") values[variable.name] = chosen(variable, options, asked[variable.name] ?? null, builtins);
    states.set(variable.name, { variable, options, error });
  };
  for (const variable of inOrder(variables)) pending.set(variable.name, work(variable));
  await Promise.all(pending.values());
  return { values, states: variables.flatMap(({ name }) => states.get(name) ?? []) };
}

function askedOptions(variable: Variable, sources: readonly DataSource[], values: Values, builtins: Builtins): Promise<Option[]> {
  const source = findSource(variable.source, sources, values);
  const filled = interpolate(`${variable.query}\n${variable.regex}`, values, null, "prom");
  const bucket = variable.onTime ? [Math.floor(builtins.fromMs / OPTIONS_STALE_MS), Math.floor(builtins.toMs / OPTIONS_STALE_MS)] : [];
  return queryClient.query({
    queryKey: ["options", source?.uid, variable.type, filled, variable.sort, bucket, sources],
    queryFn: ({ signal }) => optionsOf(variable, source, sources, values, builtins, signal),
    staleTime: OPTIONS_STALE_MS,
  });
}
