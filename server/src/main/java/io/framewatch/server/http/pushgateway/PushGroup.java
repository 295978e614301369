package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Labels;
import java.util.Map;

/// What was pushed under one set of labels. Immutable.
///
/// @param labels the group's labels, `job` among them
/// @param samples values by series, the group's labels included
/// @param pushedAtMs when a push was taken last, Unix milliseconds; 0 for never
/// @param failedAtMs when one was refused last, Unix milliseconds; 0 for never
record PushGroup(Labels labels, Map<Labels, PushValue> samples, long pushedAtMs, long failedAtMs) {

    PushGroup {
        samples = Map.copyOf(samples);
    }

    /// Nothing pushed yet.
    static PushGroup empty(Labels labels) {
        return new PushGroup(labels, Map.of(), 0, 0);
    }
}
