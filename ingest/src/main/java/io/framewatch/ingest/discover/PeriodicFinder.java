package io.framewatch.ingest.discover;

import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.Finder;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A discovery that asks again every interval, the first time at once. A try that fails leaves what
/// is known. Thread safe.
abstract class PeriodicFinder implements Finder {

    private final Clock clock;
    private final FinderCounts counts;
    private volatile Finding finding = Finding.NONE;
    private volatile @Nullable Future<?> timer;
    private volatile boolean closed;

    PeriodicFinder(Clock clock, FinderCounts counts) {
        this.clock = clock;
        this.counts = counts;
    }

    /// Asks once. Throws what was wrong.
    abstract List<TargetGroup> find() throws FindException, InterruptedException;

    final void start(Tasks tasks, long intervalMs) {
        timer =
                tasks.every(
                        "discovery", Duration.ZERO, Duration.ofMillis(intervalMs), this::refresh);
    }

    private void refresh() {
        try {
            List<TargetGroup> groups = find();
            counts.succeeded(clock.nowMs());
            take(groups);
        } catch (FindException e) {
            counts.failed();
            List<TargetGroup> partly = e.partly();
            if (partly != null) {
                take(partly);
            }
            finding = finding.failed(counts.source() + ": " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(List<TargetGroup> groups) {
        Finding before = finding;
        boolean same = before.ready() && before.groups().equals(groups);
        if (!closed && !(same && before.problems().isEmpty())) {
            finding = Finding.of(same ? before.groups() : groups);
        }
    }

    @Override
    public final Finding finding() {
        return finding;
    }

    @Override
    public final DiscoveryStatus status() {
        return counts.status(finding.targets());
    }

    @Override
    public final void close() {
        closed = true;
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }
}
