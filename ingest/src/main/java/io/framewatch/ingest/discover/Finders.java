package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.config.KubernetesDiscovery;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.discover.find.Finder;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.discover.kubernetes.KubernetesFinder;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The discoveries at work, each once however many jobs name it. Thread safe.
public final class Finders implements AutoCloseable {

    /// A discovery and the folder its paths start from.
    public record Key(Path folder, Discovery discovery) {}

    private final HttpFetch fetch;
    private final Clock clock;
    private final Tasks tasks;
    private final DiscoveryEnvironment environment;
    private final Map<Key, Finder> running = new HashMap<>();

    /// Discoveries that fetch through `fetch` and wait on `tasks`, both the caller's.
    public Finders(HttpFetch fetch, Clock clock, Tasks tasks, DiscoveryEnvironment environment) {
        this.fetch = fetch;
        this.clock = clock;
        this.tasks = tasks;
        this.environment = environment;
    }

    /// What a discovery knows now; it starts if it did not run yet.
    public synchronized Finding finding(Key key) {
        return running.computeIfAbsent(key, this::start).finding();
    }

    /// Ends all discoveries but these.
    public synchronized void retain(Collection<Key> keys) {
        Set<Key> gone = new HashSet<>(running.keySet());
        gone.removeAll(new HashSet<>(keys));
        for (Key key : gone) {
            Finder finder = running.remove(key);
            if (finder != null) {
                finder.close();
            }
        }
    }

    /// How each discovery is doing, those that never change left out.
    public synchronized List<DiscoveryStatus> statuses() {
        return running.values().stream()
                .filter(finder -> !(finder instanceof StaticFinder))
                .map(Finder::status)
                .toList();
    }

    private Finder start(Key key) {
        return switch (key.discovery) {
            case Discovery.Static statics ->
                    new StaticFinder(
                            Finding.of(
                                    List.of(new TargetGroup(statics.targets(), statics.labels()))));
            case Discovery.Files files -> new FileFinder(key.folder, files, clock);
            case Discovery.Http http -> {
                HttpFinder finder = new HttpFinder(http, fetch, clock);
                finder.start(tasks, http.refreshIntervalMs());
                yield finder;
            }
            case Discovery.Dns dns -> {
                DnsLookup lookup = new DnsLookup(environment.dnsServers());
                SearchPath search = SearchPath.of(environment.resolvConf());
                DnsFinder finder = new DnsFinder(dns, lookup, search, clock);
                finder.start(tasks, dns.refreshIntervalMs());
                yield finder;
            }
            case KubernetesDiscovery kubernetes ->
                    KubernetesFinder.start(kubernetes, fetch, clock, environment);
            case Discovery.Unsupported _ -> new StaticFinder(Finding.of(List.of()));
        };
    }

    @Override
    public void close() {
        retain(List.of());
    }
}
