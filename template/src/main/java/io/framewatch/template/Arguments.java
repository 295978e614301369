package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arguments of functions as the type they have to be. Throws [TemplateException] otherwise.
final class Arguments {

    private Arguments() {}

    static void count(List<?> arguments, int min, int max) {
        if (arguments.size() < min || arguments.size() > max) {
            String wanted = min == max ? Integer.toString(min) : min + " to " + max;
            throw new TemplateException(
                    "wrong number of arguments: want " + wanted + " got " + arguments.size());
        }
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Safe(String text) -> text;
            case null -> throw new TemplateException("a text is nil");
            default -> throw new TemplateException(Printing.print(value) + " is no text");
        };
    }

    static String text(List<@Nullable Object> arguments, int index) {
        return text(arguments.get(index));
    }

    static long whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number when number == Math.rint(number) -> number.longValue();
            case null -> throw new TemplateException("a number is nil");
            default -> throw new TemplateException(Printing.print(value) + " is no whole number");
        };
    }

    /// A number, or a text that is one.
    static double number(@Nullable Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> (double) number;
            case GoDuration(long nanos) -> nanos / 1e9;
            case String text -> number(text);
            case null -> throw new TemplateException("a number is nil");
            default -> throw new TemplateException(Printing.print(value) + " is no number");
        };
    }

    private static double number(String text) {
        String plain = text.toLowerCase(java.util.Locale.ROOT);
        boolean negative = plain.startsWith("-");
        if (plain.replaceFirst("[+-]", "").matches("inf(inity)?")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (plain.equals("nan")) {
            return Double.NaN;
        }
        if (!plain.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")) {
            throw new TemplateException("'" + text + "' is no number");
        }
        return Double.parseDouble(plain);
    }

    @SuppressWarnings("unchecked") // element types are checked where elements are used
    static List<@Nullable Object> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new TemplateException(Printing.print(value) + " is no list");
    }
}
