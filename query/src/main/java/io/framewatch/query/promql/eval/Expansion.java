package io.framewatch.query.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/// Fills `$1`, `${1}`, `$name` and `${name}` of a replacement with what groups matched, as Go does:
/// a name is as long as letters, digits and underscores go, an unknown group is empty, `$$` is a
/// dollar sign.
final class Expansion {

    private Expansion() {}

    static String expand(String template, Matcher matcher, Pattern pattern) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            if (c != '$' || i + 1 >= template.length()) {
                out.append(c);
                i++;
                continue;
            }
            if (template.charAt(i + 1) == '$') {
                out.append('$');
                i += 2;
                continue;
            }
            boolean braces = template.charAt(i + 1) == '{';
            int from = braces ? i + 2 : i + 1;
            int end = nameEnd(template, from);
            boolean closed = !braces || end < template.length() && template.charAt(end) == '}';
            if (end == from || !closed) {
                out.append('$');
                i++;
                continue;
            }
            out.append(group(template.substring(from, end), matcher, pattern));
            i = braces ? end + 1 : end;
        }
        return out.toString();
    }

    private static int nameEnd(String template, int from) {
        int end = from;
        while (end < template.length()
                && (Character.isLetterOrDigit(template.charAt(end))
                        || template.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private static String group(String name, Matcher matcher, Pattern pattern) {
        String value = null;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
            value = index <= matcher.groupCount() ? matcher.group(index) : null;
        } else if (pattern.namedGroups().containsKey(name)) {
            value = matcher.group(name);
        }
        return value == null ? "" : value;
    }
}
