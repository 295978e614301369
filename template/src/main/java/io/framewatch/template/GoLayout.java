package io.framewatch.template;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Go's way to write times: a layout shows how the second of January 2006, 15:04:05 in MST would
/// look (<https://pkg.go.dev/time#pkg-constants>).
final class GoLayout {

    /// Pieces of a layout, longer ones before their beginnings, and Java's patterns for them.
    private static final Map<String, String> PIECES = new LinkedHashMap<>();

    static {
        PIECES.put("January", "MMMM");
        PIECES.put("Jan", "MMM");
        PIECES.put("Monday", "EEEE");
        PIECES.put("Mon", "EEE");
        PIECES.put("MST", "zzz");
        PIECES.put("2006", "yyyy");
        PIECES.put("01", "MM");
        PIECES.put("002", "DDD");
        PIECES.put("02", "dd");
        PIECES.put("03", "hh");
        PIECES.put("04", "mm");
        PIECES.put("05", "ss");
        PIECES.put("06", "yy");
        PIECES.put("15", "HH");
        PIECES.put("_2", "ppd");
        PIECES.put("PM", "a");
        PIECES.put("pm", "a");
        PIECES.put("Z07:00", "XXX");
        PIECES.put("Z0700", "XX");
        PIECES.put("-07:00", "xxx");
        PIECES.put("-0700", "xx");
        PIECES.put("-07", "x");
        PIECES.put("1", "M");
        PIECES.put("2", "d");
        PIECES.put("3", "h");
        PIECES.put("4", "m");
        PIECES.put("5", "s");
    }

    private GoLayout() {}

    static String format(ZonedDateTime at, String layout) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < layout.length()) {
            int fraction = fractionDigits(layout, i);
            if (fraction > 0) {
                out.append(fraction(at, layout, i, fraction));
                i += fraction + 1;
                continue;
            }
            String piece = pieceAt(layout, i);
            if (piece.isEmpty()) {
                out.append(layout.charAt(i++));
            } else {
                out.append(written(at, piece));
                i += piece.length();
            }
        }
        return out.toString();
    }

    private static String pieceAt(String layout, int index) {
        for (String piece : PIECES.keySet()) {
            if (layout.startsWith(piece, index)) {
                return piece;
            }
        }
        return "";
    }

    private static String written(ZonedDateTime at, String piece) {
        if (piece.equals("MST") && at.getOffset().getTotalSeconds() == 0) {
            return "UTC";
        }
        String pattern = PIECES.getOrDefault(piece, "");
        String text = at.format(DateTimeFormatter.ofPattern(pattern, Locale.US));
        return piece.equals("pm") ? text.toLowerCase(Locale.ROOT) : text;
    }

    /// Digits of `.000` or `.999` at `index`, 0 if there is none.
    private static int fractionDigits(String layout, int index) {
        char first = layout.charAt(index);
        if (first != '.' && first != ',' || index + 1 >= layout.length()) {
            return 0;
        }
        char digit = layout.charAt(index + 1);
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = index + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean followed = end < layout.length() && Character.isDigit(layout.charAt(end));
        return followed ? 0 : end - index - 1;
    }

    private static String fraction(ZonedDateTime at, String layout, int index, int digits) {
        String nanos = String.format(Locale.ROOT, "%09d", at.getNano());
        String text = nanos.substring(0, Math.min(digits, nanos.length()));
        if (layout.charAt(index + 1) == '9') {
            text = text.replaceFirst("0+$", "");
        }
        return text.isEmpty() ? "" : layout.charAt(index) + text;
    }
}
