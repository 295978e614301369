package io.framewatch.store.clickhouse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An engine in memory that keeps numbered inserts and can lose them, or their answers. It answers
/// the questions of the flusher and of the migrations, and no other. Thread safe.
public final class FakeClickHouse implements ClickHouse {

    private static final Pattern PRESENT =
            Pattern.compile("SELECT DISTINCT toUInt64\\(batch\\) FROM (\\S+) WHERE .*");

    /// Rows by table and number; a doubled insert counts twice.
    private final Map<String, Map<Long, Integer>> tables = new HashMap<>();

    private Consumer<Moment> watcher = _ -> {};
    private int running;

    /// When a watcher is called.
    public enum Moment {
        BEFORE_INSERT,
        AFTER_INSERT
    }

    /// Calls `watch` before and after each insert takes effect; what it throws, the caller gets.
    public synchronized void watch(Consumer<Moment> watch) {
        watcher = watch;
    }

    /// Has the next `times` questions whether an insert is still running answered with yes.
    public synchronized void keepRunning(int times) {
        running = times;
    }

    /// A copy of what is stored.
    public synchronized FakeClickHouse copy() {
        FakeClickHouse copy = new FakeClickHouse();
        tables.forEach((name, batches) -> copy.tables.put(name, new HashMap<>(batches)));
        return copy;
    }

    /// Rows in `table`; of blocks of samples, the samples in them.
    public synchronized int rows(String table) {
        return tables.getOrDefault(table, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// What an engine that has gone away looks like.
    public static FaultException gone() {
        return new FaultException(Fault.later("engine_gone", "Killed.", "Try again."));
    }

    @Override
    public void insert(String table, NativeBlock block, String queryId) {
        watcher.accept(Moment.BEFORE_INSERT);
        synchronized (this) {
            long batch = Long.parseLong(queryId.substring(queryId.lastIndexOf('-') + 1));
            tables.computeIfAbsent(table, _ -> new HashMap<>())
                    .merge(batch, rows(block), Integer::sum);
        }
        watcher.accept(Moment.AFTER_INSERT);
    }

    private static int rows(NativeBlock block) {
        return block.columns().stream()
                .filter(column -> column.name().equals("times"))
                .mapToInt(times -> (int) ((NativeColumn.Numbers) times).elements())
                .findAny()
                .orElse(block.rows());
    }

    @Override
    public synchronized boolean stop(String queryId) {
        return running-- > 0;
    }

    @Override
    public synchronized Result query(Sql sql, Duration timeout) {
        List<Long> numbers = new ArrayList<>();
        Matcher present = PRESENT.matcher(sql.text());
        if (present.matches()) {
            long first = Long.parseLong(sql.parameters().get("p0"));
            long last = Long.parseLong(sql.parameters().get("p1"));
            tables.getOrDefault(present.group(1), Map.of()).keySet().stream()
                    .filter(batch -> batch >= first && batch <= last)
                    .forEach(numbers::add);
        } else if (sql.text().startsWith("SELECT toUInt64(max(b))")) {
            numbers.add(
                    tables.values().stream()
                            .flatMap(batches -> batches.keySet().stream())
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0));
        } else if (sql.text().startsWith("SELECT toInt64(max(number))")) {
            numbers.add(
                    (long)
                            Schema.migrations(new Table.Place.Single(true), Retention.FOR_EVER)
                                    .size());
        } else if (sql.text().startsWith("SELECT toInt64(count()) FROM system.storage_policies")) {
            numbers.add(1L);
        } else if (sql.text().startsWith("SELECT name, engine_full FROM system.tables")) {
            return new Once(new Block(0, List.of()));
        } else {
            throw new IllegalArgumentException("not prepared for " + sql);
        }
        long[] values = numbers.stream().mapToLong(Long::longValue).toArray();
        return new Once(new Block(values.length, List.of(new Column.Longs(values))));
    }

    @Override
    public void execute(String sql, Duration timeout) {
        // Tables are made as they are written to.
    }

    @Override
    public void close() {
        // Nothing to let go of.
    }

    private static final class Once implements Result {
        private @Nullable Block block;

        Once(Block block) {
            this.block = block.rows() == 0 ? null : block;
        }

        @Override
        public @Nullable Block next() {
            Block next = block;
            block = null;
            return next;
        }

        @Override
        public void close() {
            block = null;
        }
    }
}
