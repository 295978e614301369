package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.SampleBatch;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleOrderTest {

    private static final List<Tenant> TENANTS =
            List.of(new Tenant("b"), new Tenant("a"), Tenant.DEFAULT);

    private record Row(long day, String tenant, long id, long ms, double value, long startMs) {}

    /// Random rows of three tenants and three days, many at equal times, against a plain sort that
    /// keeps the order of the log.
    @Test
    void rowsLieAsASortWouldLayThem() {
        Random random = new Random(11);
        List<MetricRecord> records = new ArrayList<>();
        List<Row> expected = new ArrayList<>();
        for (int r = 0; r < 60; r++) {
            Tenant tenant = TENANTS.get(random.nextInt(TENANTS.size()));
            MetricRecord record = MetricRecord.of(tenant);
            for (int i = random.nextInt(200); i > 0; i--) {
                long id = (random.nextInt(900) - 450) * 0x9E3779B97F4A7C15L;
                long ms = random.nextInt(3) * Inserts.DAY_MS + random.nextInt(20) * 15_000L;
                boolean started = random.nextInt(3) == 0;
                long startMs = started ? ms - 1_000L * random.nextInt(5) - 1 : SampleBatch.NO_START;
                record.samples().add(id, ms, expected.size(), startMs);
                expected.add(
                        new Row(
                                Math.floorDiv(ms, Inserts.DAY_MS),
                                tenant.id(),
                                id,
                                ms,
                                expected.size(),
                                started ? startMs : 0));
            }
            records.add(record);
        }
        expected.sort(
                Comparator.comparingLong(Row::day)
                        .thenComparing(Row::tenant)
                        .thenComparing((a, b) -> Long.compareUnsigned(a.id(), b.id()))
                        .thenComparingLong(Row::ms));
        try (FlushMemory memory = new FlushMemory()) {
            assertThat(rows(new SampleOrder(records, memory), memory)).isEqualTo(expected);
        }
    }

    private static List<Row> rows(SampleOrder order, FlushMemory memory) {
        SampleBlocks blocks = new SampleBlocks(order, memory);
        List<String> tenants = new ArrayList<>();
        int half = blocks.size() / 2;
        order.tenants(blocks, 0, half, (tenant, many) -> add(tenants, tenant, many));
        order.tenants(blocks, half, blocks.size(), (tenant, many) -> add(tenants, tenant, many));
        List<Row> rows = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            assertThat(blocks.from(block)).isEqualTo(rows.size());
            for (int i = blocks.from(block); i < blocks.to(block); i++) {
                assertThat(order.day(i)).isEqualTo(order.day(blocks.from(block)));
                rows.add(
                        new Row(
                                order.day(i),
                                tenants.get(block),
                                blocks.id(block),
                                order.timestampMs(i),
                                order.values(i, i + 1).order(ByteOrder.LITTLE_ENDIAN).getDouble(),
                                order.start(i)));
            }
        }
        assertThat(rows).hasSize(order.size());
        return rows;
    }

    private static void add(List<String> tenants, String tenant, int rows) {
        for (int i = 0; i < rows; i++) {
            tenants.add(tenant);
        }
    }

    @Test
    void blocksEndWhereStaleMarkersBeginAndWhereTheyAreFull() {
        MetricRecord record = MetricRecord.of(Tenant.DEFAULT);
        for (int i = 0; i < 500; i++) {
            double value = i == 10 || i == 11 ? StaleNaN.VALUE : i == 300 ? Double.NaN : i;
            record.samples().add(7, i * 1_000L, value, SampleBatch.NO_START);
        }
        record.samples().add(8, 0, 1, SampleBatch.NO_START);
        List<List<Integer>> found = new ArrayList<>();
        try (FlushMemory memory = new FlushMemory()) {
            SampleOrder order = new SampleOrder(List.of(record), memory);
            SampleBlocks blocks = new SampleBlocks(order, memory);
            for (int block = 0; block < blocks.size(); block++) {
                found.add(List.of(blocks.from(block), blocks.to(block), blocks.kind(block)));
            }
        }
        assertThat(found)
                .containsExactly(
                        List.of(0, 10, SampleBlocks.FINITE),
                        List.of(10, 12, SampleBlocks.STALE),
                        List.of(12, 252, SampleBlocks.FINITE),
                        List.of(252, 492, SampleBlocks.ODD),
                        List.of(492, 500, SampleBlocks.FINITE),
                        List.of(500, 501, SampleBlocks.FINITE));
    }

    @Test
    void noRowsAreNoBlocks() {
        try (FlushMemory memory = new FlushMemory()) {
            SampleOrder order = new SampleOrder(List.of(), memory);
            assertThat(new SampleBlocks(order, memory).size()).isZero();
        }
    }
}
