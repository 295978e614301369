package io.framewatch.server.http.prometheus;

import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.store.SeriesSamples;

/// About what a query's result takes in memory, bytes: exact for columns of samples, a round figure
/// for the rest.
final class ResultSizes {

    private static final int SERIES_BYTES = 200;
    private static final int LABEL_BYTES = 100;
    private static final int HISTOGRAM_BYTES = 500;

    private ResultSizes() {}

    static long of(QueryResult result) {
        return switch (result.value()) {
            case MatrixValue matrix ->
                    SERIES_BYTES + matrix.series().stream().mapToLong(ResultSizes::of).sum();
            case VectorValue vector ->
                    (long) (SERIES_BYTES + HISTOGRAM_BYTES) * vector.samples().size();
            case ScalarValue _, StringValue _ -> SERIES_BYTES;
        };
    }

    private static long of(SeriesSamples series) {
        long histograms = series.histograms() == null ? 0 : (long) HISTOGRAM_BYTES * series.size();
        return SERIES_BYTES
                + (long) LABEL_BYTES * series.labels().size()
                + 16L * series.timestampsMs().length
                + histograms;
    }
}
