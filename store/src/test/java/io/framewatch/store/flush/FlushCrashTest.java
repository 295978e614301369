package io.framewatch.store.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TestSpans;
import io.framewatch.store.clickhouse.FakeClickHouse;
import io.framewatch.store.clickhouse.FakeClickHouse.Moment;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.record.LogRecord;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.RecordType;
import io.framewatch.store.record.Records;
import io.framewatch.store.record.SpanRecord;
import io.framewatch.wal.Wal;
import io.framewatch.wal.WalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol of the flush against an engine that dies, and a server that dies, at each of its
/// steps: rows are counted.
class FlushCrashTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /// Three records of each signal over two days and two tenants.
    private static final int SAMPLES = 12;

    private static final int LINES = 5;
    private static final int SPANS = 3;

    @TempDir Path folder;

    private Wal open(Path own) {
        return Wal.open(own, WalOptions.DEFAULT, Clock.system());
    }

    private static Flusher start(Wal wal, FakeClickHouse engine) {
        FlushOptions options =
                new FlushOptions(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(100));
        Migrations migrations = new Migrations(engine, Retention.FOR_EVER);
        return Flusher.start(wal, engine, migrations, options, Clock.system(), line -> {});
    }

    private static void append(Wal wal, int round) {
        for (int n = 0; n < 3; n++) {
            MetricRecord record = MetricRecord.of(new Tenant(n == 2 ? "other" : "default"));
            record.series().add(new MetricRecord.SeriesRow(n, 0, Labels.of("__name__", "m" + n)));
            record.days().add(new MetricRecord.DayRow(n, round));
            for (int i = 0; i < 4; i++) {
                record.samples().add(n, (round * 2L + i % 2) * DAY_MS + i, i);
            }
            wal.append(RecordType.METRICS, record.encode());
            wal.append(RecordType.LOGS, lines(record.tenant(), n, round).encode());
            wal.append(RecordType.SPANS, spans(record.tenant(), n, round).encode());
        }
    }

    private static LogRecord lines(Tenant tenant, int n, int round) {
        List<LogRecord.LineRow> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            long timestampNs = ((round * 2L + i % 2) * DAY_MS + i) * 1_000_000L;
            lines.add(new LogRecord.LineRow(0, timestampNs, "line " + i, Labels.EMPTY));
        }
        return new LogRecord(
                tenant,
                List.of(new LogRecord.StreamRow(n, Labels.of("n", Integer.toString(n)))),
                List.of(new LogRecord.DayRow(0, round * 2), new LogRecord.DayRow(0, round * 2 + 1)),
                lines);
    }

    private static SpanRecord spans(Tenant tenant, int n, int round) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            long startNs = ((round * 2L + i % 2) * DAY_MS + i) * 1_000_000L;
            spans.add(TestSpans.span(n, i, "service", startNs));
        }
        int day = round * 2;
        return new SpanRecord(
                tenant,
                List.of(new SpanRecord.OperationRow(day, "service", "op", Span.Kind.SERVER)),
                spans);
    }

    private static void check(FakeClickHouse engine, int rounds) {
        assertThat(engine.rows("framewatch.sample_blocks")).isEqualTo(SAMPLES * rounds);
        assertThat(engine.rows("framewatch.series")).isEqualTo(3 * rounds);
        assertThat(engine.rows("framewatch.series_days")).isEqualTo(3 * rounds);
        checkSignals(engine, 3 * rounds, 3 * rounds);
    }

    private static void checkSignals(FakeClickHouse engine, int logRecords, int spanRecords) {
        assertThat(engine.rows("framewatch.logs")).isEqualTo(LINES * logRecords);
        assertThat(engine.rows("framewatch.streams")).isEqualTo(2 * logRecords);
        assertThat(engine.rows("framewatch.spans")).isEqualTo(SPANS * spanRecords);
        assertThat(engine.rows("framewatch.operations")).isEqualTo(spanRecords);
    }

    @Test
    void theEngineMayDieBeforeAndAfterEachInsert() {
        FakeClickHouse counting = new FakeClickHouse();
        AtomicInteger moments = new AtomicInteger();
        counting.watch(_ -> moments.incrementAndGet());
        flush(folder.resolve("counting"), counting, 1);
        assertThat(moments.get()).isGreaterThanOrEqualTo(20);
        for (int deadly = 1; deadly <= moments.get(); deadly++) {
            FakeClickHouse engine = new FakeClickHouse();
            AtomicInteger left = new AtomicInteger(deadly);
            engine.watch(_ -> {
                if (left.decrementAndGet() == 0) {
                    throw FakeClickHouse.gone();
                }
            });
            engine.keepRunning(deadly % 3);
            FlushStatus status = flush(folder.resolve("dies-" + deadly), engine, 2);
            check(engine, 2);
            assertThat(status.failures()).isEqualTo(1);
            assertThat(status.resent()).isPositive();
        }
    }

    private FlushStatus flush(Path own, FakeClickHouse engine, int rounds) {
        try (Wal wal = open(own)) {
            for (int round = 0; round < rounds; round++) {
                append(wal, round);
            }
            try (Flusher flusher = start(wal, engine)) {
                flusher.awaitFlushed(wal.lastSequence(), PATIENCE);
                return flusher.status();
            }
        }
    }

    @Test
    void theServerMayDieBeforeAndAfterEachInsert() throws IOException {
        record Crash(Path wal, FakeClickHouse engine) {}

        List<Crash> crashes = new ArrayList<>();
        FakeClickHouse engine = new FakeClickHouse();
        Path own = folder.resolve("lives");
        engine.watch(_ -> {
            Path copy = folder.resolve("dead-" + crashes.size());
            copy(own, copy);
            crashes.add(new Crash(copy, engine.copy()));
        });
        try (Wal wal = open(own);
                Flusher flusher = start(wal, engine)) {
            append(wal, 0);
            flusher.awaitFlushed(wal.lastSequence(), PATIENCE);
            append(wal, 1);
            flusher.awaitFlushed(wal.lastSequence(), PATIENCE);
        }
        check(engine, 2);
        assertThat(crashes).hasSizeGreaterThanOrEqualTo(40);
        for (Crash crash : crashes) {
            Records records;
            try (Wal wal = open(crash.wal())) {
                LogReader written = new LogReader(Long.MAX_VALUE);
                wal.replay(1, written);
                records = written.records;
                try (Flusher flusher = start(wal, crash.engine())) {
                    flusher.awaitFlushed(wal.lastSequence(), PATIENCE);
                }
            }
            assertThat(crash.engine().rows("framewatch.sample_blocks"))
                    .isEqualTo(4 * records.metrics().size());
            assertThat(crash.engine().rows("framewatch.series"))
                    .isEqualTo(records.metrics().size());
            assertThat(crash.engine().rows("framewatch.series_days"))
                    .isEqualTo(records.metrics().size());
            checkSignals(crash.engine(), records.logs().size(), records.spans().size());
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.filter(one -> one.toString().endsWith(".wal")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void numbersAreNotUsedAgainWhenTheLogIsLost() {
        FakeClickHouse engine = new FakeClickHouse();
        flush(folder.resolve("first"), engine, 1);
        flush(folder.resolve("second"), engine, 1);
        check(engine, 2);
    }

    @Test
    void whoWaitsForAnEngineThatStaysAwayIsToldToComeLater() {
        FakeClickHouse engine = new FakeClickHouse();
        engine.watch(moment -> {
            if (moment == Moment.BEFORE_INSERT) {
                throw FakeClickHouse.gone();
            }
        });
        try (Wal wal = open(folder.resolve("away"))) {
            append(wal, 0);
            try (Flusher flusher = start(wal, engine)) {
                assertThatThrownBy(() ->
                                flusher.awaitFlushed(wal.lastSequence(), Duration.ofMillis(500)))
                        .isInstanceOfSatisfying(
                                FaultException.class,
                                e -> assertThat(e.fault().code()).isEqualTo("engine_behind"));
                engine.watch(_ -> {});
                flusher.awaitFlushed(wal.lastSequence(), PATIENCE);
            }
        }
        check(engine, 1);
    }
}
