package io.framewatch.query.logql;

import java.util.List;

/// A metric expression, taken apart: leaves over log lines, and PromQL around them in which leaf
/// `i` stands as the metric `_li`, padded with spaces to the length of the text it replaces so that
/// positions stay true.
///
/// @param promql what stands around the leaves
/// @param leaves range aggregations, in the order of the text
public record MetricQuery(String promql, List<RangeAggregation> leaves) {

    /// The metric name that leaf `index` goes by.
    static String leafName(int index) {
        return "_l" + index;
    }
}
