package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.QueueConfig;
import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for one remote, and the thread that sends it. Rows are sent in the order they came,
/// one request at a time. A request that fails in a way that passes (no connection, 5xx, and 429 if
/// so configured) is made again after a pause that doubles; one that the remote refuses is given
/// up. When the queue is full, new rows are dropped and counted: nothing waits for a remote. Thread
/// safe.
final class RemoteQueue implements AutoCloseable {

    private static final System.Logger log = System.getLogger(RemoteQueue.class.getName());

    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int FAMILIES_MAX = 50_000;
    private static final Duration LAST_TRY = Duration.ofSeconds(2);

    private final RemoteConfig config;
    private final QueueConfig limits;
    private final Labels external;
    private final HttpFetch fetch;
    private final Clock clock;
    private final String name;
    private final SeriesBytes labels;
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<WriteBatch.Row> rows = new ArrayDeque<>();
    private final Map<String, MetricMetadata> families = new HashMap<>();
    private long oldestNs;
    private long familiesSentNs;
    private boolean ending;
    private long sent;
    private long failedTries;
    private long dropped;
    private String lastError = "";

    RemoteQueue(RemoteConfig config, Labels external, HttpFetch fetch, Clock clock) {
        this.config = config;
        this.limits = config.queue();
        this.external = external;
        this.fetch = fetch;
        this.clock = clock;
        this.name = config.name().isEmpty() ? bare(config.url()) : config.name();
        this.labels = new SeriesBytes(external, config.writeRelabel());
        this.familiesSentNs = clock.nanoTime();
        this.worker = Thread.ofVirtual().name("forward " + name).start(this::work);
    }

    /// An address without user and password.
    private static String bare(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    boolean isFor(RemoteConfig other, Labels otherExternal) {
        return config.equals(other) && external.equals(otherExternal);
    }

    void add(SampleBatch batch) {
        lock.lock();
        try {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.histogram(i) == null || config.nativeHistograms()) {
                    add(
                            new WriteBatch.Row(
                                    batch.series(i),
                                    batch.timestampMs(i),
                                    batch.value(i),
                                    batch.histogram(i),
                                    null));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void add(Series series, Exemplar exemplar) {
        if (!config.exemplars()) {
            return;
        }
        lock.lock();
        try {
            add(new WriteBatch.Row(series, exemplar.timestampMs(), 0, null, exemplar));
        } finally {
            lock.unlock();
        }
    }

    private void add(WriteBatch.Row row) {
        if (rows.size() >= limits.rowsMax() || ending) {
            dropped++;
            return;
        }
        if (rows.isEmpty()) {
            oldestNs = clock.nanoTime();
            changed.signal();
        }
        rows.add(row);
        if (rows.size() == limits.rowsPerRequest()) {
            changed.signal();
        }
    }

    void add(Collection<MetricMetadata> metadata) {
        if (limits.metadataIntervalMs() == 0) {
            return;
        }
        lock.lock();
        try {
            for (MetricMetadata family : metadata) {
                if (families.size() < FAMILIES_MAX || families.containsKey(family.family())) {
                    families.put(family.family(), family);
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    RemoteStatus status() {
        lock.lock();
        try {
            return new RemoteStatus(name, rows.size(), sent, failedTries, dropped, lastError);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            List<WriteBatch.Row> next = take();
            while (!next.isEmpty() || familiesAreDue()) {
                WriteBatch batch = batch(next);
                if (!batch.isEmpty()) {
                    send(batch);
                }
                next = take();
            }
        } catch (InterruptedException e) {
            log.log(System.Logger.Level.DEBUG, "forwarding to {0} ends", name);
        } catch (RuntimeException e) {
            log.log(System.Logger.Level.ERROR, "forwarding to " + name + " failed", e);
        }
    }

    /// Waits for a full request, for the oldest row to have waited long enough, for metadata to be
    /// due, or for the end; only then the list may be empty.
    private List<WriteBatch.Row> take() throws InterruptedException {
        lock.lock();
        try {
            while (!isDue() && !ending) {
                long leftNs =
                        rows.isEmpty()
                                ? TimeUnit.SECONDS.toNanos(1)
                                : oldestNs
                                        + TimeUnit.MILLISECONDS.toNanos(limits.deadlineMs())
                                        - clock.nanoTime();
                long _ = changed.awaitNanos(Math.max(1, leftNs));
            }
            int size = Math.min(rows.size(), limits.rowsPerRequest());
            List<WriteBatch.Row> taken = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                taken.add(rows.remove());
            }
            oldestNs = clock.nanoTime();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        long deadlineNs = TimeUnit.MILLISECONDS.toNanos(limits.deadlineMs());
        return rows.size() >= limits.rowsPerRequest()
                || !rows.isEmpty() && clock.nanoTime() - oldestNs >= deadlineNs
                || familiesAreDue();
    }

    private boolean familiesAreDue() {
        lock.lock();
        try {
            long intervalNs = TimeUnit.MILLISECONDS.toNanos(limits.metadataIntervalMs());
            return !families.isEmpty() && clock.nanoTime() - familiesSentNs >= intervalNs;
        } finally {
            lock.unlock();
        }
    }

    private WriteBatch batch(List<WriteBatch.Row> taken) {
        WriteBatch batch = new WriteBatch();
        long oldestMs =
                limits.ageLimitMs() == 0 ? Long.MIN_VALUE : clock.nowMs() - limits.ageLimitMs();
        int old = 0;
        for (WriteBatch.Row row : taken) {
            byte[] bytes = labels.of(row.series());
            if (row.timestampMs() < oldestMs) {
                old++;
            } else if (bytes.length > 0) {
                batch.add(bytes, row);
            }
        }
        if (familiesAreDue()) {
            families().forEach(batch::add);
        }
        count(0, 0, old, "");
        return batch;
    }

    private List<MetricMetadata> families() {
        lock.lock();
        try {
            List<MetricMetadata> all = List.copyOf(families.values());
            families.clear();
            familiesSentNs = clock.nanoTime();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void count(long more, long tries, long lost, String error) {
        lock.lock();
        try {
            sent += more;
            failedTries += tries;
            dropped += lost;
            lastError = error.isEmpty() ? lastError : error;
        } finally {
            lock.unlock();
        }
    }

    private void send(WriteBatch batch) throws InterruptedException {
        byte[] body = batch.packed();
        long pauseMs = limits.minBackoffMs();
        while (true) {
            String problem = attempt(body, batch.points());
            if (problem.isEmpty()) {
                return;
            }
            boolean last = isEnding();
            count(0, 1, last ? batch.points() : 0, problem);
            if (last) {
                return;
            }
            pause(pauseMs);
            pauseMs = Math.min(pauseMs * 2, limits.maxBackoffMs());
        }
    }

    private boolean isEnding() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long pauseMs) throws InterruptedException {
        lock.lock();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
            while (leftNs > 0 && !ending) {
                leftNs = changed.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One try; answers why to try again, or nothing.
    private String attempt(byte[] body, int points) throws InterruptedException {
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("Content-Encoding", "snappy");
        headers.put("X-Prometheus-Remote-Write-Version", "0.1.0");
        headers.put("User-Agent", "Framewatch");
        Answer answer;
        try {
            answer =
                    fetch.post(
                            config.http(),
                            URI.create(config.url()),
                            headers,
                            body,
                            ANSWER_BYTES_MAX,
                            config.timeoutMs());
        } catch (FetchException e) {
            return String.valueOf(e.getMessage());
        }
        int status = answer.status();
        if (status / 100 == 2) {
            count(points, 0, 0, "");
            return "";
        }
        String said = "status " + status + ": " + text(answer);
        if (status / 100 == 5 || status == 429 && limits.retryOn429()) {
            return said;
        }
        log.log(System.Logger.Level.WARNING, "{0} refuses samples: {1}", name, said);
        count(0, 0, points, said);
        return "";
    }

    private static String text(Answer answer) {
        int length = Math.min(answer.body().length(), 300);
        return new String(answer.body().data(), 0, length, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            ending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!worker.join(LAST_TRY)) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
