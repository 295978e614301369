package io.framewatch.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.EngineStatus;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.store.clickhouse.CallStats;
import io.framewatch.store.embedded.DiskStatus;
import io.framewatch.store.embedded.StoreStatus;
import io.framewatch.store.flush.FlushStatus;
import io.framewatch.store.hot.HotStatus;
import io.framewatch.wal.WalStats;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StoreMetricsTest {

    @Test
    void tellsTheStoreAsItIs() {
        StoreStatus status =
                new StoreStatus(
                        new WalStats(1, 2, 3, 4, 5_000_000_000L, 6, 7, 8),
                        9,
                        new FlushStatus(10, 11, 12, 13, 14, "", 15),
                        16,
                        17_500,
                        new HotStatus(18, 19, 20, 21, 22_000, 23),
                        new CallStats(24, 25, 26, 27_000_000_000L, Map.of("timeout", 28L)),
                        new DiskStatus(29, Map.of("logs", 32L), Long.MAX_VALUE, 30),
                        32);
        Meters meters = new Meters();
        StoreMetrics.addTo(meters, () -> status);
        EngineStatus engine =
                new EngineStatus(
                        EngineStatus.State.READY, ProcessHandle.current().pid(), 0, 31, "");
        EngineMetrics.addTo(meters, () -> engine);
        Map<String, Double> read = read(meters);
        assertThat(read)
                .containsEntry("framewatch_wal_bytes{}", 7.0)
                .containsEntry("framewatch_wal_limit_bytes{}", 9.0)
                .containsEntry("framewatch_wal_segments{}", 6.0)
                .containsEntry("framewatch_wal_pending_bytes{}", 8.0)
                .containsEntry("framewatch_wal_syncs_total{}", 2.0)
                .containsEntry("framewatch_wal_sync_seconds_total{}", 5.0)
                .containsEntry("framewatch_flush_lag_records{}", 16.0)
                .containsEntry("framewatch_flush_lag_seconds{}", 17.5)
                .containsEntry("framewatch_flush_failures_total{}", 14.0)
                .containsEntry("framewatch_hot_bytes{}", 18.0)
                .containsEntry("framewatch_hot_limit_bytes{}", 19.0)
                .containsEntry("framewatch_hot_series{}", 21.0)
                .containsEntry("framewatch_hot_start_timestamp_seconds{}", 22.0)
                .containsEntry("framewatch_store_samples_unchecked_total{}", 32.0)
                .containsEntry("framewatch_engine_calls_running{}", 24.0)
                .containsEntry("framewatch_engine_errors_total{kind=\"timeout\"}", 28.0)
                .containsEntry("framewatch_store_disk_bytes{}", 29.0)
                .containsEntry("framewatch_store_signal_disk_bytes{signal=\"logs\"}", 32.0)
                .containsEntry("framewatch_store_disk_free_bytes{}", Double.NaN)
                .containsEntry("framewatch_engine_up{}", 1.0)
                .containsEntry("framewatch_engine_restarts_total{}", 31.0);
        assertThat(read.get("framewatch_engine_resident_memory_bytes{}")).isGreaterThan(1e6);
    }

    private static Map<String, Double> read(Meters meters) {
        Map<String, Double> read = new TreeMap<>();
        meters.collect(
                new Meters.Sink() {
                    @Override
                    public void family(MetricMetadata family) {
                        assertThat(family.help()).endsWith(".");
                    }

                    @Override
                    public void sample(String name, Labels labels, double value) {
                        read.put(name + labels, value);
                    }
                });
        return read;
    }
}
