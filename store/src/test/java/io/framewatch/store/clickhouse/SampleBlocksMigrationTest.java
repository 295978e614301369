package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleBlocksMigrationTest {

    private static final String BLOCKS =
            "SELECT id, toUnixTimestamp64Milli(ts), toUnixTimestamp64Milli(last),"
                    + " arrayMap(t -> toUnixTimestamp64Milli(t), times), values,"
                    + " arrayMap(t -> toUnixTimestamp64Milli(t), starts), kind, batch"
                    + " FROM framewatch.sample_blocks ORDER BY id, ts, batch FORMAT TSV";

    @TempDir Path folder;

    /// As an earlier version wrote them: two flushes, two days, a stale marker, a start, a NaN.
    @Test
    void rowsOfAnEarlierVersionBecomeBlocks() throws IOException {
        try (TestEngine engine = TestEngine.start(folder)) {
            ClickHouse clickHouse = new EngineClickHouse(engine.client);
            new Migrations(
                            clickHouse,
                            Retention.FOR_EVER,
                            place -> Schema.migrations(place, Retention.FOR_EVER).subList(0, 2))
                    .run();
            engine.text(
                    """
                    INSERT INTO framewatch.samples (tenant, id, ts, value, start, batch) VALUES
                    ('a', 1, fromUnixTimestamp64Milli(1000, 'UTC'), 1, fromUnixTimestamp64Milli(0), 3),
                    ('a', 1, fromUnixTimestamp64Milli(2000, 'UTC'), 2, fromUnixTimestamp64Milli(0), 3),
                    ('a', 1, fromUnixTimestamp64Milli(3000, 'UTC'),
                     reinterpretAsFloat64(9218868437227405314), fromUnixTimestamp64Milli(0), 3),
                    ('a', 2, fromUnixTimestamp64Milli(1000, 'UTC'), 7, fromUnixTimestamp64Milli(500), 3),
                    ('a', 2, fromUnixTimestamp64Milli(2000, 'UTC'), nan, fromUnixTimestamp64Milli(0), 3)\
                    """);
            engine.text(
                    """
                    INSERT INTO framewatch.samples (tenant, id, ts, value, batch) VALUES
                    ('a', 1, fromUnixTimestamp64Milli(4000, 'UTC'), 4, 4),
                    ('a', 1, fromUnixTimestamp64Milli(86400001, 'UTC'), 5, 4)\
                    """);
            // Broken off once, behind its last statement.
            Schema.migrations(new Table.Place.Single(true), Retention.FOR_EVER)
                    .get(2)
                    .statements()
                    .forEach(clickHouse::execute);
            new Migrations(clickHouse, Retention.FOR_EVER).run();
            assertThat(engine.text(BLOCKS).lines())
                    .containsExactly(
                            "1\t1000\t2000\t[1000,2000]\t[1,2]\t[]\t0\t3",
                            "1\t3000\t3000\t[3000]\t[nan]\t[]\t1\t3",
                            "1\t4000\t4000\t[4000]\t[4]\t[]\t0\t4",
                            "1\t86400001\t86400001\t[86400001]\t[5]\t[]\t0\t4",
                            "2\t1000\t2000\t[1000,2000]\t[7,nan]\t[500,0]\t2\t3");
            assertThat(Batches.newest(clickHouse)).isEqualTo(4);
            assertThat(Batches.present(clickHouse, Schema.SAMPLES, 1, 9)).containsExactly(3L, 4L);
            assertThat(engine.text("EXISTS framewatch.samples FORMAT TSV").strip()).isEqualTo("0");
        }
    }
}
