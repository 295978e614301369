package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Span;

/// Tells when a metric does not look like a counter.
final class CounterNames {

    private static final String TYPE = "__type__";

    private CounterNames() {}

    static void check(Window window) {
        check(window.labels(), window.span(), window.annotations());
    }

    /// Of a function at `span` over the series `labels`.
    static void check(Labels labels, Span span, Annotations to) {
        String type = labels.get(TYPE);
        String name = labels.metricName();
        if (!type.isEmpty()) {
            if (!type.equals("counter") && !type.equals("histogram")) {
                to.info(
                        span,
                        "metric might not be a counter, __type__ label is not set to \"counter\""
                                + " or \"histogram\", got "
                                + Labels.quote(type)
                                + ": "
                                + Labels.quote(name));
            }
            return;
        }
        boolean counter =
                name.isEmpty()
                        || name.endsWith("_total")
                        || name.endsWith("_sum")
                        || name.endsWith("_count")
                        || name.endsWith("_bucket");
        if (!counter) {
            to.info(
                    span,
                    "metric might not be a counter, name does not end in"
                            + " _total/_sum/_count/_bucket: "
                            + Labels.quote(name));
        }
    }
}
