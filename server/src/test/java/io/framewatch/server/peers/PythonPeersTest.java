package io.framewatch.server.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Python's OpenTelemetry SDK and `prometheus_client` as senders. They run with the interpreter
/// that `FRAMEWATCH_PYTHON` names, which needs the packages `opentelemetry-sdk`,
/// `opentelemetry-exporter-otlp` and `prometheus-client`; skipped without it.
@Tag("slow")
final class PythonPeersTest {

    @TempDir private Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Framewatch framewatch =
            Framewatch.start(
                    Settings.DEFAULT
                            .withStore(TestFolders.store())
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withGrpc(GrpcSettings.at(new ListenSettings("127.0.0.1", 0, true))));

    @AfterEach
    void stop() {
        framewatch.close();
        http.close();
    }

    private void run(String script) throws Exception {
        String python = System.getenv("FRAMEWATCH_PYTHON");
        Assumptions.assumeTrue(python != null, "skipped: FRAMEWATCH_PYTHON names no interpreter");
        Path file = folder.resolve("peer.py");
        Files.writeString(file, script);
        Process process =
                new ProcessBuilder(String.valueOf(python), file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).doesNotContain("Traceback", "Failed to export");
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(framewatch.address().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static final String SDK =
            """
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.metrics import MeterProvider, Counter, Histogram
            from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader, AggregationTemporality
            from opentelemetry.sdk.metrics.view import View, ExponentialBucketHistogramAggregation
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import SimpleSpanProcessor
            from %s.metric_exporter import OTLPMetricExporter
            from %s.trace_exporter import OTLPSpanExporter
            resource = Resource({"service.name": "py", "service.instance.id": "1", "host.name": "h"})
            exporter = OTLPMetricExporter(%s, preferred_temporality={Counter: AggregationTemporality.%s})
            reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3600000)
            view = View(instrument_name="delay", aggregation=ExponentialBucketHistogramAggregation())
            meters = MeterProvider(metric_readers=[reader], resource=resource, views=[view])
            meter = meters.get_meter("peer")
            frames = meter.create_counter("frames.encoded", unit="{frame}")
            size = meter.create_histogram("segment.size", unit="By")
            delay = meter.create_histogram("delay", unit="s")
            traces = TracerProvider(resource=resource)
            traces.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(%s)))
            for i in range(3):
                frames.add(5, {"camera.id": "c1"})
                size.record(1000 * i)
                delay.record(0.1 * (i + 1))
                with traces.get_tracer("peer").start_as_current_span("encode"):
                    pass
                assert meters.force_flush()
            meters.shutdown()
            traces.shutdown()
            """;

    private void everythingArrived() throws Exception {
        assertThat(
                        get(
                                "/api/v1/query?query=frames_encoded_total{camera_id=\"c1\"}"
                                        .replace("\"", "%22")
                                        .replace("{", "%7B")
                                        .replace("}", "%7D")))
                .contains("\"job\":\"py\"", "\"instance\":\"1\"", "\"15\"");
        assertThat(get("/api/v1/query?query=segment_size_bytes_count")).contains("\"3\"");
        assertThat(get("/api/v1/query?query=histogram_count(delay_seconds)")).contains("\"3\"");
        assertThat(get("/api/v1/query?query=target_info")).contains("\"host_name\":\"h\"");
        assertThat(get("/jaeger/api/services/py/operations")).contains("encode");
    }

    @Test
    void theSdkOverGrpcWithDifferences() throws Exception {
        String module = "opentelemetry.exporter.otlp.proto.grpc";
        String target =
                "endpoint=\"http://%s\", insecure=True"
                        .formatted(framewatch.grpcAddress().orElseThrow());
        run(SDK.formatted(module, module, target, "DELTA", target));
        everythingArrived();
    }

    @Test
    void theSdkOverHttp() throws Exception {
        String module = "opentelemetry.exporter.otlp.proto.http";
        String root = "endpoint=\"" + framewatch.address();
        run(
                SDK.formatted(
                        module,
                        module,
                        root + "/api/v1/otlp/v1/metrics\"",
                        "CUMULATIVE",
                        root + "/v1/traces\""));
        everythingArrived();
    }

    @Test
    void aBatchJobPushes() throws Exception {
        run(
                """
                from prometheus_client import CollectorRegistry, Gauge, push_to_gateway, pushadd_to_gateway, delete_from_gateway
                registry = CollectorRegistry()
                Gauge("job_last_success_unixtime", "Last time", registry=registry).set(42)
                push_to_gateway("%s", job="clips/nightly", grouping_key={"dag": "a b"}, registry=registry)
                pushadd_to_gateway("%s", job="kept", registry=registry)
                push_to_gateway("%s", job="gone", registry=registry)
                delete_from_gateway("%s", job="gone")
                """
                        .replace("%s", framewatch.address().getAuthority()));
        String answer = get("/api/v1/query?query=job_last_success_unixtime");
        assertThat(answer)
                .contains("\"job\":\"clips/nightly\"", "\"dag\":\"a b\"", "\"job\":\"kept\"")
                .doesNotContain("gone");
    }
}
