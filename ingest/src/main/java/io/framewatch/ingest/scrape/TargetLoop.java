package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Target;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs the scrapes of one target at its own moment within the interval, given by its identity, so
/// that targets spread evenly and keep their moment over restarts. Moments lie some milliseconds
/// apart: the scrapes of one moment share what it costs to wake threads. Not thread safe but for
/// [#status].
final class TargetLoop {

    /// Time between moments, unless an interval has then fewer than [#MOMENTS_MIN].
    private static final long MOMENT_NS = 100_000_000;

    private static final long MOMENTS_MIN = 50;

    private final ScrapeContext context;
    private final TargetScraper scraper;
    private @Nullable Future<?> timer;
    private long intervalMs;

    TargetLoop(ScrapeConfig config, Target target, ScrapeContext context) {
        this.context = context;
        this.scraper = new TargetScraper(config, target, context);
    }

    /// Takes a configuration; the timer starts, or starts anew if the interval changed.
    void apply(ScrapeConfig config, Target target, String error) {
        scraper.update(config, target, error);
        if (timer != null && intervalMs == target.intervalMs()) {
            return;
        }
        cancel();
        intervalMs = target.intervalMs();
        long delayNs = delayNs(target, intervalMs, context.wallNs());
        timer =
                context.tasks()
                        .every(
                                "scrape",
                                Duration.ofNanos(delayNs),
                                Duration.ofMillis(intervalMs),
                                this::run);
    }

    /// Time until the target's next moment: its offset is a hash spread over the interval's
    /// moments.
    ///
    /// @param nowNs time since the epoch, as [ScrapeContext#wallNs] tells it
    static long delayNs(Target target, long intervalMs, long nowNs) {
        long intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        long momentNs = Math.min(MOMENT_NS, intervalNs / MOMENTS_MIN);
        long hash = target.identity().hashCode() * 0x9E3779B97F4A7C15L;
        long offsetNs = Long.remainderUnsigned(hash, intervalNs / momentNs) * momentNs;
        return Math.floorMod(offsetNs - nowNs, intervalNs);
    }

    private void run() {
        Semaphore turns = context.turns();
        try {
            turns.acquire();
            try {
                scraper.scrape();
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    TargetStatus status() {
        return scraper.status();
    }

    void stop(boolean markStale) {
        cancel();
        if (markStale) {
            Thread.ofVirtual().name("scrape-end").start(() -> scraper.stop(true));
        } else {
            scraper.stop(false);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
