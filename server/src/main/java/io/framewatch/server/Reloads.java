package io.framewatch.server;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.server.telemetry.Meters;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again when asked, one reading at a time, and remembers how the latest
/// went. Thread safe.
final class Reloads {

    private static final Logger log = LoggerFactory.getLogger(Reloads.class);

    private final Runnable work;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean successful = true;
    private volatile long successMs;

    /// Reads by `work`, which throws what is wrong and then has changed nothing. The start counts
    /// as the first success.
    Reloads(Runnable work, Clock clock) {
        this.work = work;
        this.clock = clock;
        this.successMs = clock.nowMs();
    }

    /// Reads now. Throws what is wrong with the configuration; the old one then stays in force.
    void run() {
        lock.lock();
        try {
            work.run();
            successful = true;
            successMs = clock.nowMs();
            log.info("configuration reloaded");
        } catch (FaultException e) {
            successful = false;
            log.error("configuration not reloaded, the old one stays: {}", e.fault().message());
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the latest reading worked.
    boolean successful() {
        return successful;
    }

    /// When the latest success was, Unix milliseconds.
    long successMs() {
        return successMs;
    }

    /// Adds both facts, also under the names that Prometheus's alerts ask for.
    void measure(Meters meters) {
        for (String prefix : new String[] {"framewatch", "prometheus"}) {
            meters.gauge(
                    prefix + "_config_last_reload_successful",
                    "1 if the latest reading of the configuration worked, else 0.",
                    () -> successful ? 1 : 0);
            meters.gauge(
                    prefix + "_config_last_reload_success_timestamp_seconds",
                    "When the configuration was last read successfully, Unix seconds.",
                    () -> successMs / 1000.0);
        }
    }
}
