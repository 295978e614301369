package io.framewatch.server.http.receive;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;

/// The same with the data on disk.
@Tag("engine")
final class DurableSignalsTest extends SignalsTest {

    @Override
    Settings settings() {
        Assumptions.assumeTrue(
                EngineLibrary.ofUser().find().isPresent(),
                "libchdb is not in the cache: run framewatch once");
        try {
            return Settings.DEFAULT.withStore(
                    StoreSettings.DEFAULT.in(Files.createTempDirectory("signals-test")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
