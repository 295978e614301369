package io.framewatch.query.promqltest;

import io.framewatch.model.Clock;
import io.framewatch.testkit.Conformance;
import io.framewatch.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scripts on the durable store: answered by the hot window, by the engine, and by both, where
/// the window begins in the middle of the samples.
@Tag("conformance")
final class DurableConformanceTest {

    @ParameterizedTest
    @CsvSource({
        "hot, " + DurableStores.ALL_HOT_MS,
        "engine, " + DurableStores.ALL_ENGINE_MS,
        "split, 1020000"
    })
    void scripts(String place, long hotFromMs, @TempDir Path folder) throws IOException {
        if (Corpus.find("promqltest") == null) {
            return;
        }
        Corpus corpus = Corpus.of("promqltest, " + place);
        try (DurableStores stores = new DurableStores(folder, hotFromMs)) {
            ScriptRunner runner = ScriptRunner.ofTenants(stores::place, Clock.system());
            for (Path file : Conformance.files("promqltest", "test")) {
                ScriptReport report =
                        runner.run(String.valueOf(file.getFileName()), Files.readString(file));
                for (int i = 0; i < report.passed(); i++) {
                    corpus.pass();
                }
                report.lines().forEach(line -> corpus.fail(place + ": " + line));
            }
        }
        corpus.finish();
    }
}
