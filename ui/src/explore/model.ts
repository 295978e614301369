import { leastStepMs } from "../dash/data/step";

/** One query of the page. */
export interface Query {
  expr: string;
  /** How its series are called, as `{{site}}`; empty for their labels. */
  legend: string;
  /** Kept, and not asked. */
  off: boolean;
}

export const VIEWS = ["graph", "table", "plan"] as const;
export type View = (typeof VIEWS)[number];

export const SIDES = ["metrics", "history"] as const;
export type Side = (typeof SIDES)[number];

/** Everything that a link to the page carries, beside the time range. */
export interface Exploration {
  queries: Query[];
  view: View;
  /** What stands beside the queries; null for nothing. */
  side: Side | null;
  /** The data source's uid; empty for the default one. */
  source: string;
  /** The step, as "30s"; empty for what suits the width. */
  step: string;
  /** Which evaluation the plan is of. */
  instant: boolean;
}

/** More queries than this are a board. */
export const QUERIES_MAX = 10;
const LETTERS = "ABCDEFGHIJ";
export const EMPTY: Query = { expr: "", legend: "", off: false };

/** "A" for the first query. */
export function letter(at: number): string {
  return LETTERS[at] ?? `Q${at + 1}`;
}

/** What an address asks for: `expr`, and beside it `legend`, repeated in the same order; `off` names queries by letter. */
export function readExploration(params: URLSearchParams): Exploration {
  const legends = params.getAll("legend");
  const off = new Set((params.get("off") ?? "").split(","));
  const queries = params.getAll("expr").slice(0, QUERIES_MAX).map((expr, at): Query => ({ expr, legend: legends[at] ?? "", off: off.has(letter(at)) }));
  const step = params.get("step") ?? "";
  return {
    queries: queries.length === 0 ? [EMPTY] : queries,
    view: VIEWS.find((view) => view === params.get("view")) ?? "graph",
    side: SIDES.find((side) => side === params.get("side")) ?? null,
    source: params.get("source") ?? "",
    step: leastStepMs(step) === null ? "" : step,
    instant: params.get("of") === "instant",
  };
}

/** The parameters of queries, for `changeParams`: those that say nothing are left out. */
export function queryParams(queries: readonly Query[]): Record<"expr" | "legend" | "off", string[] | string | null> {
  const off = queries.flatMap((query, at) => (query.off ? [letter(at)] : []));
  return {
    expr: queries.length === 1 && queries[0]?.expr === "" ? null : queries.map(({ expr }) => expr),
    legend: queries.some(({ legend }) => legend !== "") ? queries.map(({ legend }) => legend) : null,
    off: off.length === 0 ? null : off.join(","),
  };
}

/** The address of Explore with queries in it, as boards and other pages link to it. */
export function exploreAddress(queries: readonly Query[], more: Record<string, string>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(more)) if (value !== "") params.set(name, value);
  for (const [name, value] of Object.entries(queryParams(queries.slice(0, QUERIES_MAX)))) {
    for (const one of value === null ? [] : Array.isArray(value) ? value : [value]) params.append(name, one);
  }
  const query = params.toString();
  return query === "" ? "/explore" : `/explore?${query}`;
}

/** The address of Explore with one query, over its usual range. */
export function exploreQuery(expr: string): string {
  return exploreAddress([{ ...EMPTY, expr }], {});
}

/** Queries that are asked, with their letters. */
export function askedOf(queries: readonly Query[]): { refId: string; query: Query }[] {
  return queries.flatMap((query, at) => (query.off || query.expr.trim() === "" ? [] : [{ refId: letter(at), query }]));
}
