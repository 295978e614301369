package io.framewatch.server.telemetry;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.engine.EngineStatus;
import io.framewatch.engine.EngineStatus.State;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.util.Locale;
import java.util.function.Supplier;

/// How the embedded engine's process is.
public final class EngineMetrics {

    private EngineMetrics() {}

    /// Adds them to `meters`.
    public static void addTo(Meters meters, Supplier<EngineStatus> engine) {
        meters.gauge(
                "framewatch_engine_up",
                "1 while the storage engine answers, else 0.",
                () -> engine.get().state() == State.READY ? 1 : 0);
        meters.counted(
                "framewatch_engine_restarts_total",
                "How often the storage engine was started again.",
                () -> engine.get().restarts());
        String info = "framewatch_engine_info";
        meters.read(
                info,
                MetricMetadata.Type.GAUGE,
                "Version and state of the storage engine; always 1.",
                sink ->
                        sink.sample(
                                info,
                                Labels.of(
                                        "version",
                                        EngineLibrary.VERSION,
                                        "state",
                                        engine.get().state().name().toLowerCase(Locale.ROOT)),
                                1));
        meters.gauge(
                "framewatch_engine_resident_memory_bytes",
                "Memory that the engine's process holds in RAM.",
                () -> ProcessMetrics.residentBytes(engine.get().pid()));
    }
}
