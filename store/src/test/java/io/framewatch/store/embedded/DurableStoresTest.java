package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.LogStoreContract;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.TraceStore;
import io.framewatch.store.TraceStoreContract;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.store.tail.Signal;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contracts of log lines and spans on the engine, wherever the data is at the time: in memory,
/// partly or wholly in the engine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DurableStoresTest {

    private static final long BASE_MS = 1_800_000_000_000L;

    private Path folder = Path.of("");
    private TestEngine engine;
    private int stores;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        engine = TestEngine.start(temporary.resolve("engine"));
    }

    @AfterAll
    void stop() {
        if (engine != null) { // skipped tests have none
            engine.close();
        }
    }

    private DurableStores open(Duration interval, long nowMs) {
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        FlushOptions flush = new FlushOptions(interval, Duration.ZERO, Duration.ofSeconds(1));
        return DurableStores.open(
                folder.resolve("stores-" + ++stores),
                new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                EngineStoreOptions.DEFAULT.withFlush(flush).withRetention(Retention.FOR_EVER),
                Signal.DEFAULT,
                Signal.DEFAULT,
                new ManualClock(nowMs),
                System.out::println);
    }

    /// Both contracts on stores that a subclass opens.
    abstract static class Both implements LogStoreContract, TraceStoreContract {

        abstract DurableStores open();

        /// Called behind each append.
        void appended(DurableStores opened) {
            // stays where it is
        }

        @Override
        public long baseNs() {
            return BASE_MS * 1_000_000L;
        }

        @Override
        public LogStore newLogStore() {
            DurableStores opened = open();
            return new LogsOf(opened, () -> appended(opened));
        }

        @Override
        public TraceStore newTraceStore() {
            DurableStores opened = open();
            return new TracesOf(opened, () -> appended(opened));
        }
    }

    /// Times that the memory holds wholly: the engine is not asked.
    @Nested
    class InMemory extends Both {

        @Override
        DurableStores open() {
            return DurableStoresTest.this.open(Duration.ofHours(1), BASE_MS);
        }
    }

    /// Times before the start: the engine is asked, and what it does not have comes from memory.
    @Nested
    class Unflushed extends Both {

        @Override
        DurableStores open() {
            return DurableStoresTest.this.open(Duration.ofHours(1), BASE_MS + 3_600_000);
        }
    }

    /// Everything is in the engine.
    @Nested
    class InTheEngine extends Both {

        @Override
        DurableStores open() {
            return DurableStoresTest.this.open(Duration.ofHours(1), BASE_MS + 3_600_000);
        }

        @Override
        void appended(DurableStores opened) {
            opened.journal().awaitFlushed(TestEngine.PATIENCE);
        }

        /// Pages are cut where their lines are too long for memory, down to single lines.
        @Test
        void linesComeInOrderHoweverLongTheyAre() {
            Labels stream = Labels.of("app", "long");
            List<LogEntry> entries = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                int length = i % 100 == 50 ? 700_000 : i >= 1_001 && i < 1_006 ? 2_500_000 : 0;
                String text = "line " + i + "y".repeat(length);
                entries.add(new LogEntry(baseNs() + i, stream, text, Labels.EMPTY));
            }
            try (LogStore store = newLogStore()) {
                for (int from = 0; from < entries.size(); from += 500) {
                    store.append(Tenant.DEFAULT, entries.subList(from, from + 500));
                }
                List<LogEntry> found = new ArrayList<>();
                LogSelection all =
                        new LogSelection(
                                List.of(Matcher.equal("app", "long")),
                                List.of(),
                                baseNs(),
                                baseNs() + 10_000,
                                false,
                                Integer.MAX_VALUE);
                store.select(Tenant.DEFAULT, all, found::add);
                assertThat(found.equals(entries)).as("the same lines").isTrue();
            }
        }
    }

    /// The log store of stores that are closed with it.
    private record LogsOf(DurableStores stores, Runnable appended) implements LogStore {

        @Override
        public void append(Tenant tenant, List<LogEntry> entries) {
            stores.logs().append(tenant, entries);
            appended.run();
        }

        @Override
        public void select(Tenant tenant, LogSelection selection, Predicate<LogEntry> sink) {
            stores.logs().select(tenant, selection, sink);
        }

        @Override
        public List<Labels> streams(Tenant tenant, List<Matcher> matchers, long fromNs, long toNs) {
            return stores.logs().streams(tenant, matchers, fromNs, toNs);
        }

        @Override
        public void close() {
            stores.close();
        }
    }

    /// The trace store of stores that are closed with it.
    private record TracesOf(DurableStores stores, Runnable appended) implements TraceStore {

        @Override
        public void append(Tenant tenant, List<Span> spans) {
            stores.traces().append(tenant, spans);
            appended.run();
        }

        @Override
        public List<Span> trace(Tenant tenant, String traceId) {
            return stores.traces().trace(tenant, traceId);
        }

        @Override
        public List<List<Span>> search(Tenant tenant, TraceSelection selection) {
            return stores.traces().search(tenant, selection);
        }

        @Override
        public List<String> services(Tenant tenant) {
            return stores.traces().services(tenant);
        }

        @Override
        public List<Operation> operations(Tenant tenant, String service) {
            return stores.traces().operations(tenant, service);
        }

        @Override
        public void close() {
            stores.close();
        }
    }
}
