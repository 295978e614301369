package io.framewatch.template;

/// Numbers and quoted texts as Go writes them.
final class Literals {

    private Literals() {}

    /// A `Long` or a `Double`.
    static Object number(String written, int line) {
        String text = written.replace("_", "");
        boolean hex = text.matches("[+-]?0[xX].*");
        try {
            if (!hex && text.matches(".*[.eE].*")) {
                return Double.parseDouble(text);
            }
            if (text.matches("[+-]?0[bBoOxX].*") || text.matches("[+-]?0[0-7]+")) {
                return prefixed(text);
            }
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TemplateException("line " + line + ": '" + written + "' is no number", e);
        }
    }

    private static long prefixed(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.replaceFirst("[+-]", "");
        long value =
                switch (digits.charAt(1)) {
                    case 'b', 'B' -> Long.parseLong(digits.substring(2), 2);
                    case 'o', 'O' -> Long.parseLong(digits.substring(2), 8);
                    case 'x', 'X' -> Long.parseLong(digits.substring(2), 16);
                    default -> Long.parseLong(digits, 8);
                };
        return negative ? -value : value;
    }

    /// The text that stands between quotes.
    static String unescape(String inner, int line) {
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\' || i + 1 >= inner.length()) {
                out.append(c);
                continue;
            }
            char kind = inner.charAt(++i);
            int digits =
                    switch (kind) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        default -> 0;
                    };
            if (digits > 0) {
                out.appendCodePoint(codePoint(inner, i + 1, digits, line));
                i += digits;
            } else {
                out.append(single(kind, line));
            }
        }
        return out.toString();
    }

    private static int codePoint(String inner, int start, int digits, int line) {
        try {
            int point = Integer.parseInt(inner.substring(start, start + digits), 16);
            if (Character.isValidCodePoint(point)) {
                return point;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new TemplateException("line " + line + ": an escape needs more digits", e);
        }
        throw new TemplateException("line " + line + ": an escape names no character");
    }

    private static char single(char kind, int line) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            case '\\', '"', '\'' -> kind;
            default -> throw new TemplateException("line " + line + ": unknown escape \\" + kind);
        };
    }
}
