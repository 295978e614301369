package io.framewatch.query.promql.check;

import java.util.Locale;

/// Puts values in place of dashboard variables (`$name`, `${name}`, `${name:format}`, `[[name]]`),
/// so that a query can be parsed without knowing the dashboard. Comments are left out. What stands
/// around a variable decides whether it becomes a word, a duration or a number.
public final class DashboardVariables {

    private static final String DURATION = "5m";
    private static final String NUMBER = "5";
    private static final String WORD = "variable";

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private char quote;
    private int brackets;
    private boolean braces;

    private DashboardVariables(String text) {
        this.text = text;
    }

    /// The query with a value for every variable.
    public static String substitute(String query) {
        return new DashboardVariables(query).run();
    }

    private String run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$' && isNameStart(at + 1)) {
                int end = nameEnd(at + 1);
                replace(text.substring(at + 1, end), end);
            } else if (text.startsWith("${", at) && text.indexOf('}', at) > 0) {
                int end = text.indexOf('}', at);
                replace(text.substring(at + 2, end), end + 1);
            } else if (text.startsWith("[[", at) && text.indexOf("]]", at) > 0) {
                int end = text.indexOf("]]", at);
                replace(text.substring(at + 2, end), end + 2);
            } else {
                copy(c);
            }
        }
        return out.toString();
    }

    private void copy(char c) {
        if (quote != 0) {
            if (c == '\\' && quote != '`' && at + 1 < text.length()) {
                out.append(c);
                at++;
                c = text.charAt(at);
            } else if (c == quote) {
                quote = 0;
            }
        } else if (c == '"' || c == '\'' || c == '`') {
            quote = c;
        } else if (c == '[') {
            brackets++;
        } else if (c == ']') {
            brackets--;
        } else if (c == '{' || c == '}') {
            braces = c == '{';
        } else if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return;
        }
        out.append(c);
        at++;
    }

    private boolean isNameStart(int index) {
        return index < text.length()
                && (Character.isLetter(text.charAt(index)) || text.charAt(index) == '_');
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private void replace(String name, int end) {
        out.append(value(name, end));
        at = end;
    }

    private String value(String name, int end) {
        if (quote != 0) {
            return WORD;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean milliseconds = lower.endsWith("_ms") || lower.endsWith("_s");
        boolean interval =
                lower.contains("interval") || lower.contains("range") || lower.contains("window");
        char next = end < text.length() ? text.charAt(end) : '\0';
        if (brackets > 0) {
            return Character.isLetter(next) ? NUMBER : DURATION;
        }
        if (partOfName(next) || braces) {
            return WORD;
        }
        if (afterWord("offset") || interval) {
            return milliseconds || Character.isLetter(next) ? NUMBER : DURATION;
        }
        return afterGrouping() || next == '{' || next == '[' || standsAlone(end) ? WORD : NUMBER;
    }

    /// Whether the variable is glued to the letters of a name.
    private boolean partOfName(char next) {
        char before = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
        return Character.isLetterOrDigit(before)
                || before == '_'
                || before == ':'
                || next == '_'
                || next == ':'
                || next == '$';
    }

    private boolean afterWord(String word) {
        return out.toString().stripTrailing().toLowerCase(Locale.ROOT).endsWith(word);
    }

    /// Whether it stands in the parentheses of `by`, `without`, `on`, `ignoring` or `group_...`.
    private boolean afterGrouping() {
        int open = out.lastIndexOf("(");
        if (open < 0 || out.indexOf(")", open) >= 0) {
            return false;
        }
        String before = out.substring(0, open).stripTrailing().toLowerCase(Locale.ROOT);
        for (String word : new String[] {"by", "without", "on", "ignoring", "left", "right"}) {
            if (before.endsWith(word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it is the whole argument of a function or aggregation over vectors.
    private boolean standsAlone(int end) {
        String before = out.toString().stripTrailing();
        boolean scalar =
                before.endsWith("vector(") || before.endsWith("topk(") || before.endsWith("mk(");
        boolean opened = before.endsWith("(") && !scalar;
        String after = text.substring(end).stripLeading();
        return opened && after.startsWith(")");
    }
}
