package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.store.embedded.StoreStatus;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// How the durable store is: write-ahead log, flush, hot window, calls to the engine, disk.
public final class StoreMetrics {

    private final Meters meters;
    private final Supplier<StoreStatus> store;

    private StoreMetrics(Meters meters, Supplier<StoreStatus> store) {
        this.meters = meters;
        this.store = store;
    }

    /// Adds them to `meters`; `store` tells how it is now.
    public static void addTo(Meters meters, Supplier<StoreStatus> store) {
        StoreMetrics own = new StoreMetrics(meters, store);
        own.wal();
        own.flush();
        own.hot();
        own.engine();
        own.disk();
    }

    private void gauge(String name, String help, ToDoubleFunction<StoreStatus> value) {
        meters.gauge(name, help, () -> value.applyAsDouble(store.get()));
    }

    private void counter(String name, String help, ToDoubleFunction<StoreStatus> value) {
        meters.counted(name, help, () -> value.applyAsDouble(store.get()));
    }

    private void wal() {
        gauge("framewatch_wal_bytes", "Size of the write-ahead log.", s -> s.wal().bytes());
        gauge("framewatch_wal_limit_bytes", "Size it may reach.", StoreStatus::walBytesMax);
        gauge("framewatch_wal_segments", "Files of the log.", s -> s.wal().segments());
        gauge(
                "framewatch_wal_pending_bytes",
                "Bytes that wait to be written to the log.",
                s -> s.wal().pendingBytes());
        counter("framewatch_wal_records_total", "Records made durable.", s -> s.wal().records());
        counter(
                "framewatch_wal_written_bytes_total",
                "Bytes made durable.",
                s -> s.wal().bytesWritten());
        counter("framewatch_wal_syncs_total", "Syncs of the log.", s -> s.wal().groups());
        counter(
                "framewatch_wal_sync_seconds_total",
                "Time spent in writes and syncs of the log.",
                s -> s.wal().syncNanos() / 1e9);
        counter(
                "framewatch_wal_sync_failures_total",
                "Writes and syncs that the disk refused.",
                s -> s.wal().failedGroups());
    }

    private void flush() {
        gauge(
                "framewatch_flush_lag_records",
                "Records of the log that are not yet in the engine.",
                StoreStatus::flushLagRecords);
        gauge(
                "framewatch_flush_lag_seconds",
                "How long the oldest of them has waited.",
                s -> s.flushLagMs() / 1e3);
        counter("framewatch_flush_batches_total", "Inserts made.", s -> s.flush().batches());
        counter("framewatch_flush_rows_total", "Rows inserted.", s -> s.flush().rows());
        counter(
                "framewatch_flush_resent_total",
                "Inserts sent again because the engine did not have them.",
                s -> s.flush().resent());
        counter("framewatch_flush_failures_total", "Failed flushes.", s -> s.flush().failures());
        counter(
                "framewatch_wal_damages_total",
                "Damaged places found in the log.",
                s -> s.flush().damages());
    }

    private void hot() {
        gauge("framewatch_hot_bytes", "Memory of the hot window.", s -> s.hot().bytes());
        gauge("framewatch_hot_limit_bytes", "Memory it may take.", s -> s.hot().bytesMax());
        gauge(
                "framewatch_hot_reserved_bytes",
                "Memory outside the heap that it holds for samples.",
                s -> s.hot().reservedBytes());
        gauge("framewatch_hot_series", "Series in the hot window.", s -> s.hot().series());
        gauge(
                "framewatch_hot_start_timestamp_seconds",
                "From when on the hot window is complete for every tenant, Unix time.",
                s -> s.hot().hotStartMs() / 1e3);
        counter(
                "framewatch_hot_evictions_total",
                "How often the window was shortened because its memory was spent.",
                s -> s.hot().evictions());
        counter(
                "framewatch_store_samples_unchecked_total",
                "Samples older than the hot window, stored without being compared.",
                StoreStatus::uncheckedSamples);
    }

    private void engine() {
        gauge(
                "framewatch_engine_calls_running",
                "Queries and inserts under way.",
                s -> s.calls().running());
        counter("framewatch_engine_queries_total", "Queries ended.", s -> s.calls().queries());
        counter("framewatch_engine_inserts_total", "Inserts ended.", s -> s.calls().inserts());
        counter(
                "framewatch_engine_call_seconds_total",
                "Time that queries and inserts took.",
                s -> s.calls().nanos() / 1e9);
        String errors = "framewatch_engine_errors_total";
        meters.read(
                errors,
                MetricMetadata.Type.COUNTER,
                "Calls that failed, by kind.",
                sink -> {
                    for (Map.Entry<String, Long> kind : store.get().calls().errors().entrySet()) {
                        double count = kind.getValue();
                        sink.sample(errors, Labels.of("kind", kind.getKey()), count);
                    }
                });
    }

    private void disk() {
        gauge(
                "framewatch_store_disk_bytes",
                "What the tables take on the disk, as seen in the last minute.",
                s -> s.disk().bytes());
        String signals = "framewatch_store_signal_disk_bytes";
        meters.read(
                signals,
                MetricMetadata.Type.GAUGE,
                "What the tables of a signal take on the disk, as seen in the last minute.",
                sink ->
                        store.get()
                                .disk()
                                .bySignal()
                                .forEach((signal, bytes) ->
                                        sink.sample(signals, Labels.of("signal", signal), bytes)));
        gauge(
                "framewatch_store_disk_free_bytes",
                "Free space of the data folder's disk.",
                s -> s.disk().freeBytes() == Long.MAX_VALUE ? Double.NaN : s.disk().freeBytes());
        counter(
                "framewatch_store_days_dropped_total",
                "Days deleted before their time because the disk was short.",
                s -> s.disk().droppedDays());
    }
}
