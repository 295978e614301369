package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.VectorMatching;
import java.util.HashSet;
import java.util.Set;

/// The labels by which the series of two vectors find each other.
final class Signatures {

    private final boolean on;
    private final Set<String> names;

    Signatures(VectorMatching matching) {
        this.on = matching.on();
        this.names = new HashSet<>(matching.labels());
        if (!on) {
            names.add(Labels.NAME);
        }
    }

    Labels of(Labels labels) {
        return on ? labels.keep(names) : labels.drop(names);
    }
}
