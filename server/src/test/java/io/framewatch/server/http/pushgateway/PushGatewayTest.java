package io.framewatch.server.http.pushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PushGatewayTest {

    private static final Labels GROUP = Labels.of("job", "nightly", "dag", "clips");

    private static final int VALUE_LENGTH_MAX = SeriesLimits.DEFAULT.valueLengthMax();

    @TempDir private Path folder = Path.of("");
    private final ManualClock clock = new ManualClock(1_800_000_000_000L);
    private final InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.DEFAULT);

    @AfterEach
    void stop() {
        store.close();
    }

    private PushGateway gateway() {
        return new PushGateway(store, folder, clock);
    }

    private static PushGateway.Pushed pushed(String name, double value) {
        return new PushGateway.Pushed(
                Map.of(GROUP.with(Labels.NAME, name), PushValue.of(value)), List.of());
    }

    private double newest(String name) {
        List<SeriesSamples> found =
                store.select(
                        Tenant.DEFAULT,
                        List.of(Matcher.equal(Labels.NAME, name), Matcher.equal("job", "nightly")),
                        new TimeRange(0, Long.MAX_VALUE / 2),
                        SelectLimits.DEFAULT);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst().values()[found.getFirst().size() - 1];
    }

    @Test
    void aPushIsStoredAtOnceAndAgainUntilItIsDeleted() {
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("clips_total", 7), true);
            assertThat(newest("clips_total")).isEqualTo(7);
            assertThat(newest("push_time_seconds")).isEqualTo(1_800_000_000.0);
            assertThat(newest("push_failure_time_seconds")).isZero();
            clock.advance(PushGateway.INTERVAL);
            gateway.refresh();
            assertThat(count("clips_total")).isEqualTo(2);
            clock.advance(PushGateway.INTERVAL);
            gateway.delete(Tenant.DEFAULT, GROUP);
            assertThat(StaleNaN.is(newest("clips_total"))).isTrue();
            assertThat(StaleNaN.is(newest("push_time_seconds"))).isTrue();
            assertThat(gateway.groups()).isZero();
        }
        try (PushGateway again = gateway()) {
            assertThat(again.groups()).isZero();
        }
    }

    private int count(String name) {
        return store.select(
                        Tenant.DEFAULT,
                        List.of(Matcher.equal(Labels.NAME, name)),
                        new TimeRange(0, Long.MAX_VALUE / 2),
                        SelectLimits.DEFAULT)
                .getFirst()
                .size();
    }

    @Test
    void putReplacesTheGroupAndPostTheNames() {
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1), true);
            clock.advance(PushGateway.INTERVAL);
            gateway.push(Tenant.DEFAULT, GROUP, pushed("b", 2), false);
            assertThat(newest("a")).isEqualTo(1);
            clock.advance(PushGateway.INTERVAL);
            gateway.push(Tenant.DEFAULT, GROUP, pushed("c", 3), true);
            assertThat(StaleNaN.is(newest("a"))).isTrue();
            assertThat(StaleNaN.is(newest("b"))).isTrue();
            assertThat(newest("c")).isEqualTo(3);
        }
    }

    @Test
    void groupsOutliveARestartAndBelongToTheirTenant() {
        Tenant other = new Tenant("other");
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1.5), true);
            gateway.push(other, GROUP, pushed("b", Double.NaN), true);
            gateway.failed(Tenant.DEFAULT, GROUP);
        }
        try (PushGateway gateway = gateway()) {
            PushGroup kept = gateway.groups(Tenant.DEFAULT).getFirst();
            assertThat(kept.labels()).isEqualTo(GROUP);
            assertThat(kept.samples())
                    .isEqualTo(Map.of(GROUP.with(Labels.NAME, "a"), PushValue.of(1.5)));
            assertThat(kept.pushedAtMs()).isEqualTo(1_800_000_000_000L);
            assertThat(kept.failedAtMs()).isEqualTo(1_800_000_000_000L);
            assertThat(gateway.groups(other).getFirst().samples())
                    .containsOnlyKeys(GROUP.with(Labels.NAME, "b"));
        }
    }

    @Test
    void nativeHistogramsAreKeptToTheBit() throws Exception {
        Labels series = GROUP.with(Labels.NAME, "sizes");
        PushValue histogram = PushValue.of(histogram());
        Map<Labels, PushValue> samples =
                Map.of(series, histogram, GROUP.with(Labels.NAME, "a"), PushValue.of(1));
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, new PushGateway.Pushed(samples, List.of()), true);
            assertThat(newest("a")).isEqualTo(1);
        }
        clock.advance(PushGateway.INTERVAL);
        try (PushGateway gateway = gateway()) {
            PushGroup kept = gateway.groups(Tenant.DEFAULT).getFirst();
            assertThat(kept.samples()).isEqualTo(samples);
            gateway.refresh();
            assertThat(count("sizes")).isEqualTo(2);
            clock.advance(PushGateway.INTERVAL);
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 2), true);
            assertThat(StaleNaN.is(newest("sizes"))).isTrue();
        }
    }

    private static NativeHistogram histogram() {
        return new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN,
                2,
                0.001,
                1,
                8,
                20.25,
                new NativeHistogram.Span[] {
                    new NativeHistogram.Span(-3, 2), new NativeHistogram.Span(1, 1)
                },
                new double[] {1, 2, 3},
                new NativeHistogram.Span[] {new NativeHistogram.Span(0, 1)},
                new double[] {1},
                new double[0]);
    }

    @Test
    void aFileWhoseHistogramsAreDamagedIsLeftAlone() throws Exception {
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1), true);
        }
        Path file = PushGroupFile.of(folder.resolve("default"), GROUP);
        Files.writeString(file, Files.readString(file) + "# HISTOGRAMS %%%\n");
        try (PushGateway gateway = gateway()) {
            assertThat(gateway.groups()).isZero();
        }
        assertThat(file).exists();
    }

    @Test
    void aDamagedFileIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("default"));
        Path damaged = folder.resolve("default/x.prom");
        Files.writeString(damaged, "{{{");
        try (PushGateway gateway = gateway()) {
            assertThat(gateway.groups()).isZero();
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1), true);
        }
        assertThat(damaged).exists();
    }

    @Test
    void whatCannotBeReadKeepsNothingElseFromBeingRead() throws Exception {
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1), true);
            gateway.push(new Tenant("other"), GROUP, pushed("b", 2), true);
        }
        Files.writeString(folder.resolve("a-file"), "no folder");
        Files.createDirectories(folder.resolve("no tenant"));
        Files.copy(
                PushGroupFile.of(folder.resolve("other"), GROUP),
                folder.resolve("no tenant/x.prom"));
        Files.createDirectories(folder.resolve("default/folder.prom"));
        try (PushGateway gateway = gateway()) {
            assertThat(gateway.groups(Tenant.DEFAULT)).hasSize(1);
            assertThat(gateway.groups(new Tenant("other"))).hasSize(1);
        }
    }

    @Test
    void aRefusedPushDoesNotComeBackAfterARestart() {
        try (PushGateway gateway = gateway()) {
            gateway.push(Tenant.DEFAULT, GROUP, pushed("a", 1), true);
            assertThatThrownBy(() ->
                            gateway.push(
                                    Tenant.DEFAULT,
                                    GROUP,
                                    pushed("x".repeat(VALUE_LENGTH_MAX + 1), 2),
                                    true))
                    .isInstanceOf(FaultException.class);
            assertThat(newest("a")).isEqualTo(1);
        }
        try (PushGateway gateway = gateway()) {
            assertThat(gateway.groups(Tenant.DEFAULT).getFirst().samples())
                    .containsOnlyKeys(GROUP.with(Labels.NAME, "a"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job/nightly | {job=\"nightly\"}",
                "job/nightly/ | {job=\"nightly\"}",
                "job/a%2Fb/dag/x%20y | {dag=\"x y\", job=\"a/b\"}",
                "job@base64/YS9i/path@base64/L3Zhci90bXA | {job=\"a/b\", path=\"/var/tmp\"}",
                "job@base64/YS9i/instance@base64/= | {job=\"a/b\"}",
                "job/a+b | {job=\"a+b\"}",
            })
    void pathsNameGroups(String path, String labels) {
        assertThat(PushPath.labels(path)).hasToString(labels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job",
                "job/",
                "job/a/b",
                "instance/a",
                "job/a/__x/b",
                "job/a/b-c/d",
                "job/a/job/b",
                "job/%zz",
                "job@base64/*",
            })
    void otherPathsAreRefused(String path) {
        assertThatThrownBy(() -> PushPath.labels(path))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().code()).isEqualTo("push_path"));
    }
}
