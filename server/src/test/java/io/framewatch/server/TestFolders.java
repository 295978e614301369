package io.framewatch.server;

import io.framewatch.server.config.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/// Data folders of tests, below the module's `target`; they keep samples of any time.
public final class TestFolders {

    private TestFolders() {}

    public static StoreSettings store() {
        try {
            return StoreSettings.inMemory(
                    Files.createTempDirectory("server-test"),
                    Duration.ofDays(36_500).toMillis(),
                    StoreSettings.DEFAULT.seriesPerTenantMax());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
