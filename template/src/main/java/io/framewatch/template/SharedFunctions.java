package io.framewatch.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.framewatch.model.UserPattern;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Prometheus's and Alertmanager's templates have in common.
final class SharedFunctions {

    private SharedFunctions() {}

    static String toUpper(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        return Arguments.text(arguments, 0).toUpperCase(Locale.ROOT);
    }

    static String toLower(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        return Arguments.text(arguments, 0).toLowerCase(Locale.ROOT);
    }

    /// The first letter of each word in upper case; the others stay.
    static String title(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int point : Arguments.text(arguments, 0).codePoints().toArray()) {
            out.appendCodePoint(inWord ? point : Character.toTitleCase(point));
            inWord = Character.isLetterOrDigit(point) || point == '_' || point == '\'';
        }
        return out.toString();
    }

    static Object match(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 2, 2);
        return pattern(Arguments.text(arguments, 0)).matcher(Arguments.text(arguments, 1)).find();
    }

    static String reReplaceAll(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 3, 3);
        return pattern(Arguments.text(arguments, 0))
                .matcher(Arguments.text(arguments, 2))
                .replaceAll(goReplacement(Arguments.text(arguments, 1)));
    }

    /// Go's `$1`, `${1}` and `$$` in RE2/J's words; a bare name goes on as far as it can.
    private static String goReplacement(String replacement) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : ' ';
            if (c == '\\') {
                out.append("\\\\");
            } else if (c == '$' && next == '$') {
                out.append("\\$");
                i++;
            } else if (c == '$' && next == '{' && replacement.indexOf('}', i) > 0) {
                int end = replacement.indexOf('}', i);
                out.append(group(replacement.substring(i + 2, end)));
                i = end;
            } else if (c == '$' && (Character.isLetterOrDigit(next) || next == '_')) {
                int end = i + 1;
                while (end < replacement.length() && isWord(replacement.charAt(end))) {
                    end++;
                }
                out.append(group(replacement.substring(i + 1, end)));
                i = end - 1;
            } else {
                out.append(c == '$' ? "\\$" : String.valueOf(c));
            }
        }
        return out.toString();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String group(String name) {
        return name.matches("\\d+") ? "$" + name : "${" + name + "}";
    }

    private static Pattern pattern(String text) {
        try {
            return UserPattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new TemplateException("the pattern '" + text + "' is not valid", e);
        }
    }
}
