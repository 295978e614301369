package io.framewatch.rules.test;

import java.util.List;

/// What came of the tests of one file.
///
/// @param file the file
/// @param problems what is wrong with the file or its rule files; no test was run if there is any
/// @param results one per test that was run
public record RuleTestReport(String file, List<String> problems, List<Result> results) {

    /// What came of one test.
    ///
    /// @param name its name
    /// @param failures what was not as expected, a few lines each; empty if it passed
    public record Result(String name, List<String> failures) {}

    /// Whether everything was as expected.
    public boolean passed() {
        return problems.isEmpty()
                && results.stream().allMatch(result -> result.failures().isEmpty());
    }
}
