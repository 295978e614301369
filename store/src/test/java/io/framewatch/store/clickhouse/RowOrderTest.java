package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private record Row(String group, long id, int part, int row) {}

    /// Ids whose highest bit is set come last, equal ones stay as they came.
    @Test
    void idsLieAsASortWouldLayThem() {
        Random random = new Random(3);
        for (int size : new int[] {0, 1, 2, 3_000}) {
            long[] ids = random.longs(size).map(id -> id % 2 == 0 ? id % 50 : id).toArray();
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                expected.add(i);
            }
            expected.sort((a, b) -> Long.compareUnsigned(ids[a], ids[b]));
            try (FlushMemory memory = new FlushMemory()) {
                IntBuffer rows = memory.ints(size + 2);
                rows.put(0, -7).put(size + 1, -8);
                for (int i = 0; i < size; i++) {
                    rows.put(i + 1, i);
                }
                IdOrder.sort(LongBuffer.wrap(ids), rows, 1, size + 1, memory);
                List<Integer> found = new ArrayList<>();
                for (int i = 1; i <= size; i++) {
                    found.add(rows.get(i));
                }
                assertThat(found).isEqualTo(expected);
                assertThat(rows.get(0)).isEqualTo(-7);
                assertThat(rows.get(size + 1)).isEqualTo(-8);
            }
        }
    }

    @Test
    void rowsLieByGroupAndId() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        try (FlushMemory memory = new FlushMemory()) {
            RowOrder<String> order = new RowOrder<>(2_000, memory);
            for (int i = 0; i < 2_000; i++) {
                String group = "g" + random.nextInt(5);
                Row row = new Row(group, random.nextLong() >> random.nextInt(60), i % 7, i);
                rows.add(row);
                order.add(order.group(group), row.id(), row.part(), row.row());
            }
            order.sort(Comparator.reverseOrder());
            rows.sort(
                    Comparator.comparing(Row::group, Comparator.reverseOrder())
                            .thenComparing((a, b) -> Long.compareUnsigned(a.id(), b.id())));
            List<Row> found = new ArrayList<>();
            for (int place = 0; place < order.size(); place++) {
                found.add(
                        new Row(
                                order.groupAt(place),
                                order.id(place),
                                order.part(place),
                                order.row(place)));
            }
            assertThat(found).isEqualTo(rows);
        }
    }
}
