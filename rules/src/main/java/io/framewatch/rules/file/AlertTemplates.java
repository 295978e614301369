package io.framewatch.rules.file;

/// What every template of a rule may rely on.
public final class AlertTemplates {

    /// Defines `$labels`, `$externalLabels`, `$externalURL` and `$value` before a rule's text.
    public static final String PROLOGUE =
            "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
                    + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

    private AlertTemplates() {}
}
