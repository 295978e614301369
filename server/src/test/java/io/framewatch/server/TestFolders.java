package io.framewatch.server;

import io.framewatch.server.config.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// Data folders of tests, below the module's `target`.
final class TestFolders {

    private TestFolders() {}

    static StoreSettings store() {
        try {
            return new StoreSettings(
                    Files.createTempDirectory("server-test"),
                    StoreSettings.DEFAULT.retentionMs(),
                    StoreSettings.DEFAULT.seriesPerTenantMax());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
