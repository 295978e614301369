package io.framewatch.query.logql.stage;

import io.framewatch.model.Matcher;
import java.util.List;
import java.util.OptionalDouble;

/// `status >= 400 and method="GET"`: conditions on labels.
public sealed interface LabelFilter extends Stage {

    /// Comparison of numbers.
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL;

        boolean holds(double left, double right) {
            return switch (this) {
                case EQUAL -> left == right;
                case NOT_EQUAL -> left != right;
                case GREATER -> left > right;
                case GREATER_OR_EQUAL -> left >= right;
                case LESS -> left < right;
                case LESS_OR_EQUAL -> left <= right;
            };
        }
    }

    /// A label's text.
    ///
    /// @param matcher the condition; an absent label is the empty text
    record Text(Matcher matcher) implements LabelFilter {

        @Override
        public boolean process(LogLine line) {
            return matcher.matches(line.get(matcher.name()));
        }
    }

    /// A label's value as a number, a duration or a size. A line without the label is dropped; a
    /// line whose label is no such value stays and is marked with `LabelFilterErr`.
    ///
    /// @param name label
    /// @param comparison how
    /// @param value with what; durations in seconds, sizes in bytes
    /// @param unit what the label holds
    record Amount(String name, Comparison comparison, double value, Quantity unit)
            implements LabelFilter {

        @Override
        public boolean process(LogLine line) {
            if (line.has(LogLine.ERROR)) {
                return true;
            }
            if (!line.has(name)) {
                return false;
            }
            OptionalDouble found = unit.parse(line.get(name));
            if (found.isEmpty()) {
                line.fail("LabelFilterErr", "label " + name + " is no " + unit.word());
                return true;
            }
            return comparison.holds(found.getAsDouble(), value);
        }
    }

    /// A label that holds an address.
    ///
    /// @param name label
    /// @param range addresses
    /// @param negated whether addresses of the range are dropped instead
    record Ip(String name, IpRange range, boolean negated) implements LabelFilter {

        @Override
        public boolean process(LogLine line) {
            return line.has(name) && range.test(line.get(name)) != negated;
        }
    }

    /// All conditions must hold.
    ///
    /// @param parts conditions
    record And(List<LabelFilter> parts) implements LabelFilter {

        @Override
        public boolean process(LogLine line) {
            for (LabelFilter part : parts) {
                if (!part.process(line)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// One condition must hold.
    ///
    /// @param parts conditions
    record Or(List<LabelFilter> parts) implements LabelFilter {

        @Override
        public boolean process(LogLine line) {
            for (LabelFilter part : parts) {
                if (part.process(line)) {
                    return true;
                }
            }
            return false;
        }
    }
}
