package io.framewatch.query.promql.print;

import io.framewatch.model.Labels;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names and strings as they are written in a query.
public final class Quoting {

    private static final int BROKEN_BYTE_BASE = 0xDC00;

    private Quoting() {}

    /// `text` in double quotes, with Go's escapes. Bytes that were no UTF-8 become `\xNN` again.
    public static String string(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            append(out, point);
        }
        return out.append('"').toString();
    }

    /// `text` as it is, but bytes that were no UTF-8 as `\\xNN`.
    public static String bare(String text) {
        String quoted = string(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static void append(StringBuilder out, int point) {
        int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(point);
        if (simple >= 0) {
            out.append('\\').append("abfnrtv\\\"".charAt(simple));
        } else if (point >= BROKEN_BYTE_BASE && point <= BROKEN_BYTE_BASE + 0xff) {
            out.append(String.format(Locale.ROOT, "\\x%02x", point - BROKEN_BYTE_BASE));
        } else if (point < ' ' || point == 0x7f) {
            out.append(String.format(Locale.ROOT, "\\x%02x", point));
        } else if (isUnprintable(point)) {
            String format = point > 0xffff ? "\\U%08x" : "\\u%04x";
            out.append(String.format(Locale.ROOT, format, point));
        } else {
            out.appendCodePoint(point);
        }
    }

    private static boolean isUnprintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> false;
        };
    }

    /// A label name, quoted only if it must be.
    public static String label(String name) {
        return Labels.isIdentifier(name, false) ? name : string(name);
    }

    /// A metric name, quoted only if it must be.
    public static String metric(String name) {
        return Labels.isIdentifier(name, true) ? name : string(name);
    }

    /// Label names with commas between, for `by`, `on` and their like.
    public static String labels(List<String> names) {
        return names.stream().map(Quoting::label).collect(Collectors.joining(", "));
    }
}
