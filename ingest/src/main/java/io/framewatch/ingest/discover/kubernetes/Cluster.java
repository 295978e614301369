package io.framewatch.ingest.discover.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The objects known, by kind, namespace and name. Thread safe.
final class Cluster {

    private final Map<Kind, List<ObjectWatch>> watches = new EnumMap<>(Kind.class);

    void add(Kind kind, ObjectWatch watch) {
        watches.computeIfAbsent(kind, _ -> new ArrayList<>()).add(watch);
    }

    List<ObjectWatch> watches() {
        return watches.values().stream().flatMap(List::stream).toList();
    }

    /// All objects of a kind.
    List<JsonNode> all(Kind kind) {
        return watches.getOrDefault(kind, List.of()).stream()
                .map(watch -> watch.objects().values())
                .flatMap(Collection::stream)
                .toList();
    }

    /// The object of this name, or null if it is not known or its kind is not watched.
    @Nullable JsonNode find(Kind kind, String namespace, String name) {
        for (ObjectWatch watch : watches.getOrDefault(kind, List.of())) {
            JsonNode object = watch.objects().get(namespace + "/" + name);
            if (object != null) {
                return object;
            }
        }
        return null;
    }
}
