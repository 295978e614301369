package io.framewatch.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonOutTest {

    /// What is too long for one piece is whole all the same, wherever the pieces end.
    @Test
    void joinsThePieces() {
        JsonOut out = new JsonOut();
        StringBuilder wanted = new StringBuilder();
        String long40k = "x".repeat(40_000);
        for (int i = 0; i < 100_000; i++) {
            out.sample(1_500L + i, i / 4.0).raw(',').text("é\n" + i);
            wanted.append('[').append((1_500 + i) / 1_000);
            int ms = (1_500 + i) % 1_000;
            wanted.append(ms == 0 ? "" : ".%03d".formatted(ms)).append(",\"");
            wanted.append(FloatText.of(i / 4.0)).append("\"],\"é\\n").append(i).append('"');
            if (i % 10_000 == 0) {
                out.raw(long40k);
                wanted.append(long40k);
            }
        }
        byte[] bytes = out.toBytes();
        assertThat(out.size()).isEqualTo(bytes.length);
        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(wanted.toString());
    }
}
