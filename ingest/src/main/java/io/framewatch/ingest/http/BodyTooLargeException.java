package io.framewatch.ingest.http;

import java.io.IOException;

/// An answer larger than allowed.
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long bytesMax) {
        super("body size limit exceeded: more than " + bytesMax + " bytes");
    }
}
