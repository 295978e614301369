package io.framewatch.store.flush;

import io.framewatch.model.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/// Tells of flushes that fail, without a line for each: an engine that is still starting is no
/// news.
///
/// The first line is due when the trouble has lasted [#QUIET] since the first failure, the next
/// ones every [#AGAIN], and one when it is over. Not thread-safe.
final class Trouble {

    static final Duration QUIET = Duration.ofSeconds(5);
    static final Duration AGAIN = Duration.ofMinutes(1);

    private final Consumer<String> log;
    private final Clock clock;
    private long beganNs;
    private boolean on;
    private Duration nextLine = QUIET;

    Trouble(Clock clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    /// A flush failed and is tried again.
    void goesOn(RuntimeException why) {
        beganNs = on ? beganNs : clock.nanoTime();
        on = true;
        Duration lasted = lasted();
        if (lasted.compareTo(nextLine) >= 0) {
            log.accept(
                    "flushing has failed for %d s and is tried again: %s"
                            .formatted(lasted.toSeconds(), why.getMessage()));
            nextLine = lasted.plus(AGAIN);
        }
    }

    private Duration lasted() {
        return Duration.ofNanos(clock.nanoTime() - beganNs);
    }

    /// A flush worked.
    void over() {
        if (nextLine.compareTo(QUIET) > 0) {
            log.accept("flushing works again after %d s".formatted(lasted().toSeconds()));
        }
        on = false;
        nextLine = QUIET;
    }
}
