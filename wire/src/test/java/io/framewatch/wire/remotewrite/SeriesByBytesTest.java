package io.framewatch.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesByBytesTest {

    private static byte[] bytes(int i) {
        return ("before" + "x".repeat(i % 23) + i + "behind").getBytes(StandardCharsets.UTF_8);
    }

    private static Series series(int i) {
        return new Series(Tenant.DEFAULT, i, Labels.of("__name__", "m" + i));
    }

    private static @Nullable Series find(SeriesByBytes known, int i) {
        byte[] bytes = bytes(i);
        return known.find(bytes, 6, bytes.length - 6);
    }

    private static void put(SeriesByBytes known, int i) {
        byte[] bytes = bytes(i);
        known.put(bytes, 6, bytes.length - 6, series(i));
    }

    @Test
    void eachSeriesIsFoundByItsOwnBytesOnly() {
        SeriesByBytes known = new SeriesByBytes(100_000);
        for (int i = 0; i < 20_000; i += 2) {
            put(known, i);
            put(known, i);
        }
        assertThat(known.size()).isEqualTo(10_000);
        for (int i = 0; i < 20_000; i += 2) {
            assertThat(find(known, i)).isEqualTo(series(i));
            assertThat(find(known, i + 1)).isNull();
        }
    }

    @Test
    void bytesThatDifferInTheirEndOrLengthAlone() {
        SeriesByBytes known = new SeriesByBytes(10);
        byte[] bytes = new byte[16];
        known.put(bytes, 0, 8, series(1));
        assertThat(known.find(bytes, 0, 8)).isEqualTo(series(1));
        assertThat(known.find(bytes, 0, 9)).isNull();
        assertThat(known.find(bytes, 0, 7)).isNull();
        assertThat(known.find(bytes, 0, 16)).isNull();
        bytes[7] = 1;
        assertThat(known.find(bytes, 0, 8)).isNull();
    }

    @Test
    void whenFullItStartsAnew() {
        SeriesByBytes known = new SeriesByBytes(10);
        for (int i = 0; i < 11; i++) {
            put(known, i);
        }
        assertThat(known.size()).isEqualTo(1);
        assertThat(find(known, 0)).isNull();
        assertThat(find(known, 10)).isEqualTo(series(10));
    }

    @Test
    void seriesThatTheStoreLetGoOfMakeRoom() {
        SeriesByBytes known = new SeriesByBytes(100_000);
        for (int i = 0; i < 500_000; i++) {
            byte[] bytes = bytes(i);
            Series series = series(i);
            known.put(bytes, 6, bytes.length - 6, series);
            if (i % 100 != 0) {
                series.letGo();
            }
        }
        assertThat(known.size()).isBetween(5_000, 16_384);
        for (int i = 0; i < 500_000; i += 100) {
            assertThat(find(known, i)).isEqualTo(series(i));
        }
    }

    /// Threads that share it find what they put, whatever the others put meanwhile.
    @Test
    void threadsShareIt() throws InterruptedException {
        SeriesByBytes known = new SeriesByBytes(100_000);
        List<Thread> threads = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = first; i < 20_000; i += 2) {
                                    put(known, i);
                                    if (!series(i).equals(find(known, i))) {
                                        synchronized (lost) {
                                            lost.add(i);
                                        }
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(lost).isEmpty();
        assertThat(known.size()).isEqualTo(20_000);
    }
}
