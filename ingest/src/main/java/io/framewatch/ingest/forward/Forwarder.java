package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Sends samples on to every remote that the configuration names. Thread safe.
public final class Forwarder implements AutoCloseable {

    private final HttpClients clients = new HttpClients();
    private final HttpFetch fetch;
    private final Clock clock;
    private volatile List<RemoteQueue> queues = List.of();

    /// Sends nothing before [#apply].
    public Forwarder(Clock clock) {
        this.clock = clock;
        this.fetch = new HttpFetch(clients, clock);
    }

    /// Sends to the remotes of `config` from now on. A remote whose configuration stays the same
    /// goes on with its queue; the others end, and what waits in them gets a last try.
    public synchronized void apply(PrometheusConfig config) {
        List<RemoteQueue> before = new ArrayList<>(queues);
        List<RemoteQueue> after = new ArrayList<>();
        Labels external = config.global().externalLabels();
        for (RemoteConfig remote : config.remoteWrite()) {
            RemoteQueue same =
                    before.stream()
                            .filter(queue -> queue.isFor(remote, external))
                            .findFirst()
                            .orElse(null);
            if (same == null) {
                after.add(new RemoteQueue(remote, external, fetch, clock));
            } else {
                before.remove(same);
                after.add(same);
            }
        }
        queues = List.copyOf(after);
        before.forEach(RemoteQueue::close);
    }

    void samples(SampleBatch batch) {
        for (RemoteQueue queue : queues) {
            queue.add(batch);
        }
    }

    void exemplar(Series series, Exemplar exemplar) {
        for (RemoteQueue queue : queues) {
            queue.add(series, exemplar);
        }
    }

    void metadata(Collection<MetricMetadata> metadata) {
        for (RemoteQueue queue : queues) {
            queue.add(metadata);
        }
    }

    /// How every remote is doing.
    public List<RemoteStatus> statuses() {
        return queues.stream().map(RemoteQueue::status).toList();
    }

    /// Ends; what waits gets a last try.
    @Override
    public synchronized void close() {
        List<RemoteQueue> ended = queues;
        queues = List.of();
        ended.forEach(RemoteQueue::close);
        clients.close();
    }
}
