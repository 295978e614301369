package io.framewatch.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.wire.otlp.metrics.MetricNames.Kind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricNamesTest {

    private static MetricNames names(OtlpStrategy strategy) {
        return new MetricNames(
                new OtlpOptions(
                        strategy, false, Set.of(), Set.of(), false, false, false, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "system.io, By, COUNTER, system_io_bytes_total",
        "http.server.request.duration, s, OTHER, http_server_request_duration_seconds",
        "request_duration_seconds, s, OTHER, request_duration_seconds",
        "hw.gpu.memory.utilization, 1, GAUGE, hw_gpu_memory_utilization_ratio",
        "frames, 1, COUNTER, frames_total",
        "total.requests, '', COUNTER, requests_total",
        "network.speed, By/s, GAUGE, network_speed_bytes_per_second",
        "car.speed, km/h, GAUGE, car_speed_km_per_hour",
        "packets, {packet}, COUNTER, packets_total",
        "a..b__c, '', GAUGE, a_b_c",
        "3d.frames, '', GAUGE, _3d_frames",
        "cpu.load, %, GAUGE, cpu_load_percent",
        "..., '', GAUGE, ''",
    })
    void wordsAndSuffixes(String name, String unit, Kind kind, String expected) {
        MetricNames names = names(OtlpStrategy.UNDERSCORES_AND_SUFFIXES);
        assertThat(names.metric(name, unit, kind)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNDERSCORES, system.io, By, COUNTER, system_io",
        "UNDERSCORES, 3d.x, '', GAUGE, _3d_x",
        "SUFFIXES, system.io, By, COUNTER, system.io_bytes_total",
        "SUFFIXES, request.duration.seconds, s, OTHER, request.duration_seconds",
        "SUFFIXES, requests_total, '', COUNTER, requests_total",
        "SUFFIXES, speed, By/s, GAUGE, speed_bytes_per_second",
        "NONE, system.io, By, COUNTER, system.io",
    })
    void otherStrategies(
            OtlpStrategy strategy, String name, String unit, Kind kind, String expected) {
        assertThat(names(strategy).metric(name, unit, kind)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNDERSCORES, http.method, http_method",
        "UNDERSCORES, 1st, key_1st",
        "UNDERSCORES, _x, key_x",
        "UNDERSCORES, __x, __x",
        "UNDERSCORES, a..b, a__b",
        "NONE, http.method, http.method",
    })
    void labels(OtlpStrategy strategy, String attribute, String expected) {
        assertThat(names(strategy).label(attribute)).isEqualTo(expected);
    }
}
