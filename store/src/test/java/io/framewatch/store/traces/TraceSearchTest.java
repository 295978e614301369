package io.framewatch.store.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.framewatch.engine.EngineException;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.clickhouse.Block;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.NativeBlock;
import io.framewatch.store.clickhouse.Result;
import io.framewatch.store.clickhouse.Sql;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TraceSearchTest {

    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long END_NS = 1_800_000_000_000_000_000L;

    private final ManualClock clock = new ManualClock(0);
    private final Narrow engine = new Narrow();

    /// An engine without traces that has memory for short windows only.
    private final class Narrow implements ClickHouse {

        private final List<Long> windowsNs = new ArrayList<>();
        private long windowMaxNs = Long.MAX_VALUE;
        private long tookMs;
        private int refused;

        @Override
        public Result query(Sql sql, Duration timeout) {
            List<Long> times =
                    sql.parameters().values().stream()
                            .filter(value -> value.matches("\\d{15,}"))
                            .map(Long::valueOf)
                            .toList();
            long windowNs = times.get(1) - times.get(0);
            clock.advance(Duration.ofMillis(tookMs));
            if (windowNs > windowMaxNs) {
                refused++;
                throw new EngineException(EngineException.MEMORY, "too much");
            }
            windowsNs.add(windowNs);
            return new Result() {
                @Override
                public @Nullable Block next() {
                    return null;
                }

                @Override
                public void close() {
                    // holds nothing
                }
            };
        }

        @Override
        public void execute(String sql, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void insert(String table, NativeBlock block, String queryId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean stop(String queryId) {
            return false;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private TraceSearch search(long fromNs) {
        TraceSelection all =
                new TraceSelection("", "", Map.of(), fromNs, END_NS - 1, 0, Long.MAX_VALUE, 20);
        return new TraceSearch(engine, Tenant.DEFAULT, all, 9, clock, Duration.ofMinutes(1));
    }

    private long covered() {
        return engine.windowsNs.stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aMonthIsGoneThroughInFewWindows() {
        assertThat(search(END_NS - 720 * HOUR_NS).ids()).isEmpty();
        assertThat(covered()).isEqualTo(720 * HOUR_NS);
        assertThat(engine.windowsNs).hasSizeLessThan(9);
    }

    @Test
    void whatTheEngineHasNoMemoryForIsAskedInShorterWindows() {
        engine.windowMaxNs = 2 * HOUR_NS;
        assertThat(search(END_NS - 48 * HOUR_NS).ids()).isEmpty();
        assertThat(covered()).isEqualTo(48 * HOUR_NS);
        assertThat(engine.refused).isPositive();
    }

    @Test
    void anEngineWithoutMemoryIsToldOf() {
        engine.windowMaxNs = 1;
        FaultException end =
                catchThrowableOfType(FaultException.class, () -> search(END_NS - HOUR_NS).ids());
        assertThat(end.fault().code()).isEqualTo("query_memory");
    }

    @Test
    void aSearchThatTakesTooLongEnds() {
        engine.tookMs = 20_000;
        FaultException end =
                catchThrowableOfType(
                        FaultException.class, () -> search(END_NS - 10_000 * HOUR_NS).ids());
        assertThat(end.fault().code()).isEqualTo("query_timeout");
    }
}
