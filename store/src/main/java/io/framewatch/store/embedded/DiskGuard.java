package io.framewatch.store.embedded;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.DiskUsage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Keeps a full disk from stopping ingest: looks at it every minute, and when the tables have
/// outgrown their limit or too little is free, deletes the oldest day of all signals, and the next
/// one, until it fits. The day that is being written is never deleted: when it alone is too much,
/// the log fills up to its own limit and senders are told to come back later. Thread safe.
public final class DiskGuard implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(20);

    private final ClickHouse clickHouse;
    private final DiskLimits limits;
    private final FreeSpace free;
    private final Clock clock;
    private final Consumer<String> log;
    private final Tasks tasks = new Tasks("disk-guard");

    private volatile DiskStatus status = new DiskStatus(0, Map.of(), Long.MAX_VALUE, 0);

    /// Tells how much of a disk is free.
    interface FreeSpace {

        /// Free bytes; [Long#MAX_VALUE] where that does not matter.
        long bytes() throws IOException;
    }

    DiskGuard(
            ClickHouse clickHouse,
            DiskLimits limits,
            FreeSpace free,
            Clock clock,
            Consumer<String> log) {
        this.clickHouse = clickHouse;
        this.limits = limits;
        this.free = free;
        this.clock = clock;
        this.log = log;
    }

    /// Free space of the disk that `folder` is on.
    static FreeSpace of(Path folder) {
        return () -> {
            FileStore disk = Files.getFileStore(folder);
            return disk.getUsableSpace();
        };
    }

    void start() {
        tasks.every("disk-guard", FIRST, PERIOD, this::check);
    }

    /// What it saw last.
    public DiskStatus status() {
        return status;
    }

    /// Looks once, and deletes what must go.
    void check() {
        try {
            lookAndDrop();
        } catch (FaultException | EngineException | IOException failed) {
            log.accept("the disk could not be looked at: " + failed.getMessage());
        }
    }

    private void lookAndDrop() throws IOException {
        Map<Long, Long> days = new TreeMap<>(DiskUsage.byDay(clickHouse));
        Map<String, Long> signals = DiskUsage.bySignal(clickHouse);
        long bytes = signals.values().stream().mapToLong(Long::longValue).sum();
        // What was merged or dropped still takes space for some minutes.
        long freeBytes = free.bytes();
        long willBeFree =
                Math.min(freeBytes, Long.MAX_VALUE / 2) + DiskUsage.endingBytes(clickHouse);
        long today =
                Long.parseLong(
                        LocalDate.ofInstant(clock.now(), ZoneOffset.UTC)
                                .format(DateTimeFormatter.BASIC_ISO_DATE));
        long dropped = 0;
        for (Map.Entry<Long, Long> day : days.entrySet()) {
            if (day.getKey() >= today || !isOver(bytes, willBeFree)) {
                break;
            }
            DiskUsage.drop(clickHouse, day.getKey());
            log.accept(
                    "the disk is short: deleted the data of %d, %,d bytes"
                            .formatted(day.getKey(), day.getValue()));
            bytes -= day.getValue();
            willBeFree += day.getValue();
            dropped++;
        }
        if (isOver(bytes, willBeFree)) {
            log.accept(
                    "the disk is short and only the data of today is left:"
                            + " raise store.diskMax or free space");
        }
        status =
                new DiskStatus(
                        bytes,
                        dropped == 0 ? signals : DiskUsage.bySignal(clickHouse),
                        freeBytes,
                        status.droppedDays() + dropped);
    }

    private boolean isOver(long bytes, long freeBytes) {
        return limits.bytesMax() > 0 && bytes > limits.bytesMax()
                || freeBytes < limits.freeBytesMin();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
