package io.framewatch.query.logql.stage;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.framewatch.model.UserPattern;
import io.framewatch.template.Functions;
import io.framewatch.template.TemplateException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What templates of `line_format` and `label_format` can call beside Go's own functions: Loki's
/// functions on texts and numbers (LogQL reference, "Template functions"), in the argument order of
/// its templates, the text last in the newer ones.
final class LineFunctions {

    private static final Map<String, Functions.Function> TEXTS = new HashMap<>();

    static {
        TEXTS.put("lower", a -> text(a, 0).toLowerCase(Locale.ROOT));
        TEXTS.put("ToLower", a -> text(a, 0).toLowerCase(Locale.ROOT));
        TEXTS.put("upper", a -> text(a, 0).toUpperCase(Locale.ROOT));
        TEXTS.put("ToUpper", a -> text(a, 0).toUpperCase(Locale.ROOT));
        TEXTS.put("title", a -> title(text(a, 0)));
        TEXTS.put("trim", a -> text(a, 0).strip());
        TEXTS.put("TrimSpace", a -> text(a, 0).strip());
        TEXTS.put("trimPrefix", a -> withoutPrefix(text(a, 1), text(a, 0)));
        TEXTS.put("trimSuffix", a -> withoutSuffix(text(a, 1), text(a, 0)));
        TEXTS.put("replace", a -> replaced(text(a, 2), text(a, 0), text(a, 1)));
        TEXTS.put("Replace", a -> replaced(text(a, 0), text(a, 1), text(a, 2)));
        TEXTS.put("regexReplaceAll", a -> replaced(a, false));
        TEXTS.put("regexReplaceAllLiteral", a -> replaced(a, true));
        TEXTS.put("contains", a -> text(a, 1).contains(text(a, 0)));
        TEXTS.put("hasPrefix", a -> text(a, 1).startsWith(text(a, 0)));
        TEXTS.put("hasSuffix", a -> text(a, 1).endsWith(text(a, 0)));
        TEXTS.put("default", a -> text(a, 1).isEmpty() ? text(a, 0) : text(a, 1));
        TEXTS.put("trunc", LineFunctions::cut);
        TEXTS.put("substr", LineFunctions::part);
        TEXTS.put("b64enc", a -> base64(text(a, 0)));
        TEXTS.put("b64dec", a -> unbase64(text(a, 0)));
        TEXTS.put("urlencode", a -> URLEncoder.encode(text(a, 0), StandardCharsets.UTF_8));
        TEXTS.put("urldecode", a -> URLDecoder.decode(text(a, 0), StandardCharsets.UTF_8));
        TEXTS.put("int", a -> (long) number(a, 0));
        TEXTS.put("float64", a -> number(a, 0));
        TEXTS.put("add", a -> (long) (number(a, 0) + number(a, 1)));
        TEXTS.put("sub", a -> (long) (number(a, 0) - number(a, 1)));
        TEXTS.put("mul", a -> ((long) number(a, 0)) * (long) number(a, 1));
        TEXTS.put("addf", a -> number(a, 0) + number(a, 1));
        TEXTS.put("subf", a -> number(a, 0) - number(a, 1));
        TEXTS.put("mulf", a -> number(a, 0) * number(a, 1));
        TEXTS.put("divf", a -> number(a, 0) / number(a, 1));
        TEXTS.put(
                "duration_seconds",
                a -> Quantity.DURATION.parse(text(a, 0)).orElseThrow(LineFunctions::noDuration));
        TEXTS.put(
                "duration",
                a -> Quantity.DURATION.parse(text(a, 0)).orElseThrow(LineFunctions::noDuration));
        TEXTS.put(
                "bytes",
                a -> Quantity.BYTES.parse(text(a, 0)).orElseThrow(LineFunctions::noDuration));
    }

    /// Longest text that a replacement may make, characters.
    private static final int TEXT_CHARS_MAX = 16_000_000;

    static final Functions ALL = Functions.GO.with(TEXTS);

    private LineFunctions() {}

    private static TemplateException noDuration() {
        return new TemplateException("the text is no duration or size");
    }

    private static String text(List<?> arguments, int index) {
        if (index >= arguments.size()) {
            throw new TemplateException("too few arguments: " + arguments.size());
        }
        return String.valueOf(arguments.get(index));
    }

    private static double number(List<?> arguments, int index) {
        return Quantity.NUMBER
                .parse(text(arguments, index))
                .orElseThrow(() -> new TemplateException(text(arguments, index) + " is no number"));
    }

    private static String title(String text) {
        return text.isEmpty() ? text : Character.toTitleCase(text.charAt(0)) + text.substring(1);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String replaced(String text, String what, String by) {
        long found = what.isEmpty() ? text.length() + 1L : count(text, what);
        checkLength(text.length() + found * (by.length() - what.length()));
        return text.replace(what, by);
    }

    private static long count(String text, String what) {
        long count = 0;
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
            count++;
        }
        return count;
    }

    /// Replacements in replacements would else grow beyond all memory.
    private static void checkLength(long length) {
        if (length > TEXT_CHARS_MAX) {
            throw new TemplateException("a text gets longer than " + TEXT_CHARS_MAX);
        }
    }

    private static String replaced(List<?> arguments, boolean literal) {
        try {
            Pattern pattern = UserPattern.compile(text(arguments, 0));
            String by = text(arguments, 2);
            String text = text(arguments, 1);
            checkLength(by.isEmpty() ? 0 : (text.length() + 1L) * by.length());
            return pattern.matcher(text)
                    .replaceAll(
                            literal
                                    ? Matcher.quoteReplacement(by)
                                    : by.replace("${", "$").replace("}", ""));
        } catch (PatternSyntaxException | IndexOutOfBoundsException e) {
            throw new TemplateException("the pattern or its replacement is wrong", e);
        }
    }

    private static String cut(List<?> arguments) {
        int count = (int) number(arguments, 0);
        String text = text(arguments, 1);
        if (count >= 0) {
            return text.substring(0, Math.min(count, text.length()));
        }
        return text.substring(Math.max(0, text.length() + count));
    }

    private static String part(List<?> arguments) {
        String text = text(arguments, 2);
        int from = Math.clamp((int) number(arguments, 0), 0, text.length());
        int to = (int) number(arguments, 1);
        return text.substring(from, to < from || to > text.length() ? text.length() : to);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unbase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TemplateException("the text is not base 64", e);
        }
    }
}
