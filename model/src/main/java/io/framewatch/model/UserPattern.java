package io.framewatch.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Compiles regular expressions that users wrote. RE2 matches in linear time, but RE2/J unrolls
/// repetitions inside repetitions: `((a{1000}){1000}){1000}` would take a thousand million states.
/// As in Go, counts that multiply to more than [#REPEATS_MAX] are refused.
public final class UserPattern {

    /// Largest product of the counts of repetitions inside each other.
    public static final int REPEATS_MAX = 1000;

    private final String regex;
    private int at;

    private UserPattern(String regex) {
        this.regex = regex;
    }

    /// The pattern. Throws `PatternSyntaxException` for what RE2 refuses and for repetitions that
    /// multiply too far.
    public static Pattern compile(String regex) {
        return compile(regex, regex);
    }

    /// `wrapped` compiled, after `regex`, which it wraps, was found harmless.
    static Pattern compile(String regex, String wrapped) {
        new UserPattern(regex).alternatives(0);
        return Pattern.compile(wrapped);
    }

    /// Most copies of anything between here and the end of the group.
    private long alternatives(int depth) {
        long most = 1;
        long last = 1;
        while (at < regex.length()) {
            switch (regex.charAt(at)) {
                case '(' -> {
                    at++;
                    last = depth < REPEATS_MAX ? alternatives(depth + 1) : 1;
                }
                case ')' -> {
                    at++;
                    if (depth > 0) {
                        return most;
                    }
                }
                case '{' -> last *= count();
                case '[' -> {
                    skipClass();
                    last = 1;
                }
                case '\\' -> {
                    skipEscape();
                    last = 1;
                }
                case '*', '+', '?' -> at++;
                default -> {
                    at++;
                    last = 1;
                }
            }
            most = Math.max(most, last);
            if (most > REPEATS_MAX) {
                throw new PatternSyntaxException("invalid repeat count", regex);
            }
        }
        return most;
    }

    /// The count of a repetition `{n}`, `{n,}` or `{n,m}`; 1 where the brace is a plain character.
    private int count() {
        int end = regex.indexOf('}', at);
        if (end < 0) {
            at++;
            return 1;
        }
        String inside = regex.substring(at + 1, end);
        if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
            at++;
            return 1;
        }
        at = end + 1;
        int comma = inside.indexOf(',');
        int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
        int most =
                comma < 0 || comma == inside.length() - 1
                        ? least
                        : Integer.parseInt(inside.substring(comma + 1));
        return Math.max(1, Math.max(least, most));
    }

    private void skipClass() {
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            at++;
        }
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.charAt(at) == '\\') {
                at++;
            } else if (regex.startsWith("[:", at)) {
                int end = regex.indexOf(":]", at);
                at = end < 0 ? at : end + 1;
            }
            at++;
        }
        at++;
    }

    private void skipEscape() {
        if (regex.startsWith("\\Q", at)) {
            int end = regex.indexOf("\\E", at);
            at = end < 0 ? regex.length() : end + 2;
            return;
        }
        boolean named = at + 1 < regex.length() && "xpP".indexOf(regex.charAt(at + 1)) >= 0;
        at += 2;
        if (named && at < regex.length() && regex.charAt(at) == '{') {
            int end = regex.indexOf('}', at);
            at = end < 0 ? regex.length() : end + 1;
        }
    }
}
