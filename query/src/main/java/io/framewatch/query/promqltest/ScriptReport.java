package io.framewatch.query.promqltest;

import java.util.List;

/// How a script went.
///
/// @param name of the script
/// @param passed evals that answered as expected
/// @param failures what did not
public record ScriptReport(String name, int passed, List<Failure> failures) {

    /// One thing that did not go as expected.
    ///
    /// @param line of the script, from 1
    /// @param what what was expected and what came
    public record Failure(int line, String what) {}

    /// One line per failure, `name:line: what`.
    public List<String> lines() {
        return failures.stream()
                .map(failure -> name + ":" + failure.line() + ": " + failure.what())
                .toList();
    }
}
