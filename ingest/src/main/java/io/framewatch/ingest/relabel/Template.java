package io.framewatch.ingest.relabel;

import com.google.re2j.Matcher;

/// Expands `$1`, `$name`, `${1}`, `${name}` and `$$` the way Go's `regexp.Expand` does: the longest
/// run of letters, digits and underscores after `$` is the name, and an unknown group expands to
/// nothing.
final class Template {

    private Template() {}

    static String expand(String template, Matcher match) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        StringBuilder out = new StringBuilder(template.length() + 16);
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$' || at + 1 == template.length()) {
                out.append(c);
                at++;
            } else {
                at = reference(template, at, match, out);
            }
        }
        return out.toString();
    }

    /// Expands the reference whose `$` stands at `at`; answers where the text goes on.
    private static int reference(String template, int at, Matcher match, StringBuilder out) {
        if (template.charAt(at + 1) == '$') {
            out.append('$');
            return at + 2;
        }
        boolean braces = template.charAt(at + 1) == '{';
        int from = braces ? at + 2 : at + 1;
        int to = from;
        while (to < template.length() && isWord(template.charAt(to))) {
            to++;
        }
        boolean closed = !braces || to < template.length() && template.charAt(to) == '}';
        if (to == from || !closed) {
            out.append('$');
            return at + 1;
        }
        out.append(group(template.substring(from, to), match));
        return braces ? to + 1 : to;
    }

    private static String group(String name, Matcher match) {
        boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9');
        String value = null;
        if (number && name.length() < 9) {
            int index = Integer.parseInt(name);
            value = index <= match.groupCount() ? match.group(index) : null;
        } else if (!number && match.pattern().namedGroups().containsKey(name)) {
            value = match.group(name);
        }
        return value == null ? "" : value;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
