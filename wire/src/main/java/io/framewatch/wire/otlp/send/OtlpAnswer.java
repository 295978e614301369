package io.framewatch.wire.otlp.send;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;

/// What a server answers to an export request. The answers of the three signals have the same form
/// (`opentelemetry/proto/collector/*/v1`).
public final class OtlpAnswer {

    private static final Partial NONE = new Partial(0, "");

    private OtlpAnswer() {}

    /// What an otherwise good request was refused.
    ///
    /// @param refused rows refused; 0 if none
    /// @param message why, or a warning
    public record Partial(long refused, String message) {}

    /// The partial success in the first `length` bytes of a protobuf answer; nothing refused if it
    /// holds none or is no protobuf.
    public static Partial partial(byte[] body, int length) {
        try {
            ExportLogsPartialSuccess partial =
                    ExportLogsServiceResponse.parseFrom(
                                    CodedInputStream.newInstance(body, 0, length))
                            .getPartialSuccess();
            return new Partial(partial.getRejectedLogRecords(), partial.getErrorMessage());
        } catch (IOException noProtobuf) {
            return NONE;
        }
    }
}
