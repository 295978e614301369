package io.framewatch.store.record;

import io.framewatch.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attribute values as text that keeps their types: a letter for the type, the length of what
/// follows in UTF-16 units, a colon, and the value; lists and maps hold their elements in the same
/// form. `s2:ab` is a text, `l8:i1:1i1:2` a list of two integers.
public final class AttributeCodec {

    private AttributeCodec() {}

    /// The letter of a value's type.
    public static char letter(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text _ -> 's';
            case AttributeValue.Bool _ -> 'b';
            case AttributeValue.Int _ -> 'i';
            case AttributeValue.Real _ -> 'r';
            case AttributeValue.Bytes _ -> 'x';
            case AttributeValue.Many _ -> 'l';
            case AttributeValue.Nested _ -> 'm';
        };
    }

    /// Whether the letter and [AttributeValue#text] together say everything about a value.
    public static boolean isPlain(char letter) {
        return letter != 'l' && letter != 'm';
    }

    /// A value as text.
    public static String encode(AttributeValue value) {
        StringBuilder out = new StringBuilder();
        encode(out, value);
        return out.toString();
    }

    private static void encode(StringBuilder out, AttributeValue value) {
        char letter = letter(value);
        String body =
                switch (value) {
                    case AttributeValue.Many many -> {
                        StringBuilder inner = new StringBuilder();
                        many.values().forEach(element -> encode(inner, element));
                        yield inner.toString();
                    }
                    case AttributeValue.Nested nested -> {
                        StringBuilder inner = new StringBuilder();
                        nested.values()
                                .forEach((key, element) -> {
                                    encode(inner, new AttributeValue.Text(key));
                                    encode(inner, element);
                                });
                        yield inner.toString();
                    }
                    case AttributeValue.Text text -> text.value();
                    case AttributeValue.Bool bool -> bool.text();
                    case AttributeValue.Int whole -> whole.text();
                    case AttributeValue.Real real -> real.text();
                    case AttributeValue.Bytes bytes -> bytes.hex();
                };
        out.append(letter).append(body.length()).append(':').append(body);
    }

    /// The value of a plain type whose text is `text`.
    public static AttributeValue plain(char letter, String text) {
        return switch (letter) {
            case 's' -> new AttributeValue.Text(text);
            case 'b' -> new AttributeValue.Bool(Boolean.parseBoolean(text));
            case 'i' -> new AttributeValue.Int(Long.parseLong(text));
            case 'r' -> new AttributeValue.Real(Double.parseDouble(text));
            case 'x' -> new AttributeValue.Bytes(text);
            default -> throw new IllegalArgumentException("no type has the letter " + letter);
        };
    }

    /// Reads what [#encode] wrote.
    public static AttributeValue decode(String text) {
        return new Reader(text).value();
    }

    /// Reads values that stand one behind the other. Not thread safe.
    public static final class Reader {

        private final String text;
        private int at;

        /// Begins at the start of `text`.
        public Reader(String text) {
            this.text = text;
        }

        /// Whether there is another one.
        public boolean hasNext() {
            return at < text.length();
        }

        /// The next character by itself.
        public char letter() {
            return text.charAt(at++);
        }

        /// The next value.
        public AttributeValue value() {
            return value(letter());
        }

        /// The next value, whose letter has been read.
        public AttributeValue value(char letter) {
            int colon = text.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
            String body = text.substring(colon + 1, end);
            at = end;
            return switch (letter) {
                case 'l' -> new AttributeValue.Many(list(body));
                case 'm' -> new AttributeValue.Nested(map(body));
                default -> plain(letter, body);
            };
        }

        private static List<AttributeValue> list(String body) {
            Reader elements = new Reader(body);
            List<AttributeValue> all = new ArrayList<>();
            while (elements.hasNext()) {
                all.add(elements.value());
            }
            return all;
        }

        private static Map<String, AttributeValue> map(String body) {
            Reader entries = new Reader(body);
            Map<String, AttributeValue> all = new LinkedHashMap<>();
            while (entries.hasNext()) {
                String key = entries.value().text();
                all.put(key, entries.value());
            }
            return all;
        }
    }
}
