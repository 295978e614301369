package io.framewatch.wire.otlp;

import io.framewatch.model.AttributeValue;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attributes as they stand in the protobuf, as the model has them.
public final class OtlpAttributes {

    private static final int DEPTH_MAX = 16;

    private OtlpAttributes() {}

    /// Attributes by name; the last of a repeated name wins.
    public static Map<String, AttributeValue> map(List<KeyValue> attributes) {
        return map(attributes, 0);
    }

    private static Map<String, AttributeValue> map(List<KeyValue> attributes, int depth) {
        Map<String, AttributeValue> map = LinkedHashMap.newLinkedHashMap(attributes.size());
        for (KeyValue attribute : attributes) {
            map.put(attribute.getKey(), value(attribute.getValue(), depth));
        }
        return map;
    }

    /// One value; what nests deeper than 16 is cut off.
    public static AttributeValue value(AnyValue value) {
        return value(value, 0);
    }

    private static AttributeValue value(AnyValue value, int depth) {
        if (depth > DEPTH_MAX) {
            return new AttributeValue.Text("nested too deeply");
        }
        return switch (value.getValueCase()) {
            case STRING_VALUE -> new AttributeValue.Text(value.getStringValue());
            case BOOL_VALUE -> new AttributeValue.Bool(value.getBoolValue());
            case INT_VALUE -> new AttributeValue.Int(value.getIntValue());
            case DOUBLE_VALUE -> new AttributeValue.Real(value.getDoubleValue());
            case BYTES_VALUE -> AttributeValue.Bytes.of(value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> {
                List<AttributeValue> values = new ArrayList<>();
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    values.add(value(element, depth + 1));
                }
                yield new AttributeValue.Many(values);
            }
            case KVLIST_VALUE ->
                    new AttributeValue.Nested(
                            map(value.getKvlistValue().getValuesList(), depth + 1));
            default -> new AttributeValue.Text("");
        };
    }
}
