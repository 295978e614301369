package io.framewatch.wire.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;

/// What one log record or span may carry; one that carries more is refused, the others are taken.
///
/// @param attributesMax attributes of a resource, record or span
/// @param nameLengthMax longest attribute name, characters
/// @param valueBytesMax largest attribute value, bytes in protobuf
/// @param bodyBytesMax largest body of a log record, bytes in protobuf
/// @param partsMax events of a span, and links of it
public record OtlpLimits(
        int attributesMax, int nameLengthMax, int valueBytesMax, int bodyBytesMax, int partsMax) {

    /// What may be carried unless configured otherwise.
    public static final OtlpLimits DEFAULT =
            new OtlpLimits(1_024, 1_024, 262_144, 1_048_576, 10_000);

    /// What is wrong with attributes; empty if nothing is.
    String wrong(List<KeyValue> attributes) {
        if (attributes.size() > attributesMax) {
            return "more than " + attributesMax + " attributes";
        }
        for (KeyValue attribute : attributes) {
            if (attribute.getKey().length() > nameLengthMax) {
                return "an attribute name longer than " + nameLengthMax + " characters";
            }
            if (attribute.getValue().getSerializedSize() > valueBytesMax) {
                return "an attribute value larger than " + valueBytesMax + " bytes";
            }
        }
        return "";
    }

    /// The same for the body of a log record.
    String wrongBody(AnyValue body) {
        return body.getSerializedSize() > bodyBytesMax
                ? "a body larger than " + bodyBytesMax + " bytes"
                : "";
    }
}
