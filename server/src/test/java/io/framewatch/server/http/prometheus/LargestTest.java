package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.http.JsonOut;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LargestTest {

    private static String written(Largest largest) {
        JsonOut out = new JsonOut();
        largest.write(out);
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theLargestComeFirstAndEqualOnesByName() {
        Largest largest = new Largest(3);
        for (String name : new String[] {"d", "a", "c", "b", "e"}) {
            largest.add(name, name.equals("c") ? 9 : 5);
        }
        assertThat(written(largest))
                .isEqualTo(
                        "[{\"name\":\"c\",\"value\":9},{\"name\":\"a\",\"value\":5},"
                                + "{\"name\":\"b\",\"value\":5}]");
    }

    @Test
    void noneAreKeptWhereNoneAreWanted() {
        assertThat(written(Largest.of(Map.of("a", 1L), 0))).isEqualTo("[]");
        assertThat(written(Largest.of(Map.of(), 5))).isEqualTo("[]");
    }
}
