/** A stretch of a query, and what is wrong with it. */
export interface Wrong {
  from: number;
  to: number;
  what: string;
}

const INTRO = /^(?:invalid parameter "query": )?(?:(\d+):(\d+): )?(?:parse error: )?/;

/**
 * Finds where an error of Prometheus's form, `1:5: parse error: ...`, stands: the word at that line and column, or the
 * last letter where it is the end. The whole query where it names no place.
 */
export function placeOf(query: string, error: string): Wrong {
  const intro = INTRO.exec(error);
  const what = upper(error.slice(intro?.[0].length ?? 0));
  if (intro?.[1] === undefined) return { from: 0, to: query.length, what };
  const from = Math.max(0, Math.min(query.length, offsetOf(query, Number(intro[1]), Number(intro[2]))));
  const word = /^(?:[\w:.$]+|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s])/.exec(query.slice(from))?.[0];
  if (word !== undefined) return { from, to: from + word.length, what };
  const end = query.trimEnd().length;
  return { from: Math.max(0, end - 1), to: Math.max(end, Math.min(1, query.length)), what };
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at + column - 1;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const VARIABLE = /\$\{[^}]*\}|\$\w+|\[\[\w+(?::\w+)?\]\]/g;

/**
 * The query with variables replaced by text of the same length, so that places stay: a variable in a range is a
 * duration, one in a string stays. Null where a variable stands in a place of unknown meaning.
 */
export function plainText(query: string): string | null {
  if (!query.includes("$") && !query.includes("[[")) return query;
  const strings = [...query.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g)].map((match) => [match.index, match.index + match[0].length] as const);
  const unknown: string[] = [];
  const plain = query.replace(VARIABLE, (variable, at: number) => {
    if (strings.some(([from, to]) => at >= from && at < to)) return variable;
    const before = query.slice(0, at).trimEnd();
    if (before.endsWith("[") || /[[:]$|\boffset$/.test(before)) return `${"0".repeat(Math.max(0, variable.length - 2))}5m`;
    unknown.push(variable);
    return variable;
  });
  return unknown.length === 0 ? plain : null;
}
