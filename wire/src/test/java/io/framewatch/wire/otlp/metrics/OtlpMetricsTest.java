package io.framewatch.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.testkit.Conformance;
import io.framewatch.wire.otlp.OtlpJson;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class OtlpMetricsTest {

    private static final WriteLimits LIMITS = new WriteLimits(1_000, 20, 100, 200);

    private final Sink sink = new Sink();
    private final DeltaStreams streams = new DeltaStreams(3, 60_000);
    private SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);

    private static final class Sink implements MetricSink {

        private final List<Exemplar> exemplars = new ArrayList<>();
        private final List<MetricMetadata> metadata = new ArrayList<>();
        private @Nullable String refused;

        @Override
        public @Nullable Series series(Labels labels) {
            return labels.metricName().equals(refused)
                    ? null
                    : new Series(Tenant.DEFAULT, labels.hashCode(), labels);
        }

        @Override
        public void exemplar(Series series, Exemplar exemplar) {
            exemplars.add(exemplar);
        }

        @Override
        public void metadata(MetricMetadata family) {
            metadata.add(family);
        }
    }

    private OtlpMetrics.Result read(OtlpOptions options, String json, boolean commit) {
        ExportMetricsServiceRequest request =
                OtlpJson.read(
                                json.getBytes(StandardCharsets.UTF_8),
                                ExportMetricsServiceRequest.newBuilder())
                        .build();
        batch = new SampleBatch(Tenant.DEFAULT, 16);
        try (DeltaStreams.Pass pass = streams.begin(1)) {
            OtlpMetrics.Result result =
                    new OtlpMetrics(options, LIMITS).read(request, batch, sink, () -> pass);
            if (commit) {
                pass.commit();
            }
            return result;
        }
    }

    private OtlpMetrics.Result read(String json) {
        return read(OtlpOptions.DEFAULT, json, true);
    }

    private static String request(String metrics) {
        return """
        {"resourceMetrics":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"encoder"}},
          {"key":"service.namespace","value":{"stringValue":"live"}},
          {"key":"service.instance.id","value":{"stringValue":"i1"}},
          {"key":"host.name","value":{"stringValue":"h1"}}]},
          "scopeMetrics":[{"scope":{"name":"lib","version":"1"},"metrics":[%s]}]}]}\
        """
                .formatted(metrics);
    }

    private static String sum(int temporality, boolean monotonic, String points) {
        return request(
                "{\"name\":\"frames\",\"unit\":\"1\",\"sum\":{\"aggregationTemporality\":%d,\"isMonotonic\":%s,\"dataPoints\":[%s]}}"
                        .formatted(temporality, monotonic, points));
    }

    private static String point(long fromS, long toS, String value) {
        return "{\"startTimeUnixNano\":\"%d000000000\",\"timeUnixNano\":\"%d000000000\",%s}"
                .formatted(fromS, toS, value);
    }

    /// Rows as `labels @ms value`, without the series `target_info`.
    private Map<String, Double> rows() {
        Map<String, Double> rows = new TreeMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Labels labels = batch.series(i).labels();
            if (!labels.metricName().equals("target_info")) {
                rows.put(labels + " @" + batch.timestampMs(i), batch.value(i));
            }
        }
        return rows;
    }

    private static final String SERVICE = "instance=\"i1\", job=\"live/encoder\"";

    @Test
    void aCounterHasItsNameItsServiceItsStartAndItsExemplar() {
        String exemplar =
                "\"exemplars\":[{\"timeUnixNano\":\"15000000000\",\"asDouble\":1,\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\"}]";
        String attributes =
                "\"attributes\":[{\"key\":\"camera.id\",\"value\":{\"stringValue\":\"c1\"}},{\"key\":\"camera_id\",\"value\":{\"intValue\":\"7\"}}]";
        read(sum(2, true, point(10, 20, "\"asInt\":\"5\"," + attributes + "," + exemplar)));
        assertThat(rows())
                .isEqualTo(Map.of("frames_total{camera_id=\"c1;7\", " + SERVICE + "} @20000", 5.0));
        assertThat(batch.startTimestampMs(0)).isEqualTo(10_000);
        assertThat(sink.exemplars)
                .containsExactly(
                        new Exemplar(
                                Labels.of(
                                        "trace_id",
                                        "5b8efff798038103d269b633813fc60c",
                                        "span_id",
                                        "eee19b7ec3c1b174"),
                                1,
                                15_000));
        assertThat(sink.metadata.getFirst())
                .isEqualTo(new MetricMetadata("frames_total", MetricMetadata.Type.COUNTER, "", ""));
        Series target = batch.series(1);
        assertThat(target.labels()).hasToString("target_info{host_name=\"h1\", " + SERVICE + "}");
        assertThat(batch.timestampMs(1)).isEqualTo(20_000);
    }

    @Test
    void targetInfoStandsAllAlongALateRequest() {
        read(
                sum(
                        2,
                        true,
                        point(10, 20, "\"asInt\":\"5\"")
                                + ","
                                + point(10, 620, "\"asInt\":\"6\"")));
        List<Long> times = new ArrayList<>();
        for (int i = 2; i < batch.size(); i++) {
            times.add(batch.timestampMs(i));
        }
        assertThat(times).containsExactly(20_000L, 170_000L, 320_000L, 470_000L, 620_000L);
    }

    @Test
    void resourceAndScopeCanBecomeLabels() {
        OtlpOptions options =
                new OtlpOptions(
                        OtlpStrategy.SUFFIXES,
                        false,
                        Set.of("host.name"),
                        Set.of(),
                        true,
                        false,
                        true,
                        true,
                        true);
        read(options, sum(2, false, point(10, 20, "\"asDouble\":1.5")), true);
        assertThat(batch.series(0).labels().toMap())
                .containsEntry("host.name", "h1")
                .containsEntry("otel_scope_name", "lib")
                .containsEntry("otel_scope_version", "1")
                .containsEntry("__name__", "frames");
        assertThat(batch.series(1).labels().get("service.name")).isEqualTo("encoder");
    }

    @Test
    void differencesAddUpInOrderAndOnlyWhenStored() {
        read(sum(1, true, point(10, 20, "\"asInt\":\"5\"")));
        read(OtlpOptions.DEFAULT, sum(1, true, point(20, 30, "\"asInt\":\"2\"")), false);
        read(sum(1, true, point(20, 30, "\"asInt\":\"3\"")));
        String series = "frames_total{" + SERVICE + "} @";
        assertThat(rows()).isEqualTo(Map.of(series + "30000", 8.0));
        assertThat(batch.startTimestampMs(0)).isEqualTo(10_000);
        OtlpMetrics.Result again = read(sum(1, true, point(20, 30, "\"asInt\":\"3\"")));
        assertThat(again.refused()).isZero();
        assertThat(rows()).isEmpty();
        OtlpMetrics.Result late = read(sum(1, true, point(5, 15, "\"asInt\":\"9\"")));
        assertThat(late.refused()).isEqualTo(1);
        assertThat(late.reason()).contains("older than one taken before");
    }

    @Test
    void streamsOfDifferencesHaveALimit() {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            points.append(i == 0 ? "" : ",")
                    .append(
                            point(
                                    10,
                                    20,
                                    "\"asInt\":\"1\",\"attributes\":[{\"key\":\"i\",\"value\":{\"intValue\":\"%d\"}}]"
                                            .formatted(i)));
        }
        OtlpMetrics.Result result = read(sum(1, true, points.toString()));
        assertThat(result.refused()).isEqualTo(2);
        assertThat(result.reason()).contains("no place");
        assertThat(streams.size()).isEqualTo(3);
    }

    private static String histogram(int temporality, String point) {
        return request(
                "{\"name\":\"delay\",\"unit\":\"s\",\"histogram\":{\"aggregationTemporality\":%d,\"dataPoints\":[%s]}}"
                        .formatted(temporality, point));
    }

    private static final String BUCKETS =
            "\"count\":\"6\",\"sum\":4.5,\"explicitBounds\":[0.5,1],\"bucketCounts\":[\"1\",\"2\",\"3\"],"
                    + "\"exemplars\":[{\"timeUnixNano\":\"15000000000\",\"asDouble\":0.7}]";

    @Test
    void explicitBucketsBecomeClassicOnes() {
        read(histogram(2, point(10, 20, BUCKETS)));
        String end = SERVICE + "} @20000";
        String le = "instance=\"i1\", job=\"live/encoder\", le=";
        assertThat(rows())
                .isEqualTo(
                        Map.of(
                                "delay_seconds_bucket{" + le + "\"0.5\"} @20000", 1.0,
                                "delay_seconds_bucket{" + le + "\"1\"} @20000", 3.0,
                                "delay_seconds_bucket{" + le + "\"+Inf\"} @20000", 6.0,
                                "delay_seconds_count{" + end, 6.0,
                                "delay_seconds_sum{" + end, 4.5));
        assertThat(sink.exemplars).hasSize(1);
    }

    @Test
    void explicitDifferencesAddUpAndNewBoundsBeginAnew() {
        read(histogram(1, point(10, 20, BUCKETS)));
        read(histogram(1, point(20, 30, BUCKETS)));
        assertThat(rows()).containsEntry("delay_seconds_count{" + SERVICE + "} @30000", 12.0);
        assertThat(rows()).containsEntry("delay_seconds_sum{" + SERVICE + "} @30000", 9.0);
        read(histogram(1, point(30, 40, BUCKETS.replace("[0.5,1]", "[0.5,2]"))));
        assertThat(rows()).containsEntry("delay_seconds_count{" + SERVICE + "} @40000", 6.0);
        assertThat(batch.startTimestampMs(0)).isEqualTo(30_000);
    }

    @Test
    void explicitBucketsCanBecomeCustomOnes() {
        OtlpOptions options =
                new OtlpOptions(
                        OtlpStrategy.UNDERSCORES_AND_SUFFIXES,
                        false,
                        Set.of(),
                        Set.of(),
                        false,
                        true,
                        false,
                        true,
                        true);
        read(options, histogram(2, point(10, 20, BUCKETS)), true);
        NativeHistogram read = Objects.requireNonNull(batch.histogram(0));
        assertThat(read.schema()).isEqualTo(NativeHistogram.CUSTOM_BUCKETS);
        assertThat(read.customValues()).containsExactly(0.5, 1);
        assertThat(read.positiveBuckets()).containsExactly(1, 2, 3);
        assertThat(read.count()).isEqualTo(6);
    }

    private static String exponential(int temporality, String point) {
        return request(
                "{\"name\":\"delay\",\"unit\":\"s\",\"exponentialHistogram\":{\"aggregationTemporality\":%d,\"dataPoints\":[%s]}}"
                        .formatted(temporality, point));
    }

    private static String exponentialPoint(
            long from, long to, int scale, int offset, String counts) {
        return point(
                from,
                to,
                "\"count\":\"10\",\"sum\":4,\"scale\":%d,\"zeroCount\":\"1\",\"positive\":{\"offset\":%d,\"bucketCounts\":%s}"
                        .formatted(scale, offset, counts));
    }

    private NativeHistogram onlyHistogram() {
        return Objects.requireNonNull(batch.histogram(0));
    }

    /// Bucket 0 at scale 0 holds (1, 2], which a native histogram calls bucket 1.
    @Test
    void exponentialBucketsBecomeNativeOnes() {
        read(
                exponential(
                        2,
                        exponentialPoint(
                                10, 20, 0, 0, "[\"2\",\"0\",\"3\",\"0\",\"0\",\"0\",\"4\"]")));
        NativeHistogram read = onlyHistogram();
        assertThat(read.schema()).isZero();
        assertThat(read.positiveSpans())
                .containsExactly(new NativeHistogram.Span(1, 3), new NativeHistogram.Span(3, 1));
        assertThat(read.positiveBuckets()).containsExactly(2, 0, 3, 4);
        assertThat(read.zeroCount()).isEqualTo(1);
        assertThat(read.zeroThreshold()).isEqualTo(1e-128);
        assertThat(batch.startTimestampMs(0)).isEqualTo(10_000);
    }

    @Test
    void aFinerScaleThanNativeIsMadeCoarserAndACoarserOneRefused() {
        read(
                exponential(
                        2,
                        exponentialPoint(10, 20, 10, -5, "[\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]")));
        NativeHistogram read = onlyHistogram();
        assertThat(read.schema()).isEqualTo(8);
        // -5 >> 2 = -2, -4..-1 >> 2 = -1, 0 >> 2 = 0, each one further
        assertThat(read.positiveSpans()).containsExactly(new NativeHistogram.Span(-1, 3));
        assertThat(read.positiveBuckets()).containsExactly(1, 4, 1);
        OtlpMetrics.Result refused =
                read(exponential(2, exponentialPoint(10, 20, -5, 0, "[\"1\"]")));
        assertThat(refused.refused()).isEqualTo(1);
        assertThat(refused.reason()).contains("scale below -4");
    }

    @Test
    void exponentialDifferencesAddUpAtTheCoarserScale() {
        read(exponential(1, exponentialPoint(10, 20, 1, 0, "[\"2\",\"3\"]")));
        read(exponential(1, exponentialPoint(20, 30, 0, 0, "[\"4\"]")));
        NativeHistogram read = onlyHistogram();
        assertThat(read.schema()).isZero();
        assertThat(read.positiveBuckets()).containsExactly(9);
        assertThat(read.count()).isEqualTo(20);
        assertThat(read.sum()).isEqualTo(8);
        assertThat(read.zeroCount()).isEqualTo(2);
    }

    @Test
    void summariesAndPointsWithoutAValue() {
        String summary =
                "{\"name\":\"rtt\",\"summary\":{\"dataPoints\":[%s]}}"
                        .formatted(
                                point(
                                        10,
                                        20,
                                        "\"count\":\"3\",\"sum\":6,\"quantileValues\":[{\"quantile\":0.99,\"value\":2.5}]"));
        read(request(summary));
        assertThat(rows())
                .isEqualTo(
                        Map.of(
                                "rtt_count{" + SERVICE + "} @20000", 3.0,
                                "rtt_sum{" + SERVICE + "} @20000", 6.0,
                                "rtt{" + SERVICE + ", quantile=\"0.99\"} @20000", 2.5));
        read(sum(2, true, point(10, 20, "\"flags\":1")));
        assertThat(StaleNaN.is(batch.value(0))).isTrue();
        read(histogram(2, point(10, 20, "\"flags\":1")));
        assertThat(StaleNaN.is(batch.value(0))).isTrue();
        read(exponential(2, point(10, 20, "\"flags\":1")));
        assertThat(onlyHistogram().isStale()).isTrue();
    }

    @Test
    void whatCannotBeTakenIsCountedAndTheRestGoesOn() {
        String longName = "x".repeat(201);
        String metrics =
                """
                {"name":"","gauge":{"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}},
                {"name":"%s","gauge":{"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}},
                {"name":"a","sum":{"dataPoints":[{"timeUnixNano":"1","asInt":"1"}]}},
                {"name":"b","gauge":{"dataPoints":[{"asInt":"1"},{"timeUnixNano":"18446744073709551615","asInt":"1"}]}},
                {"name":"c","gauge":{"dataPoints":[{"timeUnixNano":"1000000","asInt":"1","attributes":[{"key":"k","value":{"stringValue":"%s"}}]}]}},
                {"name":"d","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1000000","explicitBounds":[2,1],"bucketCounts":["1","1","1"]}]}},
                {"name":"e","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1000000","explicitBounds":[1],"bucketCounts":["1"]}]}},
                {"name":"full","gauge":{"dataPoints":[{"timeUnixNano":"1000000","asInt":"1"}]}},
                {"name":"good","gauge":{"dataPoints":[{"timeUnixNano":"1000000","asInt":"7"}]}}\
                """
                        .formatted(longName, longName);
        sink.refused = "full";
        OtlpMetrics.Result result = read(request(metrics));
        assertThat(result.refused()).isEqualTo(9);
        assertThat(rows()).isEqualTo(Map.of("good{" + SERVICE + "} @1", 7.0));
    }

    @Test
    void damagedBytesAreRefusedOrRead() {
        byte[] good =
                OtlpJson.read(
                                histogram(1, point(10, 20, BUCKETS))
                                        .getBytes(StandardCharsets.UTF_8),
                                ExportMetricsServiceRequest.newBuilder())
                        .build()
                        .toByteArray();
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int j = 0; damaged.length > 0 && j < i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            SampleBatch into = new SampleBatch(Tenant.DEFAULT, 16);
            try (DeltaStreams.Pass pass = streams.begin(1)) {
                new OtlpMetrics(OtlpOptions.DEFAULT, LIMITS)
                        .read(OtlpMetrics.parse(damaged), into, sink, () -> pass);
            } catch (io.framewatch.model.FaultException e) {
                assertThat(e.fault().code()).isEqualTo("otlp_invalid");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    @Tag("conformance")
    void theExampleOfTheSpecificationIsRead() throws Exception {
        Path example = Conformance.folder("otlp").resolve("examples/metrics.json");
        Assumptions.assumeTrue(Files.exists(example), "skipped: conformance data absent");
        OtlpMetrics.Result result = read(Files.readString(example));
        assertThat(result.refused()).isZero();
        Set<String> names = new java.util.TreeSet<>();
        for (int i = 0; i < batch.size(); i++) {
            names.add(batch.series(i).labels().metricName());
        }
        assertThat(names.stream().collect(Collectors.joining(" ")))
                .isEqualTo(
                        "my_counter_total my_exponential_histogram my_gauge_ratio"
                                + " my_histogram_bucket my_histogram_count my_histogram_sum");
    }
}
