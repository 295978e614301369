const WORDS = new Set(["by", "without", "on", "ignoring", "group_left", "group_right", "bool", "and", "or", "unless", "offset", "start", "end", "inf", "nan", "atan2"]);
const LABEL_LISTS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi;
const QUOTED = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;
const NAMES = /(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:])(?!\s*\()/g;

/**
 * Metrics that PromQL reads, each once, in the order of the text: names that are no function, no word of the language and
 * no label. Good enough to tell a reader what a panel waits for; a name in quotes or in a matcher is not among them.
 */
export function metricsRead(expr: string): string[] {
  const bare = expr
    .replace(QUOTED, '""')
    .replace(/#.*/g, "")
    .replace(/\{[^{}]*\}|\[[^[\]]*\]/g, " ")
    .replace(LABEL_LISTS, " ")
    .replace(/\boffset\s+-?\w+/gi, " ");
  return [...new Set(bare.match(NAMES) ?? [])].filter((name) => !WORDS.has(name.toLowerCase()));
}
