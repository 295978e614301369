package io.framewatch.server.config;

/// Where OTLP over gRPC is taken.
///
/// @param enabled whether it is
/// @param listen the address
public record GrpcSettings(boolean enabled, ListenSettings listen) {

    /// The port when none is given: OpenTelemetry's.
    public static final int PORT = 4317;

    /// Loopback, port 4317, another one if that is busy.
    public static final GrpcSettings DEFAULT =
            new GrpcSettings(true, new ListenSettings("127.0.0.1", PORT, false));

    /// Not at all.
    public static final GrpcSettings OFF = new GrpcSettings(false, DEFAULT.listen());

    /// On this address only.
    public static GrpcSettings at(ListenSettings listen) {
        return new GrpcSettings(true, listen);
    }
}
