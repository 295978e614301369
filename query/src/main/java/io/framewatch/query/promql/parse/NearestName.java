package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.FunctionSignature;
import io.framewatch.query.promql.ast.Functions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses which function somebody meant.
final class NearestName {

    private static final int DISTANCE_MAX = 3;

    private NearestName() {}

    /// The function or aggregation whose name is nearest to `name`, or null if none is near.
    static @Nullable String of(String name) {
        List<String> known = new ArrayList<>();
        for (FunctionSignature function : Functions.all()) {
            known.add(function.name());
        }
        for (AggregateOp op : AggregateOp.values()) {
            known.add(op.word());
        }
        String best = null;
        int bestDistance = Math.min(DISTANCE_MAX, Math.max(1, name.length() / 2)) + 1;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /// Levenshtein's edit distance.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > DISTANCE_MAX) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(diagonal + change, Math.min(row[j], row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
