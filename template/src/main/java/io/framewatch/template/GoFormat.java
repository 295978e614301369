package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `printf` as Go has it: flags, width and precision of the verbs v s q d f F e E g G t x X c U b o
/// and %% (<https://pkg.go.dev/fmt>).
final class GoFormat {

    private static final int WIDTH_MAX = 10_000;

    private final String format;
    private final List<@Nullable Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    private GoFormat(String format, List<@Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, List<@Nullable Object> arguments) {
        return new GoFormat(format, arguments).run();
    }

    private record Spec(String flags, int width, int precision) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private String run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%') {
                verb();
            } else {
                out.append(c);
            }
        }
        if (used < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < arguments.size(); i++) {
                out.append(i > used ? ", " : "").append(Printing.print(arguments.get(i)));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        int width = number(-1);
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = number(0);
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        char verb = format.charAt(at++);
        if (verb == '%') {
            out.append('%');
        } else if (used >= arguments.size()) {
            out.append("%!").append(verb).append("(MISSING)");
        } else {
            Spec spec = new Spec(flags, width, precision);
            pad(written(verb, spec, arguments.get(used++)), spec, verb);
        }
    }

    private int number(int otherwise) {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            return used < arguments.size()
                    ? Math.clamp(Arguments.whole(arguments.get(used++)), 0, WIDTH_MAX)
                    : otherwise;
        }
        int start = at;
        while (at < format.length() && Character.isDigit(format.charAt(at))) {
            at++;
        }
        if (at == start) {
            return otherwise;
        }
        if (at - start > 5) {
            throw new TemplateException("printf pads to more than " + WIDTH_MAX + " characters");
        }
        return Math.min(Integer.parseInt(format.substring(start, at)), WIDTH_MAX);
    }

    private void pad(String text, Spec spec, char verb) {
        int missing = spec.width() - text.codePointCount(0, text.length());
        if (missing <= 0) {
            out.append(text);
        } else if (spec.has('-')) {
            out.append(text).append(" ".repeat(missing));
        } else if (spec.has('0') && "vsq".indexOf(verb) < 0) {
            int sign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
            out.append(text, 0, sign).append("0".repeat(missing)).append(text.substring(sign));
        } else {
            out.append(" ".repeat(missing)).append(text);
        }
    }

    private static String written(char verb, Spec spec, @Nullable Object value) {
        return switch (value) {
            case Double number when "eEfFgGv".indexOf(verb) >= 0 ->
                    signed(floating(verb, spec, number), spec);
            case Long number when "dvxXobcUq".indexOf(verb) >= 0 -> whole(verb, spec, number);
            case Boolean bool when verb == 't' || verb == 'v' -> bool.toString();
            case null -> verb == 'v' ? "<nil>" : wrong(verb, null);
            default -> text(verb, spec, value);
        };
    }

    private static String text(char verb, Spec spec, Object value) {
        boolean textual = value instanceof String || value instanceof Safe;
        String text = Printing.print(value);
        return switch (verb) {
            case 'v' -> spec.has('#') && textual ? quote(text) : text;
            case 's' -> {
                boolean number =
                        value instanceof Double
                                || value instanceof Long
                                || value instanceof Boolean;
                yield number ? wrong(verb, value) : cut(text, spec.precision());
            }
            case 'q' -> quote(text);
            case 'x', 'X' -> textual ? hex(text, verb) : wrong(verb, value);
            default -> wrong(verb, value);
        };
    }

    private static String cut(String text, int precision) {
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static String hex(String text, char verb) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            out.append(String.format(verb == 'x' ? "%02x" : "%02X", b));
        }
        return out.toString();
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(c < ' ' ? String.format("\\x%02x", (int) c) : c);
            }
        }
        return out.append('"').toString();
    }

    private static String wrong(char verb, @Nullable Object value) {
        String type =
                switch (value) {
                    case null -> "<nil>";
                    case String text -> "string=" + text;
                    case Double number -> "float64=" + Numbers.shortest(number);
                    case Long number -> "int=" + number;
                    case Boolean bool -> "bool=" + bool;
                    default -> Printing.print(value);
                };
        return "%!" + verb + "(" + type + ")";
    }

    private static String floating(char verb, Spec spec, double number) {
        int precision = spec.precision() < 0 ? 6 : spec.precision();
        return switch (verb) {
            case 'f', 'F' -> Numbers.fixed(number, precision);
            case 'e' -> Numbers.scientific(number, precision);
            case 'E' -> Numbers.scientific(number, precision).replace('e', 'E');
            default -> {
                String text =
                        spec.precision() < 0
                                ? Numbers.shortest(number)
                                : Numbers.general(number, spec.precision());
                yield verb == 'G' ? text.replace('e', 'E') : text;
            }
        };
    }

    private static String signed(String text, Spec spec) {
        if (text.startsWith("-") || text.startsWith("+")) {
            return text;
        }
        return spec.has('+') ? "+" + text : spec.has(' ') ? " " + text : text;
    }

    private static String whole(char verb, Spec spec, long number) {
        return switch (verb) {
            case 'x' -> signed(Long.toString(number, 16), spec);
            case 'X' -> signed(Long.toString(number, 16).toUpperCase(java.util.Locale.ROOT), spec);
            case 'o' -> signed(Long.toString(number, 8), spec);
            case 'b' -> signed(Long.toString(number, 2), spec);
            case 'c' -> new String(Character.toChars((int) number));
            case 'q' -> "'" + new String(Character.toChars((int) number)) + "'";
            case 'U' -> String.format("U+%04X", number);
            default -> signed(Long.toString(number), spec);
        };
    }
}
