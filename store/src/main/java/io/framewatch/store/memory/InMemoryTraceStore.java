package io.framewatch.store.memory;

import io.framewatch.model.Labels;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.TraceStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The reference [TraceStore]: spans in memory by trace, the trace that arrived first given up when
/// the budget is spent. Guarded by its own monitor.
public final class InMemoryTraceStore implements TraceStore {

    private final int spansMax;
    private final Map<TraceKey, List<Span>> traces = new LinkedHashMap<>();
    private final Map<Tenant, Map<String, Integer>> spansByService = new HashMap<>();
    private int spans;

    private record TraceKey(Tenant tenant, String traceId) {}

    /// An empty store that holds about `spansMax` spans, all tenants together.
    public InMemoryTraceStore(int spansMax) {
        this.spansMax = spansMax;
    }

    @Override
    public synchronized void append(Tenant tenant, List<Span> added) {
        for (Span span : added) {
            List<Span> trace =
                    traces.computeIfAbsent(
                            new TraceKey(tenant, span.traceId()), _ -> new ArrayList<>());
            if (trace.stream().noneMatch(known -> same(known, span))) {
                trace.add(span);
                spans++;
                count(tenant, span.service(), 1);
            }
        }
        while (spans > spansMax) {
            Map.Entry<TraceKey, List<Span>> oldest = traces.entrySet().iterator().next();
            traces.remove(oldest.getKey());
            spans -= oldest.getValue().size();
            oldest.getValue().forEach(s -> count(oldest.getKey().tenant(), s.service(), -1));
        }
    }

    private static boolean same(Span a, Span b) {
        return a.spanId().equals(b.spanId())
                && a.startNs() == b.startNs()
                && a.endNs() == b.endNs();
    }

    private void count(Tenant tenant, String service, int by) {
        spansByService
                .computeIfAbsent(tenant, _ -> new HashMap<>())
                .merge(service, by, (a, b) -> a + b == 0 ? null : a + b);
    }

    @Override
    public synchronized List<Span> trace(Tenant tenant, String traceId) {
        return inOrder(traces.getOrDefault(new TraceKey(tenant, traceId), List.of()));
    }

    private static List<Span> inOrder(List<Span> trace) {
        return trace.stream()
                .sorted(Comparator.comparingLong(Span::startNs).thenComparing(Span::spanId))
                .toList();
    }

    @Override
    public synchronized List<List<Span>> search(Tenant tenant, TraceSelection selection) {
        List<List<Span>> found = new ArrayList<>();
        traces.forEach((key, trace) -> {
            if (key.tenant().equals(tenant) && trace.stream().anyMatch(selection::accepts)) {
                found.add(inOrder(trace));
            }
        });
        return found.stream()
                .sorted(
                        Comparator.<List<Span>>comparingLong(t -> t.getFirst().startNs())
                                .reversed())
                .limit(selection.tracesMax())
                .toList();
    }

    @Override
    public synchronized List<String> services(Tenant tenant) {
        return spansByService.getOrDefault(tenant, Map.of()).keySet().stream()
                .sorted(Labels::compareCodePoints)
                .toList();
    }

    @Override
    public synchronized List<Operation> operations(Tenant tenant, String service) {
        return traces.entrySet().stream()
                .filter(e -> e.getKey().tenant().equals(tenant))
                .flatMap(e -> e.getValue().stream())
                .filter(span -> span.service().equals(service))
                .map(span -> new Operation(span.name(), span.kind()))
                .distinct()
                .sorted(Comparator.comparing(Operation::name).thenComparing(Operation::kind))
                .toList();
    }

    @Override
    public synchronized void close() {
        traces.clear();
        spansByService.clear();
        spans = 0;
    }
}
