import * as terms from "@prometheus-io/lezer-promql";
import { aggregateOpModifierTerms, aggregateOpTerms, atModifierTerms, binOpModifierTerms, functionIdentifierTerms } from "@prometheus-io/codemirror-promql/dist/esm/complete/promql.terms";
import { getFunction, type PromQLFunction } from "@prometheus-io/codemirror-promql/dist/esm/types";

const WORDS: Record<string, string> = { vector: "instant vector", matrix: "range vector", scalar: "scalar", string: "string", none: "none" };

const word = (type: string): string => WORDS[type] ?? type;

const signatures = new Map<string, string>();
for (const id of Object.values(terms)) {
  if (typeof id !== "number") continue;
  const known = getFunction(id) as PromQLFunction | undefined; // an id that is no function's has none
  if (known === undefined || known.name === "" || signatures.has(known.name)) continue;
  const types: string[] = known.argTypes;
  const least = known.variadic === 0 ? types.length : known.variadic > 0 ? types.length - known.variadic : types.length - 1;
  const args = types.map((type, at) => (at >= least ? `[${word(type)}]` : word(type)));
  signatures.set(known.name, `(${args.join(", ")}${known.variadic < 0 ? ", ..." : ""}) → ${word(known.returnType)}`);
}

/** "(range vector) → instant vector"; null for what is no function. */
export function signatureOf(name: string): string | null {
  return signatures.get(name) ?? null;
}

const helps = new Map<string, string>();
for (const { label, info } of [...functionIdentifierTerms, ...aggregateOpTerms, ...aggregateOpModifierTerms, ...binOpModifierTerms, ...atModifierTerms]) helps.set(label, info);

/** What a function, an aggregation or a keyword does, in one line; null for any other word. */
export function helpOf(name: string): string | null {
  return helps.get(name) ?? null;
}
