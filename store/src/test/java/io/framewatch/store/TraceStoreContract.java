package io.framewatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What every [TraceStore] does; each implementation runs it.
@NullMarked
public interface TraceStoreContract {

    /// A time that every store accepts as recent, Unix nanoseconds.
    long baseNs();

    /// A fresh, empty store; the test closes it.
    TraceStore newTraceStore();

    private static Span span(
            int trace, int id, String service, String name, long startNs, long durationNs) {
        return new Span(
                "%032x".formatted(trace),
                "%016x".formatted(id),
                id == 1 ? "" : "%016x".formatted(1),
                "",
                service,
                name,
                Span.Kind.INTERNAL,
                startNs,
                startNs + durationNs,
                id == 3 ? Span.Status.ERROR : Span.Status.OK,
                id == 3 ? "no keyframe" : "",
                Map.of(
                        "segment", new AttributeValue.Int(trace),
                        "late", new AttributeValue.Bool(id == 2),
                        "sizes", new AttributeValue.Many(List.of(new AttributeValue.Real(1.5)))),
                Map.of("site", new AttributeValue.Text("north")),
                "scope",
                List.of(new Span.Event(startNs + 1, "keyframe", Map.of())),
                List.of(new Span.Link("%032x".formatted(9), "%016x".formatted(9), Map.of())));
    }

    private static TraceSelection selection(
            String service,
            String operation,
            Map<String, String> attributes,
            long fromNs,
            long toNs) {
        return new TraceSelection(
                service, operation, attributes, fromNs, toNs, 0, Long.MAX_VALUE, 20);
    }

    @Test
    default void aTraceComesBackWholeByItsId() {
        long t = baseNs();
        try (TraceStore store = newTraceStore()) {
            Span late = span(1, 2, "transcode", "encode", t + 10, 5);
            Span root = span(1, 1, "capture", "segment", t, 100);
            store.append(Tenant.DEFAULT, List.of(late));
            store.append(Tenant.DEFAULT, List.of(root, late));
            assertThat(store.trace(Tenant.DEFAULT, "%032x".formatted(1)))
                    .containsExactly(root, late);
            assertThat(store.trace(Tenant.DEFAULT, "%032x".formatted(2))).isEmpty();
        }
    }

    @Test
    default void searchFindsByServiceOperationAttributesTimeAndDuration() {
        long t = baseNs();
        try (TraceStore store = newTraceStore()) {
            store.append(
                    Tenant.DEFAULT,
                    List.of(
                            span(1, 1, "capture", "segment", t, 100),
                            span(2, 1, "capture", "segment", t + 1000, 100),
                            span(2, 3, "package", "write", t + 1050, 10)));
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection("capture", "", Map.of(), t, t + 2000)))
                    .extracting(trace -> trace.getFirst().traceId())
                    .containsExactly("%032x".formatted(2), "%032x".formatted(1));
            assertThat(store.search(Tenant.DEFAULT, selection("", "write", Map.of(), t, t + 2000)))
                    .hasSize(1);
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection(
                                            "",
                                            "",
                                            Map.of("segment", "1", "site", "north"),
                                            t,
                                            t + 2000)))
                    .hasSize(1);
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection("", "", Map.of("error", "true"), t, t + 2000)))
                    .hasSize(1);
            assertThat(store.search(Tenant.DEFAULT, selection("", "", Map.of(), t + 1, t + 999)))
                    .isEmpty();
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    new TraceSelection("", "", Map.of(), t, t + 2000, 50, 200, 1)))
                    .hasSize(1);
        }
    }

    @Test
    default void theNewestTracesOfDaysAreFound() {
        long hourNs = 3_600_000_000_000L;
        long t = baseNs();
        try (TraceStore store = newTraceStore()) {
            List<Span> spans = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                spans.add(span(i + 1, 1, "capture", "segment", t - 3L * i * hourNs, 100));
            }
            store.append(Tenant.DEFAULT, spans);
            List<String> newest =
                    IntStream.rangeClosed(1, 20).mapToObj("%032x"::formatted).toList();
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection("capture", "", Map.of(), 0, t + hourNs)))
                    .extracting(trace -> trace.getFirst().traceId())
                    .containsExactlyElementsOf(newest);
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection(
                                            "capture",
                                            "",
                                            Map.of("segment", "39"),
                                            t - 120 * hourNs,
                                            t)))
                    .hasSize(1);
            assertThat(
                            store.search(
                                    Tenant.DEFAULT,
                                    selection("capture", "", Map.of(), t - 6 * hourNs, t)))
                    .hasSize(3);
        }
    }

    @Test
    default void servicesAndOperationsAreListed() {
        long t = baseNs();
        try (TraceStore store = newTraceStore()) {
            store.append(
                    Tenant.DEFAULT,
                    List.of(
                            span(1, 1, "b", "two", t, 1),
                            span(1, 2, "b", "one", t, 1),
                            span(1, 3, "a", "x", t, 1)));
            assertThat(store.services(Tenant.DEFAULT)).containsExactly("a", "b");
            assertThat(store.operations(Tenant.DEFAULT, "b"))
                    .extracting(TraceStore.Operation::name)
                    .containsExactly("one", "two");
        }
    }

    @Test
    default void tenantsNeverSeeEachOthersTraces() {
        long t = baseNs();
        try (TraceStore store = newTraceStore()) {
            store.append(new Tenant("other"), List.of(span(1, 1, "a", "x", t, 1)));
            assertThat(store.trace(Tenant.DEFAULT, "%032x".formatted(1))).isEmpty();
            assertThat(store.services(Tenant.DEFAULT)).isEmpty();
            assertThat(store.operations(Tenant.DEFAULT, "a")).isEmpty();
            assertThat(store.search(Tenant.DEFAULT, selection("", "", Map.of(), t, t + 1)))
                    .isEmpty();
        }
    }
}
