package io.framewatch.ingest.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection ended before an answer began, as one does that the other end closed while it
/// waited: a GET may be sent again.
final class NotBegunException extends IOException {

    private static final long serialVersionUID = 1L;

    NotBegunException(@Nullable IOException cause) {
        super("the connection was closed without an answer", cause);
    }
}
