package io.framewatch.query.promqltest;

import io.framewatch.model.Clock;
import io.framewatch.testkit.Conformance;
import io.framewatch.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
final class PromqlConformanceTest {

    @Test
    void scripts() throws IOException {
        if (Corpus.find("promqltest") == null) {
            return;
        }
        Corpus corpus = Corpus.of("promqltest");
        ScriptRunner runner = new ScriptRunner(Clock.system());
        for (Path file : Conformance.files("promqltest", "test")) {
            ScriptReport report =
                    runner.run(String.valueOf(file.getFileName()), Files.readString(file));
            for (int i = 0; i < report.passed(); i++) {
                corpus.pass();
            }
            report.lines().forEach(corpus::fail);
        }
        corpus.finish();
    }
}
