package io.framewatch.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.rules.RuleOptions;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.rules.status.RuleStatus;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.MetricStore;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.FakeClickHouse;
import io.framewatch.store.clickhouse.NativeBlock;
import io.framewatch.store.clickhouse.Result;
import io.framewatch.store.clickhouse.Sql;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of one evaluation wait for the disk together, and see each other all the same.
class SharedSyncsTest {

    private static final long T = 1_800_000_000_000L;
    private static final int RULES = 100;

    private final ManualClock clock = new ManualClock(T - 3_600_000);

    /// Rules of which each reads what the one before wrote.
    private static RuleFile chain() {
        StringBuilder text = new StringBuilder("groups:\n- name: chain\n  rules:\n");
        for (int i = 1; i <= RULES; i++) {
            text.append("  - record: step_").append(i).append("\n");
            text.append("    expr: step_").append(i - 1).append(" + 1\n");
        }
        return RuleFile.read("chain.yml", text.toString());
    }

    private GroupEvaluation group(MetricStore store, MetricAppender appender) {
        PromqlEngine engine = new PromqlEngine(store, PromqlOptions.DEFAULT, clock);
        RuleContext context =
                new RuleContext(
                        Tenant.DEFAULT,
                        new EngineQuery(engine, RuleOptions.DEFAULT.timeout()),
                        appender,
                        store,
                        Labels.EMPTY,
                        "");
        return new GroupEvaluation(
                context, "chain.yml", chain().groups().getFirst(), 60_000, 0, false, clock);
    }

    private static void seed(MetricStore store) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(store.series(Tenant.DEFAULT, Labels.of("__name__", "step_0")), T, 0);
        store.append(batch);
    }

    private static double value(MetricStore store, int step) {
        List<SeriesSamples> found =
                store.select(
                        Tenant.DEFAULT,
                        List.of(Matcher.equal(Labels.NAME, "step_" + step)),
                        new TimeRange(T, T),
                        SelectLimits.DEFAULT);
        return found.getFirst().values()[0];
    }

    /// An engine that is away: memory and log do without.
    private static final class Away implements ClickHouse {

        @Override
        public Result query(Sql sql, Duration timeout) {
            throw FakeClickHouse.gone();
        }

        @Override
        public void execute(String sql, Duration timeout) {
            throw FakeClickHouse.gone();
        }

        @Override
        public void insert(String table, NativeBlock block, String queryId) {
            throw FakeClickHouse.gone();
        }

        @Override
        public boolean stop(String queryId) {
            throw FakeClickHouse.gone();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Test
    void aChainOfRulesTakesFewSyncs(@TempDir Path folder) {
        try (EngineMetricStore store =
                EngineMetricStore.open(
                        folder, new Away(), EngineStoreOptions.DEFAULT, clock, _ -> {})) {
            clock.setWallMs(T);
            seed(store);
            GroupEvaluation group = group(store, store);
            long before = store.walStats().groups();
            group.evaluate(T);
            long syncs = store.walStats().groups() - before;
            assertThat(group.failures()).isZero();
            assertThat(value(store, RULES)).isEqualTo(RULES);
            assertThat(syncs).as("syncs").isBetween(1L, RULES / 2L);
        }
    }

    /// A store whose disk refuses what is written for one series.
    private record Refusing(MetricStore store, String name) implements MetricAppender {

        @Override
        public Series series(Tenant tenant, Labels labels) {
            return store.series(tenant, labels);
        }

        @Override
        public AppendResult append(SampleBatch batch) {
            if (batch.series(0).labels().get(Labels.NAME).equals(name)) {
                throw new FaultException(Fault.later("wal_disk_full", "Full.", "Free space."));
            }
            return store.append(batch);
        }

        @Override
        public void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
            store.exemplars(tenant, exemplars);
        }

        @Override
        public void metadata(Tenant tenant, Collection<MetricMetadata> metadata) {
            store.metadata(tenant, metadata);
        }
    }

    @Test
    void aRuleWhoseWriteFailsIsToldToBeBadAndTheOthersGoOn() {
        try (InMemoryMetricStore store = new InMemoryMetricStore()) {
            seed(store);
            GroupEvaluation group = group(store, new Refusing(store, "step_40"));
            group.evaluate(T);
            List<RuleStatus> rules = group.status().rules();
            assertThat(rules.get(38).health()).isEqualTo(RuleStatus.Health.OK);
            assertThat(rules.get(39).health()).isEqualTo(RuleStatus.Health.BAD);
            assertThat(rules.get(39).lastError()).isEqualTo("Full.");
            assertThat(group.failures()).isEqualTo(1);
            assertThat(value(store, 39)).isEqualTo(39);
        }
    }
}
