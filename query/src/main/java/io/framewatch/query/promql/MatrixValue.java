package io.framewatch.query.promql;

import io.framewatch.store.SeriesSamples;
import java.util.List;

/// Several samples of each series.
///
/// @param series sorted by labels, none empty
public record MatrixValue(List<SeriesSamples> series) implements Value {

    @Override
    public String kind() {
        return "matrix";
    }
}
