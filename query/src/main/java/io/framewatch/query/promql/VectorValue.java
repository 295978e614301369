package io.framewatch.query.promql;

import java.util.List;

/// One sample of each series at one time.
///
/// @param samples in the order of the query's sorting function, otherwise in no particular order
public record VectorValue(List<VectorSample> samples) implements Value {

    @Override
    public String kind() {
        return "vector";
    }
}
