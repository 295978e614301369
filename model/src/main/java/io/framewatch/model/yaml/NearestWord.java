package io.framewatch.model.yaml;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Finds the known word that a misspelt one most likely means, by edit distance.
public final class NearestWord {

    private NearestWord() {}

    /// The closest of `known` to `word`, or null if none is within a third of its length.
    public static @Nullable String of(String word, Collection<String> known) {
        return of(word, known, Math.max(2, word.length() / 3));
    }

    /// The closest of `known` to `word`, or null if none is within `distanceMax` edits. Of several
    /// equally close the one that begins as `word` does for longer.
    public static @Nullable String of(String word, Collection<String> known, int distanceMax) {
        String best = null;
        int bestDistance = distanceMax + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            boolean tie = best != null && distance == bestDistance;
            if (distance < bestDistance
                    || tie && sameStart(word, candidate) > sameStart(word, best)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int sameStart(String a, @Nullable String b) {
        int length = 0;
        int end = b == null ? 0 : Math.min(a.length(), b.length());
        while (b != null && length < end && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    /// Edits (insert, delete, replace a character) between two words.
    static int distance(String a, String b) {
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
