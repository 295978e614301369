package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.config.KubernetesDiscovery;
import io.framewatch.ingest.config.KubernetesDiscovery.Attach;
import io.framewatch.ingest.config.KubernetesDiscovery.Role;
import io.framewatch.ingest.config.KubernetesDiscovery.Selector;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.Finder;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// Keeps up with a cluster: watches what the role needs and builds targets when something changed.
/// Thread safe.
public final class KubernetesFinder implements Finder {

    private final KubernetesDiscovery config;
    private final Metadata metadata;
    private final FinderCounts counts;
    private final AtomicLong changes = new AtomicLong(1);
    private final Cluster cluster = new Cluster();
    private long built;
    private Finding finding = Finding.NONE;

    private KubernetesFinder(KubernetesDiscovery config) {
        this.config = config;
        this.metadata = new Metadata(cluster, config.attach());
        String place = config.apiServer().isEmpty() ? "" : " " + config.apiServer();
        this.counts = new FinderCounts("kubernetes", config.role().word() + place);
    }

    /// Begins to watch. What makes that impossible is told by [#finding].
    public static KubernetesFinder start(
            KubernetesDiscovery config,
            HttpFetch fetch,
            Clock clock,
            DiscoveryEnvironment environment) {
        KubernetesFinder finder = new KubernetesFinder(config);
        try {
            ApiClient api = new ApiClient(ApiAccess.of(config, environment), fetch);
            finder.watch(api, clock, environment);
        } catch (FindException e) {
            finder.counts.failed();
            finder.finding =
                    new Finding(true, List.of(), List.of("Kubernetes: " + e.getMessage() + "."));
            finder.built = finder.changes.get();
        }
        return finder;
    }

    private void watch(ApiClient api, Clock clock, DiscoveryEnvironment environment)
            throws FindException {
        Set<String> namespaces = new LinkedHashSet<>(config.namespaces());
        if (config.ownNamespace()) {
            namespaces.add(ApiAccess.ownNamespace(environment));
        }
        for (Kind kind : kinds()) {
            boolean everywhere = !kind.namespaced || namespaces.isEmpty();
            for (String namespace : everywhere ? Set.of("") : namespaces) {
                cluster.add(
                        kind,
                        new ObjectWatch(
                                api,
                                kind.path(namespace),
                                selectors(kind),
                                counts,
                                clock,
                                changes::incrementAndGet));
            }
        }
    }

    /// The kinds of object that the role needs.
    private Set<Kind> kinds() {
        Set<Kind> kinds = new LinkedHashSet<>();
        Role role = config.role();
        kinds.add(Kind.valueOf(role.name()));
        boolean endpoints = role == Role.ENDPOINTS || role == Role.ENDPOINTSLICE;
        if (endpoints) {
            kinds.add(Kind.SERVICE);
            kinds.add(Kind.POD);
        }
        boolean pods = endpoints || role == Role.POD;
        Attach attach = config.attach();
        add(kinds, Kind.NODE, attach.node() && pods);
        add(kinds, Kind.NAMESPACE, attach.namespace() && role != Role.NODE);
        add(kinds, Kind.REPLICASET, attach.deployment() && pods);
        add(kinds, Kind.JOB, attach.cronjob() && pods);
        return kinds;
    }

    private static void add(Set<Kind> kinds, Kind kind, boolean wanted) {
        if (wanted) {
            kinds.add(kind);
        }
    }

    private String selectors(Kind kind) {
        StringBuilder query = new StringBuilder();
        for (Selector selector : config.selectors()) {
            if (!selector.role().equals(kind.word)) {
                continue;
            }
            if (!selector.label().isEmpty()) {
                query.append("&labelSelector=").append(ApiClient.encode(selector.label()));
            }
            if (!selector.field().isEmpty()) {
                query.append("&fieldSelector=").append(ApiClient.encode(selector.field()));
            }
        }
        return query.toString();
    }

    @Override
    public synchronized Finding finding() {
        long now = changes.get();
        if (built == now) {
            return finding;
        }
        built = now;
        List<ObjectWatch> watches = cluster.watches();
        List<String> problems =
                watches.stream()
                        .map(ObjectWatch::problem)
                        .filter(problem -> !problem.isEmpty())
                        .map(problem -> "Kubernetes " + problem)
                        .toList();
        boolean ready = watches.stream().allMatch(ObjectWatch::listed);
        Finding next = new Finding(ready, ready ? targets() : List.of(), problems);
        if (!next.equals(finding)) {
            finding = next;
        }
        return finding;
    }

    private List<TargetGroup> targets() {
        List<TargetGroup> targets = new ArrayList<>();
        for (JsonNode object : cluster.all(Kind.valueOf(config.role().name()))) {
            targets.addAll(
                    switch (config.role()) {
                        case NODE -> NodeTargets.of(object);
                        case POD -> PodTargets.of(object, metadata);
                        case SERVICE -> ServiceTargets.of(object, metadata);
                        case ENDPOINTS -> EndpointsTargets.of(object, metadata);
                        case ENDPOINTSLICE -> EndpointSliceTargets.of(object, metadata);
                        case INGRESS -> IngressTargets.of(object, metadata);
                    });
        }
        return targets;
    }

    @Override
    public synchronized DiscoveryStatus status() {
        return counts.status(finding.targets());
    }

    @Override
    public void close() {
        cluster.watches().forEach(ObjectWatch::close);
    }
}
