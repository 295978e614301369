package io.framewatch.wire.otlp.send;

import com.google.protobuf.ByteString;
import io.framewatch.model.AttributeValue;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Attributes of the model as OTLP has them.
final class Attributes {

    private Attributes() {}

    static List<KeyValue> of(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .map(e ->
                        KeyValue.newBuilder()
                                .setKey(e.getKey())
                                .setValue(value(e.getValue()))
                                .build())
                .toList();
    }

    static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static AnyValue value(AttributeValue value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        switch (value) {
            case AttributeValue.Text text -> any.setStringValue(text.value());
            case AttributeValue.Bool bool -> any.setBoolValue(bool.value());
            case AttributeValue.Int whole -> any.setIntValue(whole.value());
            case AttributeValue.Real real -> any.setDoubleValue(real.value());
            case AttributeValue.Bytes bytes -> any.setBytesValue(bytes(bytes.hex()));
            case AttributeValue.Many many ->
                    any.setArrayValue(
                            ArrayValue.newBuilder()
                                    .addAllValues(
                                            many.values().stream()
                                                    .map(Attributes::value)
                                                    .toList()));
            case AttributeValue.Nested nested ->
                    any.setKvlistValue(KeyValueList.newBuilder().addAllValues(of(nested.values())));
        }
        return any.build();
    }

    /// Bytes of hexadecimal digits; none if they are no such digits.
    static ByteString bytes(String hex) {
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException none) {
            return ByteString.EMPTY;
        }
    }
}
