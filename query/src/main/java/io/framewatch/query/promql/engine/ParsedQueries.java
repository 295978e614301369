package io.framewatch.query.promql.engine;

import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.parse.PromqlParser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The latest queries as they were parsed: rules and dashboards ask the same texts every few
/// seconds, and their patterns are compiled with them. Thread safe.
final class ParsedQueries {

    /// Queries kept; the one not asked for longest goes first.
    static final int KEPT_MAX = 2_048;

    /// Longer texts are parsed anew, characters.
    private static final int TEXT_MAX = 2_000;

    private final Map<String, Expr> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// The tree of `text`; throws as [PromqlParser#parse] does.
    Expr parse(String text) {
        if (text.length() > TEXT_MAX) {
            return PromqlParser.parse(text);
        }
        Expr known = find(text);
        if (known != null) {
            return known;
        }
        Expr parsed = PromqlParser.parse(text);
        keep(text, parsed);
        return parsed;
    }

    private synchronized @Nullable Expr find(String text) {
        return kept.get(text);
    }

    private synchronized void keep(String text, Expr parsed) {
        kept.put(text, parsed);
        if (kept.size() > KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return kept.size();
    }
}
