package io.framewatch.model;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The value of a span's attribute, in OpenTelemetry's types (`opentelemetry/proto/common/v1`,
/// `AnyValue`).
public sealed interface AttributeValue {

    /// A string.
    ///
    /// @param value the text
    record Text(String value) implements AttributeValue {}

    /// A truth value.
    ///
    /// @param value the truth
    record Bool(boolean value) implements AttributeValue {}

    /// A 64-bit integer.
    ///
    /// @param value the number
    record Int(long value) implements AttributeValue {}

    /// A double.
    ///
    /// @param value the number
    record Real(double value) implements AttributeValue {}

    /// Bytes, kept as lower-case hexadecimal digits.
    ///
    /// @param hex two digits a byte
    record Bytes(String hex) implements AttributeValue {

        /// Bytes as they came.
        public static Bytes of(byte[] bytes) {
            return new Bytes(HexFormat.of().formatHex(bytes));
        }
    }

    /// A list.
    ///
    /// @param values the elements
    record Many(List<AttributeValue> values) implements AttributeValue {}

    /// A nested map.
    ///
    /// @param values the entries
    record Nested(Map<String, AttributeValue> values) implements AttributeValue {}

    /// The value as text: numbers and truths in their usual form, lists and maps in the manner of
    /// JSON.
    default String text() {
        return switch (this) {
            case Text t -> t.value();
            case Bool b -> Boolean.toString(b.value());
            case Int i -> Long.toString(i.value());
            case Real r -> FloatFormat.general(r.value());
            case Bytes b -> b.hex();
            case Many m ->
                    m.values().stream()
                            .map(AttributeValue::quoted)
                            .collect(Collectors.joining(",", "[", "]"));
            case Nested n ->
                    n.values().entrySet().stream()
                            .map(e -> Labels.quote(e.getKey()) + ":" + e.getValue().quoted())
                            .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private String quoted() {
        return this instanceof Text || this instanceof Bytes ? Labels.quote(text()) : text();
    }
}
