package io.framewatch.ingest.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads single YAML values. A null answer means the value is absent or unusable; the latter has
/// been told to the problems.
final class Scalars {

    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    private Scalars() {}

    static boolean isNull(@Nullable Node node) {
        return node == null
                || node instanceof ScalarNode scalar
                        && scalar.getScalarStyle() == ScalarStyle.PLAIN
                        && !scalar.getTag().getValue().endsWith(":binary")
                        && NULL.contains(scalar.getValue());
    }

    static @Nullable String text(Node node, Problems problems) {
        if (isNull(node)) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            problems.at(node, "a single text is expected here");
            return null;
        }
        if (scalar.getTag().getValue().endsWith(":binary")) {
            return binary(scalar, problems);
        }
        return scalar.getValue();
    }

    private static @Nullable String binary(ScalarNode scalar, Problems problems) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(scalar.getValue());
            if (bytes.length == 0 && !scalar.getValue().isBlank()) {
                throw new IllegalArgumentException("no base64 in it");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException e) {
            problems.at(scalar, "the !!binary value contains invalid base64");
        } catch (CharacterCodingException e) {
            problems.at(scalar, "the !!binary value is not valid UTF-8");
        }
        return null;
    }

    static @Nullable Boolean bool(Node node, Problems problems) {
        String text = text(node, problems);
        if (text == null) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower)) {
            return true;
        }
        if (FALSE.contains(lower)) {
            return false;
        }
        problems.at(node, "true or false is expected, not \"" + text + "\"");
        return null;
    }

    static @Nullable Long number(Node node, long least, long most, Problems problems) {
        String text = text(node, problems);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
            problems.at(node, "a number from " + least + " to " + most + " is expected");
        } catch (NumberFormatException e) {
            problems.at(node, "a whole number is expected, not \"" + text + "\"");
        }
        return null;
    }
}
