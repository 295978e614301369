package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;

/// Tells when a metric does not look like a counter.
final class CounterNames {

    private static final String TYPE = "__type__";

    private CounterNames() {}

    static void check(Window window) {
        Labels labels = window.labels();
        String type = labels.get(TYPE);
        String name = labels.metricName();
        if (!type.isEmpty()) {
            if (!type.equals("counter") && !type.equals("histogram")) {
                info(
                        window,
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
            info(
                    window,
                    "metric might not be a counter, name does not end in"
                            + " _total/_sum/_count/_bucket: "
                            + Labels.quote(name));
        }
    }

    private static void info(Window window, String text) {
        window.annotations().info(window.span(), text);
    }
}
