package io.framewatch.wire.exposition;

/// Reads expositions. Stateless, thread safe.
public final class Exposition {

    private Exposition() {}

    /// Reads `length` bytes the way a scrape does: syntax is checked, oddities that do no harm are
    /// let pass. Throws [ExpositionException]; what was visited before it is then part of a broken
    /// whole.
    public static void parse(
            ExpositionFormat format, byte[] data, int length, ExpositionVisitor visitor) {
        switch (format) {
            case PROMETHEUS_TEXT -> new TextParser(data, length, visitor, null).parse();
            case OPENMETRICS -> new OpenMetricsParser(data, length, visitor, null).parse();
            case PROTOBUF -> new ProtoParser(data, length, visitor).parse();
        }
    }

    /// Reads `length` bytes and checks every rule of the format: names that clash, order, values
    /// that a type cannot have. Throws [ExpositionException] at the first breach.
    public static void check(
            ExpositionFormat format, byte[] data, int length, ExpositionVisitor visitor) {
        switch (format) {
            case PROMETHEUS_TEXT ->
                    new TextParser(data, length, visitor, new PrometheusRules()).parse();
            case OPENMETRICS ->
                    new OpenMetricsParser(data, length, visitor, new OpenMetricsRules()).parse();
            case PROTOBUF -> new ProtoParser(data, length, visitor).parse();
        }
    }
}
