package io.framewatch.ingest.http;

import io.framewatch.ingest.config.SecretSource;
import java.io.IOException;
import java.nio.file.Files;

/// Reads secrets at the moment they are used, so that a rotated file counts at once.
public final class Secrets {

    static final int FILE_BYTES_MAX = 64 * 1024;

    private Secrets() {}

    /// The secret. Throws [FetchException] if its file cannot be read.
    public static String read(SecretSource source) throws FetchException {
        return switch (source) {
            case SecretSource.None _ -> "";
            case SecretSource.Inline inline -> inline.secret().value();
            case SecretSource.InFile file -> {
                try {
                    if (Files.size(file.path()) > FILE_BYTES_MAX) {
                        throw new FetchException("the file " + file.path() + " is too large");
                    }
                    yield Files.readString(file.path()).strip();
                } catch (IOException e) {
                    throw new FetchException("cannot read the file " + file.path(), e);
                }
            }
        };
    }
}
