package io.framewatch.template;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `eq`, `lt` and their kin. Unlike Go's, whole and other numbers may be compared.
final class Compare {

    private Compare() {}

    /// Whether the first argument equals any of the others.
    static boolean equal(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 2, 100);
        Object first = arguments.getFirst();
        for (Object other : arguments.subList(1, arguments.size())) {
            if (equal(first, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Long && b instanceof Long
                    ? a.equals(b)
                    : Arguments.number(a) == Arguments.number(b);
        }
        if (a == null || b == null || a.getClass() == b.getClass()) {
            return Objects.equals(a, b);
        }
        throw new TemplateException("incompatible types for comparison");
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double;
    }

    /// Order of two numbers or two texts; not a number comes after everything.
    static int order(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 2, 2);
        Object a = arguments.get(0);
        Object b = arguments.get(1);
        if (isNumber(a) && isNumber(b)) {
            return Double.compare(Arguments.number(a), Arguments.number(b));
        }
        if (a instanceof String left && b instanceof String right) {
            return left.compareTo(right);
        }
        throw new TemplateException("incompatible types for comparison");
    }
}
