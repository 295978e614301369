package io.framewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConformanceTest {

    @Test
    void anAbsentCorpusHasNoFiles() {
        assertThat(Conformance.files("no-such-corpus", "yml")).isEmpty();
        assertThat(Conformance.folder("no-such-corpus"))
                .isAbsolute()
                .endsWithRaw(java.nio.file.Path.of("conformance", "no-such-corpus"));
    }
}
