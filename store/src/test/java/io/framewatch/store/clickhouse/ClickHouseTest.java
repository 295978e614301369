package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.engine.TestEngine;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClickHouseTest {

    private TestEngine engine;
    private ClickHouse clickHouse;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        engine = TestEngine.start(folder);
        clickHouse = new EngineClickHouse(engine.client);
        new Migrations(clickHouse, Retention.DEFAULT).run();
    }

    @AfterAll
    void stop() {
        if (engine != null) { // skipped tests have none
            engine.close();
        }
    }

    @Test
    void everyTypeSurvivesTheWayInAndOut() {
        clickHouse.execute(
                "CREATE TABLE types (n UInt64, t DateTime64(3, 'UTC'), v Float64, s"
                        + " LowCardinality(String), m Map(LowCardinality(String), String),"
                        + " l Array(Float64), i Array(Int32), b UInt8) ENGINE = MergeTree ORDER BY n");
        NativeColumn.Fixed n = new NativeColumn.Fixed("n", "UInt64");
        NativeColumn.Fixed t = new NativeColumn.Fixed("t", "DateTime64(3, 'UTC')");
        NativeColumn.Fixed v = new NativeColumn.Fixed("v", "Float64");
        NativeColumn.Text s = new NativeColumn.Text("s");
        NativeColumn.Map m = new NativeColumn.Map("m");
        NativeColumn.Numbers l = NativeColumn.Numbers.doubles("l");
        NativeColumn.Numbers i = NativeColumn.Numbers.ints("i");
        NativeColumn.Fixed b = new NativeColumn.Fixed("b", "UInt8");
        String[] texts = {"", "plain", "tab\t, line\n, quote ' \\ and \ud83c\udfa5"};
        for (int row = 0; row < texts.length; row++) {
            n.add(row - 1L);
            t.add(1_800_000_000_000L + row);
            v.add(row == 1 ? Double.longBitsToDouble(0x7ff0000000000002L) : row / 3.0);
            s.add(texts[row]);
            m.add(row == 0 ? Labels.EMPTY : Labels.of("a", texts[row], "__name__", "x"));
            l.add(new double[] {row, 0.5});
            i.add(new int[] {-row});
            b.addByte(row);
        }
        clickHouse.insert("types", new NativeBlock(3, List.of(n, t, v, s, m, l, i, b)), "types-1");
        Block block =
                all(new Sql("SELECT n, t, v, CAST(s AS String), CAST(m AS Map(String, String)),")
                                .add(" l, i, b FROM types ORDER BY t"))
                        .getFirst();
        assertThat(block.longs(0)).containsExactly(-1, 0, 1);
        assertThat(block.longs(1)[2]).isEqualTo(1_800_000_000_002L);
        assertThat(Double.doubleToRawLongBits(block.doubles(2)[1])).isEqualTo(0x7ff0000000000002L);
        assertThat(block.texts(3)).containsExactly(texts);
        assertThat(block.labels(4)[0]).isEqualTo(Labels.EMPTY);
        assertThat(block.labels(4)[2]).isEqualTo(Labels.of("a", texts[2], "__name__", "x"));
        assertThat(block.doubleList(5, 2)).containsExactly(2, 0.5);
        assertThat(block.longList(6, 2)).containsExactly(-2);
        assertThat(block.longs(7)).containsExactly(0, 1, 2);
        for (String text : texts) {
            assertThat(all(new Sql("SELECT ").text(text)).getFirst().texts(0))
                    .containsExactly(text);
        }
    }

    private List<Block> all(Sql sql) {
        List<Block> blocks = new ArrayList<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    @Test
    void migrationsRunOnceAndRefuseANewerDatabase() {
        Migrations migrations = new Migrations(clickHouse, Retention.DEFAULT);
        migrations.run();
        assertThat(migrations.newest()).isEqualTo(4);
        assertThatThrownBy(
                        () -> new Migrations(clickHouse, Retention.DEFAULT, _ -> List.of()).run())
                .isInstanceOfSatisfying(
                        FaultException.class,
                        newer -> assertThat(newer.fault().code()).isEqualTo("schema_newer"));
    }

    @Test
    void everyTableHasTenantFirstPolicyTieredAndABatch() {
        Block tables =
                all(new Sql("SELECT name, sorting_key, storage_policy FROM system.tables")
                                .add(" WHERE database = ")
                                .text("framewatch")
                                .add(" AND name != 'migrations' ORDER BY name"))
                        .getFirst();
        assertThat(tables.texts(0))
                .containsExactly(
                        "exemplars",
                        "histograms",
                        "logs",
                        "metadata",
                        "operations",
                        "sample_blocks",
                        "series",
                        "series_days",
                        "spans",
                        "streams");
        assertThat(tables.texts(1)).allMatch(key -> key.startsWith("tenant, "));
        assertThat(tables.texts(2)).containsOnly("tiered");
        Block batches =
                all(new Sql("SELECT count() FROM system.columns WHERE database = ")
                                .text("framewatch")
                                .add(" AND name = 'batch' AND type = 'UInt32'"))
                        .getFirst();
        assertThat(batches.longs(0)).containsExactly(10);
    }

    @Test
    void aQueryThatFailsHalfWaySaysSo() {
        assertThatThrownBy(() ->
                        all(
                                new Sql("SELECT throwIf(number = 3000000) FROM")
                                        .add(" numbers(4000000)")))
                .hasMessageContaining("395");
    }
}
