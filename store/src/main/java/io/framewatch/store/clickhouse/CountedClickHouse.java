package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts what is asked of another [ClickHouse]. Thread safe.
///
/// Until the other has answered once, a call that finds nobody is counted as `starting`: the stores
/// ask while the engine's process comes up, and ask again. After that, or [#STARTING_MAX] after
/// this was made, it is `gone`: a server that never answers is not starting.
public final class CountedClickHouse implements ClickHouse {

    /// So long an engine may take to answer for the first time.
    static final Duration STARTING_MAX = Duration.ofMinutes(2);

    private final ClickHouse inner;
    private final long madeNs;
    private final Clock clock;
    private final LongAdder running = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder inserts = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private volatile boolean answered;

    /// Counts calls of `inner`, and closes it.
    public CountedClickHouse(ClickHouse inner, Clock clock) {
        this.inner = inner;
        this.clock = clock;
        this.madeNs = clock.nanoTime();
    }

    /// What was counted.
    public CallStats stats() {
        Map<String, Long> byKind = new TreeMap<>();
        errors.forEach((kind, count) -> byKind.put(kind, count.sum()));
        return new CallStats(
                running.sum(), queries.sum(), inserts.sum(), nanos.sum(), Map.copyOf(byKind));
    }

    /// A query is under way until its result is closed.
    @Override
    public Result query(Sql sql, Duration timeout) {
        long started = clock.nanoTime();
        running.increment();
        try {
            return new Counted(told(() -> inner.query(sql, timeout)), started);
        } catch (RuntimeException refused) {
            ended(queries, started);
            throw refused;
        }
    }

    private void ended(LongAdder kind, long started) {
        running.decrement();
        kind.increment();
        nanos.add(clock.nanoTime() - started);
    }

    private <R extends @Nullable Object> R told(Supplier<R> call) {
        try {
            R answer = call.get();
            heard();
            return answer;
        } catch (EngineException refused) {
            heard();
            count(kind(refused));
            throw refused;
        } catch (FaultException gone) {
            count(answered || isLate() ? "gone" : "starting");
            throw gone;
        }
    }

    private boolean isLate() {
        return clock.nanoTime() - madeNs > STARTING_MAX.toNanos();
    }

    /// A refusal is an answer too. Written once, as every block that is read comes by here.
    private void heard() {
        if (!answered) {
            answered = true;
        }
    }

    private void count(String kind) {
        errors.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    private static String kind(EngineException refused) {
        return switch (refused.code()) {
            case EngineException.TIMEOUT -> "timeout";
            case EngineException.MEMORY -> "memory";
            case EngineException.BUSY -> "busy";
            case EngineException.CANCELLED -> "canceled";
            default -> "refused";
        };
    }

    private final class Counted implements Result {
        private final Result result;
        private final long started;
        private boolean open = true;

        private Counted(Result result, long started) {
            this.result = result;
            this.started = started;
        }

        @Override
        public @Nullable Block next() {
            return told(result::next);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                ended(queries, started);
            }
            result.close();
        }
    }

    @Override
    public void execute(String sql, Duration timeout) {
        told(() -> {
            inner.execute(sql, timeout);
            return true;
        });
    }

    @Override
    public void insert(String table, NativeBlock block, String queryId) {
        long started = clock.nanoTime();
        running.increment();
        try {
            told(() -> {
                inner.insert(table, block, queryId);
                return true;
            });
        } finally {
            ended(inserts, started);
        }
    }

    @Override
    public boolean stop(String queryId) {
        return told(() -> inner.stop(queryId));
    }

    @Override
    public void close() {
        inner.close();
    }
}
