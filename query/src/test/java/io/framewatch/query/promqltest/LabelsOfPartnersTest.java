package io.framewatch.query.promqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import org.junit.jupiter.api.Test;

/// Which series find each other: by `ignoring`, and with the info series of their time.
final class LabelsOfPartnersTest {

    private static void passes(String script) {
        ScriptReport report = new ScriptRunner(new ManualClock(0)).run("script", script);
        assertThat(report.lines()).isEmpty();
        assertThat(report.passed()).isPositive();
    }

    @Test
    void typeAndUnitTellSeriesApartUnlessTheyAreIgnored() {
        passes(
                """
                load 1m
                  seen{camera="a", __type__="counter", __unit__="frames"} 8
                  lost{camera="a", __type__="counter", __unit__="packets"} 2

                eval instant at 0 lost / seen

                eval instant at 0 lost / ignoring(__unit__) seen
                  {camera="a"} 0.25

                eval instant at 0 lost / on(camera) seen
                  {camera="a"} 0.25
                """);
    }

    @Test
    void infoSeriesAreThoseOfTheSamplesTime() {
        passes(
                """
                load 1m
                  fps{instance="enc", job="j"} 20 21 22 23 24 25 26 27 28 29
                  target_info{instance="enc", job="j", build="one"} 1 1 1 1 stale
                  target_info{instance="enc", job="j", build="two"} _ _ _ _ 1 1 1 1 1 1

                eval instant at 9m info(fps offset 7m)
                  fps{instance="enc", job="j", build="one"} 22

                eval instant at 30m info(last_over_time((fps offset 3m)[5m:1m] @ 360))
                  fps{instance="enc", job="j", build="one"} 23

                eval instant at 30m info(last_over_time((fps @ 480 offset 1m)[5m:1m] @ 120))
                  fps{instance="enc", job="j", build="two"} 27

                eval instant at 9m info(fps + 0 * (fps offset 8m))
                  {instance="enc", job="j", build="two"} 29
                """);
    }
}
