package io.framewatch.store.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.store.clickhouse.FakeClickHouse;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.record.LogRecord;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.RecordType;
import io.framewatch.wal.WalOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Much in the log is flushed long before the interval is over, little is not.
final class EarlyFlushTest {

    private static final int WAITING_BYTES_MAX = 4_000;
    private static final WalOptions SMALL_FILES =
            new WalOptions(16_000, 1 << 20, 8_000, 8_000, 8_000);
    private static final int RECORDS = 30;
    private static final int PER_RECORD = 200;

    @TempDir private Path folder = Path.of("");

    private static ByteBuffer line(int length) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(length);
        while (text.length() < length) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        LogRecord.LineRow row = new LogRecord.LineRow(0, 1, text.toString(), Labels.EMPTY);
        return new LogRecord(
                        Tenant.DEFAULT,
                        List.of(new LogRecord.StreamRow(1, Labels.of("n", "1"))),
                        List.of(new LogRecord.DayRow(0, 0)),
                        List.of(row))
                .encode();
    }

    private Journal open(FakeClickHouse engine, FlushOptions options) {
        return open(folder, engine, options, WalOptions.DEFAULT);
    }

    private static Journal open(
            Path folder, FakeClickHouse engine, FlushOptions options, WalOptions wal) {
        return Journal.open(
                folder,
                engine,
                new Migrations(engine, Retention.FOR_EVER),
                wal,
                options,
                Clock.system(),
                _ -> {});
    }

    private static FlushOptions hourly(int waitingBytesMax) {
        return new FlushOptions(
                Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(100), waitingBytesMax);
    }

    @Test
    void muchIsFlushedBeforeTheIntervalIsOver() {
        FakeClickHouse engine = new FakeClickHouse();
        FlushOptions options = hourly(WAITING_BYTES_MAX);
        try (Journal journal = open(engine, options)) {
            journal.start();
            journal.awaitReady(Duration.ofSeconds(20));
            ByteBuffer little = line(10);
            assertThat(little.remaining()).isLessThan(WAITING_BYTES_MAX);
            journal.append(RecordType.LOGS, little);
            assertThat(journal.lagRecords()).isEqualTo(1);
            ByteBuffer much = line(2 * WAITING_BYTES_MAX);
            assertThat(much.remaining()).isGreaterThan(WAITING_BYTES_MAX);
            journal.append(RecordType.LOGS, much);
            await().until(() -> journal.lagRecords() == 0);
            assertThat(engine.rows("framewatch.logs")).isEqualTo(2);
        }
    }

    @Test
    void whatComesDuringAFlushWaitsForTheNext() {
        FakeClickHouse engine = new FakeClickHouse();
        FlushOptions options =
                new FlushOptions(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(100));
        try (Journal journal = open(engine, options)) {
            journal.start();
            journal.awaitReady(Duration.ofSeconds(20));
            AtomicInteger came = new AtomicInteger();
            engine.watch(moment -> {
                if (moment == FakeClickHouse.Moment.AFTER_INSERT && came.get() < 1_000) {
                    came.incrementAndGet();
                    journal.append(RecordType.LOGS, line(10));
                }
            });
            journal.append(RecordType.LOGS, line(10));
            journal.awaitFlushed(Duration.ofSeconds(20));
            // A line is three inserts: its stream, the stream's day, itself.
            await().during(Duration.ofMillis(300)).until(() -> came.get() <= 2 * 3);
            assertThat(journal.lagRecords()).isPositive();
        }
    }

    /// Many files of the log make one insert, unless they are too much.
    @Test
    void piecesOfTheLogAreFlushedTogether() throws IOException {
        assertThat(insertsOfNumbers(folder.resolve("a"), 1 << 20)).isEqualTo(1);
        assertThat(insertsOfNumbers(folder.resolve("b"), 50_000)).isBetween(2, 5);
    }

    private static int insertsOfNumbers(Path folder, int waitingBytesMax) throws IOException {
        FakeClickHouse engine = new FakeClickHouse();
        FlushOptions options = hourly(waitingBytesMax);
        AtomicInteger inserts = new AtomicInteger();
        engine.watch(moment -> {
            if (moment == FakeClickHouse.Moment.AFTER_INSERT) {
                inserts.incrementAndGet();
            }
        });
        try (Journal journal =
                open(Files.createDirectories(folder), engine, options, SMALL_FILES)) {
            appendNumbers(journal);
            int before = inserts.get();
            journal.start();
            journal.awaitFlushed(Duration.ofSeconds(20));
            assertThat(engine.rows("framewatch.sample_blocks")).isEqualTo(RECORDS * PER_RECORD);
            return inserts.get() - before;
        }
    }

    private static void appendNumbers(Journal journal) {
        for (int i = 0; i < RECORDS; i++) {
            MetricRecord record = MetricRecord.of(Tenant.DEFAULT);
            for (int n = 0; n < PER_RECORD; n++) {
                record.samples().add(n, i, n);
            }
            journal.append(RecordType.METRICS, record.encode());
        }
    }

    /// Files that were read before one that cannot be are read again with it.
    @Test
    void whatCannotBeReadIsFlushedLater() throws IOException {
        FakeClickHouse engine = new FakeClickHouse();
        FlushOptions options =
                new FlushOptions(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(100));
        try (Journal journal = open(folder, engine, options, SMALL_FILES)) {
            appendNumbers(journal);
            Path third;
            try (Stream<Path> files = Files.list(folder.resolve("wal"))) {
                third =
                        files.filter(file -> file.toString().endsWith(".wal"))
                                .sorted()
                                .toList()
                                .get(2);
            }
            Path away = folder.resolve("away");
            Files.move(third, away);
            journal.start();
            await().until(() -> journal.flushStatus().failures() > 1);
            assertThat(journal.flushStatus().lastFailure()).contains("cannot be read");
            assertThat(engine.rows("framewatch.sample_blocks")).isZero();
            Files.move(away, third);
            journal.awaitFlushed(Duration.ofSeconds(20));
            assertThat(engine.rows("framewatch.sample_blocks")).isEqualTo(RECORDS * PER_RECORD);
        }
    }
}
