package io.framewatch.store.traces;

import io.framewatch.model.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Spans gathered into traces, each span once. Not thread safe.
final class Traces {

    private static final Comparator<Span> ORDER =
            Comparator.comparingLong(Span::startNs).thenComparing(Span::spanId);

    private final Map<String, List<Span>> traces = new LinkedHashMap<>();
    private final Set<Key> seen = new HashSet<>();

    /// What makes a span the same as another.
    private record Key(String traceId, String spanId, long startNs, long endNs) {}

    /// Adds spans; one that is there already is left out.
    Traces addAll(List<Span> spans) {
        for (Span span : spans) {
            if (seen.add(new Key(span.traceId(), span.spanId(), span.startNs(), span.endNs()))) {
                traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span);
            }
        }
        return this;
    }

    /// The spans of one trace by start time.
    List<Span> trace(String traceId) {
        return traces.getOrDefault(traceId, List.of()).stream().sorted(ORDER).toList();
    }

    /// The traces, the newest first, at most `tracesMax`.
    List<List<Span>> newestFirst(int tracesMax) {
        return traces.keySet().stream()
                .map(this::trace)
                .sorted(
                        Comparator.<List<Span>>comparingLong(trace -> trace.getFirst().startNs())
                                .reversed())
                .limit(tracesMax)
                .toList();
    }
}
