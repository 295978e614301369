package io.framewatch.store.clickhouse;

import io.framewatch.store.LogSelection.LineFilter;
import java.util.ArrayList;
import java.util.List;

/// Conditions on the text of a line, in SQL. The index holds the words of a line: runs of
/// characters that are no ASCII punctuation or space. A text that is looked for helps with the
/// words that it holds whole, and with a piece of a word at its ends, which the engine compares
/// with all words there are; the text itself decides.
final class LineFilters {

    /// A shorter piece of a word is found in too many words.
    private static final int PIECE_LENGTH_MIN = 4;

    private LineFilters() {}

    /// Adds the condition of `filter`, which must be one that [#isSupported] accepts.
    static void add(Sql sql, LineFilter filter) {
        switch (filter) {
            case LineFilter.Contains(String text, boolean negated) -> {
                if (negated) {
                    sql.add(" AND position(line, ").text(text).add(") = 0");
                } else {
                    contains(sql, text);
                }
            }
            case LineFilter.Matches(var pattern, boolean negated) -> {
                sql.add(negated ? " AND NOT match(line, " : " AND match(line, ");
                // In the engine a dot matches a line feed unless told otherwise.
                sql.text("(?-s:" + pattern.pattern() + ")").add(")");
            }
        }
    }

    /// Whether the engine understands `filter` as we do: patterns with flags beside their text are
    /// for us alone.
    static boolean isSupported(LineFilter filter) {
        return !(filter instanceof LineFilter.Matches matches) || matches.pattern().flags() == 0;
    }

    private static void contains(Sql sql, String text) {
        sql.add(" AND position(line, ").text(text).add(") > 0");
        List<String> whole = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at < text.length() && !isSeparator(text.charAt(at))) {
                continue;
            }
            String word = text.substring(from, at);
            boolean inside = from > 0 && at < text.length();
            if (isPlain(word) && inside) {
                whole.add(word);
            } else if (isPlain(word) && word.length() >= PIECE_LENGTH_MIN) {
                sql.add(" AND line LIKE ").text("%" + word + "%");
            }
            from = at + 1;
        }
        if (!whole.isEmpty()) {
            sql.add(" AND hasAllTokens(line, ").wordList(whole).add(")");
        }
    }

    private static boolean isSeparator(char c) {
        return c < 128 && !Character.isLetterOrDigit(c);
    }

    private static boolean isPlain(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c < 128);
    }
}
