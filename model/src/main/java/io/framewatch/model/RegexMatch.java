package io.framewatch.model;

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A whole-value RE2 match with short cuts for what people write most: literals, `a|b|c`,
/// `prefix.*`, `.*`, `.+`.
final class RegexMatch {

    private static final int ALTERNATIVES_MAX = 1024;
    private static final String META = "\\.+*?()|[]{}^$";

    private final Pattern pattern;
    private final @Nullable Set<String> literals;
    private final @Nullable String prefix;
    private final int remainderMin;

    private RegexMatch(
            Pattern pattern,
            @Nullable Set<String> literals,
            @Nullable String prefix,
            int remainderMin) {
        this.pattern = pattern;
        this.literals = literals;
        this.prefix = prefix;
        this.remainderMin = remainderMin;
    }

    /// Compiles; throws `PatternSyntaxException` where RE2 does.
    static RegexMatch compile(String regex) {
        UserPattern.compile(regex);
        Pattern whole = UserPattern.compile(regex, "^(?s:" + regex + ")$");
        Set<String> literals = literalsOf(regex);
        if (literals != null) {
            return new RegexMatch(whole, literals, null, 0);
        }
        if (regex.endsWith(".*") || regex.endsWith(".+")) {
            String head = regex.substring(0, regex.length() - 2);
            if (isLiteral(head)) {
                return new RegexMatch(whole, null, head, regex.endsWith("+") ? 1 : 0);
            }
        }
        return new RegexMatch(whole, null, null, 0);
    }

    private static @Nullable Set<String> literalsOf(String regex) {
        String[] parts = regex.split("\\|", -1);
        if (parts.length > ALTERNATIVES_MAX) {
            return null;
        }
        Set<String> literals = new LinkedHashSet<>();
        for (String part : parts) {
            if (!isLiteral(part)) {
                return null;
            }
            literals.add(part);
        }
        return Set.copyOf(literals);
    }

    private static boolean isLiteral(String text) {
        return text.chars().noneMatch(c -> META.indexOf(c) >= 0);
    }

    boolean matches(String value) {
        if (literals != null) {
            return literals.contains(value);
        }
        if (prefix != null) {
            return value.length() >= prefix.length() + remainderMin && value.startsWith(prefix);
        }
        return pattern.matches(value);
    }

    @Nullable Set<String> literals() {
        return literals;
    }

    Pattern pattern() {
        return pattern;
    }
}
