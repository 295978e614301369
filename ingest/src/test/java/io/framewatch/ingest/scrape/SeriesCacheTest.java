package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeriesCacheTest {

    private final SeriesCache cache = new SeriesCache();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Series series(String name) {
        return new Series(Tenant.DEFAULT, name.hashCode(), Labels.of(Labels.NAME, "m", "k", name));
    }

    /// One scrape that shows `names`; answers what is gone.
    private List<Series> scrape(Map<String, Series> known, Iterable<String> names) {
        cache.begin();
        for (String name : names) {
            byte[] key = bytes(name);
            int number = cache.find(key, 0, key.length);
            if (number == SeriesCache.NONE) {
                number = cache.put(key, 0, key.length, known.get(name));
            }
            assertThat(cache.series(number)).isSameAs(known.get(name));
            assertThat(cache.length(number)).isEqualTo(key.length);
            cache.see(number, true);
        }
        return cache.commit();
    }

    @Test
    void theNameBehindTheOneSeenIsExpected() {
        Map<String, Series> known = Map.of("a{}", series("a"), "b{}", series("b"));
        scrape(known, List.of("a{}", "b{}"));
        cache.begin();
        byte[] text = bytes("a{} 1\nb{} 2\n");

        int first = cache.expected(text, 0, text.length);
        assertThat(cache.series(first)).isSameAs(known.get("a{}"));
        assertThat(cache.lastByte(first)).isEqualTo((byte) '}');
        assertThat(cache.expected(text, 6, text.length)).isEqualTo(SeriesCache.NONE);
        cache.see(first, true);
        assertThat(cache.series(cache.expected(text, 6, text.length))).isSameAs(known.get("b{}"));
        assertThat(cache.expected(text, 6, 8)).isEqualTo(SeriesCache.NONE);
    }

    @Test
    void aNameIsNotTakenForALongerOne() {
        Map<String, Series> known = Map.of("up", series("up"), "up_total", series("up_total"));
        scrape(known, List.of("up"));
        scrape(known, List.of("up_total"));
        scrape(known, List.of("up_total", "up"));

        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void whatIsGoneIsToldOnceAndForgottenLater() {
        Map<String, Series> known = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            known.put("m" + i, series("m" + i));
        }
        scrape(known, known.keySet());
        Set<String> few = Set.of("m7", "m23");

        assertThat(scrape(known, few)).hasSize(48);
        assertThat(cache.live()).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            assertThat(scrape(known, few)).isEmpty();
        }
        assertThat(cache.size()).isEqualTo(2);
        assertThat(scrape(known, known.keySet())).isEmpty();
        assertThat(cache.added()).isEqualTo(48);
    }

    /// Names come, go, change places and come back; the cache says what a plain map says.
    @Test
    void agreesWithAPlainMapWhateverComes() {
        Random random = new Random(11);
        Map<String, Series> known = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            String name = "n" + Integer.toString(i, 2 + i % 30) + (i % 3 == 0 ? "{a=\"}\"}" : "");
            known.putIfAbsent(name, i % 17 == 0 ? null : series(name));
        }
        List<String> all = new ArrayList<>(known.keySet());
        Set<String> before = new HashSet<>();
        for (int round = 0; round < 60; round++) {
            int shown = round % 7 == 6 ? 5 : random.nextInt(all.size());
            if (random.nextBoolean()) {
                Collections.shuffle(all, random);
            }
            List<String> names = all.subList(0, shown);
            Set<Series> gone = new HashSet<>(scrape(known, names));

            before.removeAll(new HashSet<>(names));
            Set<Series> expected = new HashSet<>();
            before.forEach(name -> expected.add(known.get(name)));
            expected.remove(null);
            assertThat(gone).isEqualTo(expected);
            before = new HashSet<>(names);
        }
    }
}
