package io.framewatch.query.logql.stage;

import java.util.Map;
import java.util.function.BiConsumer;

/// `logfmt`: `key=value key="quoted value"` becomes labels.
///
/// @param wanted label to key; empty for every key
/// @param strict whether a malformed pair fails the line instead of being passed over
public record LogfmtParser(Map<String, String> wanted, boolean strict) implements Stage {

    @Override
    public boolean process(LogLine line) {
        boolean clean;
        if (wanted.isEmpty()) {
            clean =
                    pairs(
                            line.text(),
                            (key, value) -> line.extract(JsonParser.labelName(key), value));
        } else {
            clean =
                    pairs(
                            line.text(),
                            (key, value) ->
                                    wanted.forEach((label, wantedKey) -> {
                                        if (wantedKey.equals(key)) {
                                            line.extract(label, value);
                                        }
                                    }));
        }
        if (!clean && strict) {
            line.fail("LogfmtParserErr", "the line is not logfmt");
        }
        return true;
    }

    /// Hands each pair to `sink`; false if something on the line was no pair.
    static boolean pairs(String text, BiConsumer<String, String> sink) {
        boolean clean = true;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) <= ' ') {
                at++;
                continue;
            }
            int start = at;
            while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '=') {
                at++;
            }
            String key = text.substring(start, at);
            if (at == text.length() || text.charAt(at) != '=') {
                clean = false;
                continue;
            }
            at++;
            StringBuilder value = new StringBuilder();
            at = value(text, at, value);
            if (key.isEmpty()) {
                clean = false;
            } else {
                sink.accept(key, value.toString());
            }
        }
        return clean;
    }

    private static int value(String text, int from, StringBuilder value) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                    value.append(unescape(text.charAt(at)));
                } else {
                    value.append(text.charAt(at));
                }
                at++;
            }
            return Math.min(text.length(), at + 1);
        }
        while (at < text.length() && text.charAt(at) > ' ') {
            value.append(text.charAt(at));
            at++;
        }
        return at;
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
