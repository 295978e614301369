package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Target;
import io.framewatch.ingest.discover.TargetBuilder;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TargetLoopTest {

    private static final long NOW_NS = 1_700_000_000_123_456_789L;

    private static List<Target> targets(int count) {
        String yaml = "scrape_configs: [{job_name: cams}]\n";
        ScrapeConfig job =
                PrometheusConfig.parse(Path.of("test.yml"), yaml).scrapeConfigs().getFirst();
        List<String> addresses =
                IntStream.range(0, count).mapToObj(i -> "cam-" + i + ":9100").toList();
        return TargetBuilder.build(job, List.of(new TargetGroup(addresses, Labels.EMPTY))).active();
    }

    @Test
    void momentsLieApartAndKeepTheirPlace() {
        for (Target target : targets(50)) {
            long due = NOW_NS + TargetLoop.delayNs(target, 15_000, NOW_NS);
            assertThat(due % 100_000_000).isZero();
            assertThat(due - NOW_NS).isBetween(0L, 15_000_000_000L - 1);
            long later = NOW_NS + 98_765_432_101L;
            assertThat((later + TargetLoop.delayNs(target, 15_000, later) - due) % 15_000_000_000L)
                    .isZero();
        }
        Target one = targets(1).getFirst();
        assertThat((NOW_NS + TargetLoop.delayNs(one, 100, NOW_NS)) % 2_000_000).isZero();
        assertThat(TargetLoop.delayNs(one, 1, NOW_NS)).isBetween(0L, 999_999L);
    }

    @Test
    void manyTargetsAreSpreadEvenly() {
        int[] inSecond = new int[15];
        for (Target target : targets(5_000)) {
            inSecond[(int) (TargetLoop.delayNs(target, 15_000, 0) / 1_000_000_000L)]++;
        }
        assertThat(Arrays.stream(inSecond).min().orElse(0)).isGreaterThan(250);
        assertThat(Arrays.stream(inSecond).max().orElse(0)).isLessThan(420);
    }
}
