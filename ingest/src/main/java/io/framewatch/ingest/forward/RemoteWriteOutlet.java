package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.QueueConfig;
import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.spool.Chunk;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Samples as Prometheus remote write 1.0. Belongs to its courier's thread, but for the metadata,
/// which anybody may tell.
final class RemoteWriteOutlet implements Outlet {

    private static final int FAMILIES_MAX = 50_000;

    private final RemoteConfig config;
    private final QueueConfig queue;
    private final Clock clock;
    private final SeriesBytes labels;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, MetricMetadata> families = new HashMap<>();
    private WriteBatch batch = new WriteBatch();
    private int tooOld;
    private @Nullable Chunk chunk;
    private @Nullable ChunkRows rows;
    private volatile long familiesSentNs;
    private volatile boolean familiesWait;

    RemoteWriteOutlet(RemoteConfig config, Labels external, Clock clock) {
        this.config = config;
        this.queue = config.queue();
        this.clock = clock;
        this.labels = new SeriesBytes(external, config.writeRelabel());
        this.familiesSentNs = clock.nanoTime();
    }

    /// Tells of families; sent at the next interval.
    void add(Collection<MetricMetadata> metadata) {
        if (queue.metadataIntervalMs() == 0) {
            return;
        }
        lock.lock();
        try {
            for (MetricMetadata family : metadata) {
                if (families.size() < FAMILIES_MAX || families.containsKey(family.family())) {
                    families.put(family.family(), family);
                }
            }
            familiesWait = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int add(Chunk added, int from) {
        ChunkRows own = rows;
        if (own == null || !added.equals(chunk)) {
            own = new ChunkRows(added, labels);
            rows = own;
            chunk = added;
        }
        long oldestMs =
                queue.ageLimitMs() == 0 ? Long.MIN_VALUE : clock.nowMs() - queue.ageLimitMs();
        int row = from;
        while (row < added.rows() && batch.points() < queue.rowsPerRequest()) {
            if (own.timestampMs(row) < oldestMs) {
                tooOld++;
            } else if (own.isWanted(row, config)) {
                own.addTo(batch, row);
            }
            row++;
        }
        return row - from;
    }

    @Override
    public boolean isEmpty() {
        return batch.isEmpty() && tooOld == 0;
    }

    @Override
    public boolean isDue() {
        return familiesWait
                && clock.nanoTime() - familiesSentNs
                        >= TimeUnit.MILLISECONDS.toNanos(queue.metadataIntervalMs());
    }

    @Override
    public Load load() {
        WriteBatch full = batch;
        int old = tooOld;
        if (isDue()) {
            due().forEach(full::add);
        }
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("Content-Encoding", "snappy");
        headers.put("X-Prometheus-Remote-Write-Version", "0.1.0");
        headers.put("User-Agent", "Framewatch");
        byte[] body = full.isEmpty() ? new byte[0] : full.packed();
        Load load = new Load(URI.create(config.url()), headers, body, full.points(), old);
        batch = new WriteBatch();
        tooOld = 0;
        return load;
    }

    private List<MetricMetadata> due() {
        lock.lock();
        try {
            List<MetricMetadata> all = List.copyOf(families.values());
            families.clear();
            familiesWait = false;
            familiesSentNs = clock.nanoTime();
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Verdict verdict(Answer answer, int sent) {
        int status = answer.status();
        if (status / 100 == 2) {
            return new Verdict.Taken(0, "");
        }
        String why = Answers.status(answer);
        if (status / 100 == 5 || status == 429 && queue.retryOn429()) {
            return new Verdict.Again(why, RetryAfter.pauseMs(answer.retryAfter(), clock.nowMs()));
        }
        return new Verdict.Refused(why);
    }
}
