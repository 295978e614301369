package io.framewatch.server.access;

import io.framewatch.server.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who changed what about who may come in: lines of the log that begin with `audit:`. No secret is
/// ever in them.
final class Audit {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    private Audit() {}

    /// Tells that `by` did something.
    static void told(Caller by, String what) {
        log.info("audit: {} {}", printable(by.user()), printable(what));
    }

    /// Names come from elsewhere too, a login provider for one: no line of theirs begins another.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
