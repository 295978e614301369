package io.framewatch.store.flush;

import java.time.Duration;
import java.util.function.Consumer;

/// Tells of flushes that fail, without a line for each: an engine that is still starting is no
/// news.
///
/// The first line is due when the trouble has lasted [#QUIET], the next ones every [#AGAIN], and
/// one when it is over. Not thread-safe.
final class Trouble {

    static final Duration QUIET = Duration.ofSeconds(5);
    static final Duration AGAIN = Duration.ofMinutes(1);

    private final Consumer<String> log;
    private Duration lasted = Duration.ZERO;
    private Duration nextLine = QUIET;

    Trouble(Consumer<String> log) {
        this.log = log;
    }

    /// A flush failed; the next try comes after `pause`.
    void goesOn(Duration pause, RuntimeException why) {
        if (lasted.compareTo(nextLine) >= 0) {
            log.accept(
                    "flushing has failed for %d s and is tried again: %s"
                            .formatted(lasted.toSeconds(), why.getMessage()));
            nextLine = lasted.plus(AGAIN);
        }
        lasted = lasted.plus(pause);
    }

    /// A flush worked.
    void over() {
        if (nextLine.compareTo(QUIET) > 0) {
            log.accept("flushing works again after %d s".formatted(lasted.toSeconds()));
        }
        lasted = Duration.ZERO;
        nextLine = QUIET;
    }
}
