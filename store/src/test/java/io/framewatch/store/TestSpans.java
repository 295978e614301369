package io.framewatch.store;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Spans for tests.
@NullMarked
public final class TestSpans {

    private TestSpans() {}

    /// A span of operation `op`, 10 ns long; its id is `id + 1`, that of its trace `trace + 1`.
    public static Span span(long trace, long id, String service, long startNs) {
        return new Span(
                "%032x".formatted(trace + 1),
                "%016x".formatted(id + 1),
                "",
                "",
                service,
                "op",
                Span.Kind.SERVER,
                startNs,
                startNs + 10,
                Span.Status.UNSET,
                "",
                Map.of("n", new AttributeValue.Int(id)),
                Map.of(),
                "",
                List.of(),
                List.of());
    }
}
