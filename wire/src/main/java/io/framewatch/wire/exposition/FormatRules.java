package io.framewatch.wire.exposition;

import io.framewatch.model.MetricMetadata;

/// The rules of a format beyond its syntax, for those who check expositions. Each method throws
/// [ExpositionException] at a breach on `line`.
interface FormatRules {

    void type(String family, MetricMetadata.Type type, int line);

    void help(String family, int line);

    void unit(String family, String unit, int line);

    void sample(SampleView sample, int line);

    /// The exposition is over; `complete` is whether its last line ended with a line feed.
    void end(boolean complete, int line);
}
