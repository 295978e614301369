package io.framewatch.store.metrics;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.store.index.SeriesIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/// The key that series ids are made with: made once, kept beside the data, never changed.
public final class SeriesKey {

    private static final String FILE = "series.key";

    private SeriesKey() {}

    /// The key in `folder`, made if there is none.
    public static byte[] of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(folder, file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != SeriesIds.KEY_BYTES) {
                throw unreadable(file, "it has " + key.length + " bytes");
            }
            return key;
        } catch (IOException failed) {
            throw unreadable(file, failed.toString());
        }
    }

    private static void create(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        byte[] key = new byte[SeriesIds.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path temporary = folder.resolve(FILE + ".tmp");
        Files.write(temporary, key);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FaultException unreadable(Path file, String why) {
        return new FaultException(
                Fault.operator(
                        "series_key",
                        "The key of the series ids in " + file + " cannot be used: " + why + ".",
                        "Restore the file from a backup: without it old data is not found."));
    }
}
