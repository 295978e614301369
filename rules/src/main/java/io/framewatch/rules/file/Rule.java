package io.framewatch.rules.file;

import java.util.Map;

/// One rule as it stands in its file. Immutable.
public sealed interface Rule {

    /// The series it records or the alert it raises.
    String name();

    /// Its PromQL, as written.
    String expr();

    /// Labels it sets, the group's included; an empty value takes a label away.
    Map<String, String> labels();

    /// A rule whose result is written under another name.
    ///
    /// @param name the metric it writes
    /// @param expr its PromQL
    /// @param labels labels it sets
    record Recording(String name, String expr, Map<String, String> labels) implements Rule {}

    /// A rule that raises an alert for each series its expression returns.
    ///
    /// @param name the alert's name
    /// @param expr its PromQL
    /// @param forMs how long the expression has to hold before the alert fires, milliseconds
    /// @param keepFiringForMs how long the alert goes on after the expression last held,
    ///   milliseconds
    /// @param labels labels it sets; templates
    /// @param annotations texts for people; templates
    record Alerting(
            String name,
            String expr,
            long forMs,
            long keepFiringForMs,
            Map<String, String> labels,
            Map<String, String> annotations)
            implements Rule {}
}
