package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ApiAnswerTest {

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    @Test
    void showsTenAnnotationsAndCountsTheRest() {
        ApiAnswer answer = new ApiAnswer(out -> out.raw("1"), texts(10), texts(13));
        assertThat(new String(answer.json().toBytes(), StandardCharsets.UTF_8))
                .contains("\"text 9\"],\"infos\":[\"text 0\"")
                .endsWith("\"text 9\",\"3 more info annotations omitted\"]}")
                .doesNotContain("text 10");
    }
}
