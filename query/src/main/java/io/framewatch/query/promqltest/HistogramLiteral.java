package io.framewatch.query.promqltest;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A histogram written as `{{schema:0 count:4 sum:5 buckets:[1 2 1]}}`.
///
/// @param histogram the value
/// @param hintGiven whether a counter-reset hint was written down
record HistogramLiteral(NativeHistogram histogram, boolean hintGiven) {

    /// Reads what stands between the double braces.
    static HistogramLiteral parse(String text) {
        Map<String, String> fields = fields(text);
        String hint = fields.get("counter_reset_hint");
        double[] positive = list(fields, "buckets");
        double[] negative = list(fields, "n_buckets");
        NativeHistogram histogram =
                new NativeHistogram(
                        hint(hint),
                        (int) number(fields, "schema"),
                        number(fields, "z_bucket_w"),
                        number(fields, "z_bucket"),
                        number(fields, "count"),
                        number(fields, "sum"),
                        spans((int) number(fields, "offset"), positive),
                        positive,
                        spans((int) number(fields, "n_offset"), negative),
                        negative,
                        list(fields, "custom_values"));
        return new HistogramLiteral(histogram, hint != null);
    }

    private static Span[] spans(int offset, double[] buckets) {
        return buckets.length == 0 ? new Span[0] : new Span[] {new Span(offset, buckets.length)};
    }

    private static ResetHint hint(@Nullable String word) {
        if (word == null) {
            return ResetHint.UNKNOWN;
        }
        return switch (word) {
            case "gauge" -> ResetHint.GAUGE;
            case "reset" -> ResetHint.RESET;
            case "not_reset" -> ResetHint.NO_RESET;
            case "unknown" -> ResetHint.UNKNOWN;
            default -> throw new ScriptException("unknown counter_reset_hint " + word);
        };
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        int at = 0;
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at >= text.length()) {
                return fields;
            }
            int colon = text.indexOf(':', at);
            if (colon < 0) {
                throw new ScriptException("no field of a histogram: " + text.substring(at));
            }
            boolean list = colon + 1 < text.length() && text.charAt(colon + 1) == '[';
            int end = list ? text.indexOf(']', colon) : blank(text, colon);
            if (end < 0) {
                throw new ScriptException("list not closed: " + text.substring(at));
            }
            fields.put(text.substring(at, colon), text.substring(colon + (list ? 2 : 1), end));
            at = list ? end + 1 : end;
        }
    }

    private static int blank(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static double number(Map<String, String> fields, String name) {
        return number(fields.getOrDefault(name, "0"));
    }

    private static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static double[] list(Map<String, String> fields, String name) {
        String text = fields.getOrDefault(name, "").trim();
        if (text.isEmpty()) {
            return new double[0];
        }
        String[] words = text.split("\\s+");
        double[] values = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = number(words[i]);
        }
        return values;
    }
}
