package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoundSeriesTest {

    /// Ids of any kind, 0 too, many with the same first or last bits; each counts once.
    @Test
    void eachSeriesIsFoundByItsId() {
        Random random = new Random(7);
        FoundSeries found = new FoundSeries();
        Map<Long, Labels> expected = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            long id = i == 0 ? 0 : random.nextInt(3_000) * (i % 2 == 0 ? 1L : 1L << 40);
            Labels labels = Labels.of("n", "" + i);
            found.add(id, labels, id % 3 == 0);
            expected.putIfAbsent(id, labels);
        }
        assertThat(found.size()).isEqualTo(expected.size());
        int row = 0;
        for (Map.Entry<Long, Labels> one : expected.entrySet()) {
            assertThat(found.row(one.getKey())).isEqualTo(row);
            assertThat(found.id(row)).isEqualTo(one.getKey());
            assertThat(found.labels(row)).isEqualTo(one.getValue());
            assertThat(found.hasHistograms(row)).isEqualTo(one.getKey() % 3 == 0);
            row++;
        }
        assertThat(found.row(7_777_777)).isEqualTo(-1);
        assertThat(found.ids(true).length + found.ids(false).length).isEqualTo(found.size());
    }
}
