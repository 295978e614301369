package io.framewatch.text.yaml;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word somebody probably meant.
public final class Nearest {

    private Nearest() {}

    /// The candidate with the fewest single-character edits from `word`, case aside, or null if
    /// none is close (at most a third of the word's length, at least two edits).
    public static @Nullable String to(String word, Collection<String> candidates) {
        int best = Math.max(2, word.length() / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /// ` Did you mean 'x'?`, or nothing.
    public static String hint(String word, Collection<String> candidates) {
        String nearest = to(word, candidates);
        return nearest == null ? "" : " Did you mean '" + nearest + "'?";
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
