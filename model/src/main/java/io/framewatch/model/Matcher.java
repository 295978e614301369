package io.framewatch.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One condition of a selector, such as `job=~"cam.*"`. A missing label counts as the empty string.
/// Regular expressions are RE2's and match the whole value. Immutable, thread safe.
public final class Matcher {

    /// Longest regular expression accepted, characters.
    public static final int REGEX_LENGTH_MAX = 16_384;

    /// How name and value are compared.
    public enum Op {
        EQUAL("="),
        NOT_EQUAL("!="),
        REGEX("=~"),
        NOT_REGEX("!~");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        /// The operator as written in PromQL.
        public String sign() {
            return sign;
        }
    }

    private final Op op;
    private final String name;
    private final String value;
    private final @Nullable RegexMatch regex;

    private Matcher(Op op, String name, String value) {
        this.op = op;
        this.name = name;
        this.value = value;
        this.regex = op == Op.REGEX || op == Op.NOT_REGEX ? compile(value) : null;
    }

    /// A matcher; throws [FaultException] with code `regex_invalid` for a pattern RE2 refuses.
    public static Matcher of(Op op, String name, String value) {
        return new Matcher(op, name, value);
    }

    /// `name="value"`.
    public static Matcher equal(String name, String value) {
        return new Matcher(Op.EQUAL, name, value);
    }

    private static RegexMatch compile(String pattern) {
        if (pattern.length() > REGEX_LENGTH_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "regex_invalid",
                            "A regular expression has " + pattern.length() + " characters.",
                            "Keep it under " + REGEX_LENGTH_MAX + "."));
        }
        try {
            return RegexMatch.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new FaultException(
                    Fault.caller(
                            "regex_invalid",
                            "error parsing regexp: "
                                    + e.getDescription()
                                    + ": `"
                                    + e.getPattern()
                                    + "`.",
                            "Mend the pattern; the syntax is RE2's."),
                    e);
        }
    }

    /// The operator.
    public Op op() {
        return op;
    }

    /// The label's name.
    public String name() {
        return name;
    }

    /// The value or pattern.
    public String value() {
        return value;
    }

    /// Whether a label with this value, empty if absent, satisfies the condition.
    public boolean matches(String labelValue) {
        return switch (op) {
            case EQUAL -> value.equals(labelValue);
            case NOT_EQUAL -> !value.equals(labelValue);
            case REGEX -> Objects.requireNonNull(regex).matches(labelValue);
            case NOT_REGEX -> !Objects.requireNonNull(regex).matches(labelValue);
        };
    }

    /// Whether series without the label satisfy the condition.
    public boolean matchesEmpty() {
        return matches("");
    }

    /// The finite set of values a positive matcher can accept, or null when it is not finite or the
    /// matcher is negative: `=` gives one value, `=~"a|b|c"` gives three.
    public @Nullable Set<String> literalValues() {
        return switch (op) {
            case EQUAL -> Set.of(value);
            case REGEX -> Objects.requireNonNull(regex).literals();
            case NOT_EQUAL, NOT_REGEX -> null;
        };
    }

    /// The RE2 pattern of a regular-expression matcher, else null.
    public @Nullable Pattern pattern() {
        return regex == null ? null : regex.pattern();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matcher m
                && m.op == op
                && m.name.equals(name)
                && m.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(op, name, value);
    }

    @Override
    public String toString() {
        return name + op.sign + Labels.quote(value);
    }
}
