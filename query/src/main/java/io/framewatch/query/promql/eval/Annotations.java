package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects warnings and infos of a query, each once. Thread safe.
public final class Annotations {

    private static final int KEPT_MAX = 100;

    private final String query;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> infos = new LinkedHashSet<>();

    /// Annotations of the query with this text.
    public Annotations(String query) {
        this.query = query;
    }

    /// Adds a warning about what stands at `span`.
    public void warn(Span span, String text) {
        add(warnings, "PromQL warning: " + text, span);
    }

    /// Adds an info about what stands at `span`.
    public void info(Span span, String text) {
        add(infos, "PromQL info: " + text, span);
    }

    private synchronized void add(Set<String> to, String text, Span span) {
        if (to.size() < KEPT_MAX) {
            to.add(text + " (" + position(span) + ")");
        }
    }

    /// Where `span` stands in the query, as `line:column`.
    String position(Span span) {
        return span.position(query);
    }

    /// `text` with the metric's name, if it has one.
    public static String named(String text, Labels labels) {
        String name = labels.metricName();
        return name.isEmpty() ? text : text + " for metric name " + Labels.quote(name);
    }

    /// Warnings so far, a copy in order.
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// Infos so far, a copy in order.
    public synchronized List<String> infos() {
        return List.copyOf(infos);
    }
}
