package io.framewatch.query.promqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import org.junit.jupiter.api.Test;

final class ScriptRunnerTest {

    private final ScriptRunner runner = new ScriptRunner(new ManualClock(0));

    private ScriptReport run(String script) {
        return runner.run("script", script);
    }

    @Test
    void countsWhatPasses() {
        ScriptReport report =
                run(
                        """
                        load 10s
                          x{a="b"} 0+1x10

                        # The value at once and over a range.
                        eval instant at 20s x
                          x{a="b"} 2

                        eval range from 0 to 20s step 10s x * 2
                          {a="b"} 0 2 4
                        """);
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(2);
    }

    @Test
    void namesTheLineOfAWrongAnswer() {
        ScriptReport report =
                run(
                        """
                        load 10s
                          x 1

                        eval instant at 0 x
                          x 2
                        """);
        assertThat(report.lines()).singleElement().asString().startsWith("script:4: x: expected");
    }

    @Test
    void anUnexpectedSeriesFails() {
        assertThat(run("load 10s\n  x 1\n\neval instant at 0 x\n").failures()).hasSize(1);
    }

    @Test
    void aMissingWarningFails() {
        assertThat(run("eval instant at 0 vector(1)\n  expect warn\n  {} 1\n").failures())
                .hasSize(1);
    }

    @Test
    void anUnexpectedSuccessFails() {
        assertThat(run("eval instant at 0 vector(1)\n  expect fail\n").failures()).hasSize(1);
    }

    @Test
    void aLineThatCannotBeReadFailsAndTheRestGoesOn() {
        ScriptReport report = run("nonsense\neval instant at 0 1\n  1\n");
        assertThat(report.failures()).hasSize(1);
        assertThat(report.passed()).isEqualTo(1);
    }

    @Test
    void clearEmptiesTheStore() {
        assertThat(run("load 1s\n  x 1\n\nclear\neval instant at 0 x\n").passed()).isEqualTo(1);
    }
}
