/** A filter that the reader puts on every query of a board. */
export interface Filter {
  key: string;
  operator: "=" | "!=" | "=~" | "!~";
  value: string;
}

const OPERATORS: readonly Filter["operator"][] = ["=~", "!~", "!=", "="];

/** `key|operator|value` as Grafana's addresses write it. */
export function readFilter(text: string): Filter | null {
  const [key, operator, ...rest] = text.split("|");
  const known = OPERATORS.find((one) => one === operator);
  if (key === undefined || !/^[a-zA-Z_]\w*$/.test(key) || known === undefined) return null;
  return { key, operator: known, value: rest.join("|").replaceAll("__gfp__", "|") };
}

export function writeFilter({ key, operator, value }: Filter): string {
  return `${key}|${operator}|${value.replaceAll("|", "__gfp__")}`;
}

/**
 * Puts the filters into every selector of an expression: inside its braces, or after a bare metric name. Strings are
 * passed over, and so are functions, keywords and the labels of groupings.
 */
export function withFilters(expr: string, filters: readonly Filter[]): string {
  if (filters.length === 0) return expr;
  const matchers = filters.map(({ key, operator, value }) => `${key}${operator}"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",");
  return rewritten(tokens(expr), matchers);
}

interface Token {
  kind: "word" | "string" | "space" | "other";
  text: string;
}

const KEYWORDS = new Set(["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset", "atan2", "inf", "nan", "start", "end"]);
const GROUPINGS = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);

function tokens(expr: string): Token[] {
  const all = expr.matchAll(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|([a-zA-Z_:][\w:]*)|(\s+)|([\s\S])/g);
  return [...all].map(([text, string, word, space]): Token => ({ text, kind: string !== undefined ? "string" : word !== undefined ? "word" : space !== undefined ? "space" : "other" }));
}

function rewritten(all: Token[], matchers: string): string {
  let out = "";
  let braces = 0;
  let brackets = 0;
  let grouping = 0;
  const after = (at: number): Token | undefined => all.slice(at + 1).find((token) => token.kind !== "space");
  const before = (at: number): Token | undefined => all.slice(0, at).findLast((token) => token.kind !== "space");
  all.forEach((token, at) => {
    const { text, kind } = token;
    if (kind === "other") {
      if (text === "[") brackets++;
      if (text === "]") brackets--;
      if (grouping > 0 && text === "(") grouping = 2;
      if (grouping === 2 && text === ")") grouping = 0;
      if (text === "{") braces++;
      if (text === "}") {
        braces--;
        out += `${before(at)?.text === "{" || before(at)?.text === "," ? "" : ","}${matchers}`;
      }
    }
    out += text;
    if (kind !== "word" || braces > 0 || brackets > 0) return;
    if (GROUPINGS.has(text.toLowerCase()) && after(at)?.text === "(") grouping = 1;
    const metric = grouping === 0 && !KEYWORDS.has(text.toLowerCase()) && !/^\d/.test(before(at)?.text ?? "") && after(at)?.text !== "(" && after(at)?.text !== "{";
    const aggregated = GROUPINGS.has(after(at)?.text.toLowerCase() ?? "");
    if (metric && !aggregated) out += `{${matchers}}`;
  });
  return out;
}
