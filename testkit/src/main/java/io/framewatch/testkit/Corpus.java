package io.framewatch.testkit;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts how the cases of a corpus of conformance data fare, and says so in one line.
public final class Corpus {

    private static final int FAILURES_SHOWN_MAX = 40;

    private final String corpus;
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int skipped;

    private Corpus(String corpus) {
        this.corpus = corpus;
    }

    /// The folder or file `name` of the conformance data, or null, after saying so, where there is
    /// none.
    public static @Nullable Path find(String name) {
        Path path = Conformance.folder(name);
        if (Files.exists(path)) {
            return path;
        }
        out().println("skipped: conformance data absent (" + name + ")");
        return null;
    }

    /// Starts counting the cases of a corpus. Not thread safe.
    public static Corpus of(String corpus) {
        return new Corpus(corpus);
    }

    /// Counts a case that went as it must.
    public void pass() {
        passed++;
    }

    /// Counts a case that did not, and keeps what to say about it.
    public void fail(String what) {
        failures.add(what);
    }

    /// Counts a case, `what` being said only if it failed.
    public void check(boolean ok, String what) {
        if (ok) {
            pass();
        } else {
            fail(what);
        }
    }

    /// Counts a case that cannot be run, for a reason the caller tells.
    public void skip() {
        skipped++;
    }

    /// Cases that failed so far.
    public int failed() {
        return failures.size();
    }

    /// Prints `corpus NAME: N passed, N failed, N skipped` after the first failures, and throws an
    /// `AssertionError` if a case failed or none was found.
    public void finish() {
        PrintStream out = out();
        failures.stream().limit(FAILURES_SHOWN_MAX).forEach(f -> out.println("  failed: " + f));
        String line =
                "corpus %s: %d passed, %d failed, %d skipped"
                        .formatted(corpus, passed, failures.size(), skipped);
        out.println(line);
        if (!failures.isEmpty() || passed + skipped == 0) {
            throw new AssertionError(line);
        }
    }

    private static PrintStream out() {
        return System.out;
    }
}
