package io.framewatch.query.promqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import org.junit.jupiter.api.Test;

/// What the scripts of Prometheus do not ask, as Prometheus answers it.
final class EdgesTest {

    private static void passes(String script, int evals) {
        ScriptReport report = new ScriptRunner(new ManualClock(0)).run("edges", script);
        assertThat(report.lines()).isEmpty();
        assertThat(report.passed()).isEqualTo(evals);
    }

    @Test
    void nobodyComplainsOfDuplicatesWhereTheOtherSideIsEmpty() {
        passes(
                """
                load 1m
                  many{job="a", host="x"} 1 1 1
                  many{job="a", host="y"} 2 2 2
                  late{job="a"} _ _ 5

                eval instant at 0 absent_here * on (job) many

                eval instant at 0 many * on (job) group_right () absent_here

                eval instant at 0 absent_here > bool on (job) many

                eval instant at 2m late * on (job) many
                  expect fail

                eval range from 0 to 2m step 1m late * on (job) many
                  expect fail

                eval range from 0 to 1m step 1m late * on (job) many

                eval instant at 0 absent_here + on (job) fill (0) many
                  expect fail

                eval instant at 0 other_absent + fill (0) absent_here
                """,
                8);
    }

    @Test
    void hyperbolicFunctionsReachToTheEndsOfNumbers() {
        passes(
                """
                load 1m
                  x{of="huge"} 1e200
                  x{of="tiny"} -1e-300
                  x{of="up"} +Inf
                  x{of="down"} -Inf
                  x{of="none"} NaN
                  x{of="one"} 1

                eval instant at 0 asinh(x)
                  {of="huge"} 461.2101657793691
                  {of="tiny"} -1e-300
                  {of="up"} +Inf
                  {of="down"} -Inf
                  {of="none"} NaN
                  {of="one"} 0.881373587019543

                eval instant at 0 acosh(x)
                  {of="huge"} 461.2101657793691
                  {of="tiny"} NaN
                  {of="up"} +Inf
                  {of="down"} NaN
                  {of="none"} NaN
                  {of="one"} 0

                eval instant at 0 log2(x)
                  {of="huge"} 664.3856189774724
                  {of="tiny"} NaN
                  {of="up"} +Inf
                  {of="down"} NaN
                  {of="none"} NaN
                  {of="one"} 0

                eval instant at 0 acosh(vector(1.0000000000001)) * 1e7
                  {} 4.4703483581542
                """,
                4);
    }

    @Test
    void infinityOutdoesWhatIsNoNumber() {
        passes(
                """
                load 1m
                  x NaN

                eval instant at 0 clamp_min(x, Inf)
                  {} Inf

                eval instant at 0 clamp_max(x, -Inf)
                  {} -Inf

                eval instant at 0 clamp_max(x, 1)
                  {} NaN

                eval instant at 0 clamp(x, 0, 1)
                  {} NaN
                """,
                4);
    }

    @Test
    void countsOfValuesDoWithoutTheLabelThatIsNotWanted() {
        passes(
                """
                load 1m
                  x{host="a", v="old"} 1
                  x{host="b", v="old"} 2
                  x{host="b", v="new"} 2

                eval instant at 0 count_values without (v, host) ("v", x)
                  {} 3

                eval instant at 0 count_values without (host) ("v", x)
                  {v="1"} 1
                  {v="2"} 2

                eval instant at 0 count_values by (v) ("v", x)
                  {v="1"} 1
                  {v="2"} 2
                """,
                3);
    }

    @Test
    void faultsAndNotesSayWhereTheyArise() {
        passes(
                """
                load 1m
                  x 1 2 3
                  b_bucket{le=" 1"} 1
                  b_bucket{le="+Inf"} 1

                eval instant at 2m double_exponential_smoothing(x[5m], 2, 0.5)
                  expect fail msg: 1:30: invalid smoothing factor. Expected: 0 < sf < 1, got: 2.000000.

                eval instant at 0 histogram_quantile(0.5, b_bucket)
                  expect warn msg: PromQL warning: bucket label "le" is missing or has a malformed value of " 1" for metric name "b_bucket" (1:25)
                  {} NaN
                """,
                2);
    }
}
