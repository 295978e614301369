package io.framewatch.wire.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads OTLP's JSON. It is protobuf's own JSON but for ids, which stand in hexadecimal instead of
/// base 64, and for unknown fields, which are passed over (OTLP specification, "JSON Protobuf
/// Encoding"). Thread safe.
public final class OtlpJson {

    private static final Set<String> IDS =
            Set.of("traceId", "spanId", "parentSpanId", "trace_id", "span_id", "parent_span_id");
    private static final int DEPTH_MAX = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private OtlpJson() {}

    /// Fills `into`; throws `otlp_invalid` for what is not such a message.
    public static <B extends Message.Builder> B read(byte[] body, B into) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root == null || !root.isObject()) {
                throw invalid("The body is not a JSON object.");
            }
            idsToBase64(root, 0);
            PARSER.merge(root.toString(), into);
            return into;
        } catch (JacksonException | InvalidProtocolBufferException e) {
            throw invalid("The body is not the JSON of an OTLP export request.");
        }
    }

    /// An answer as JSON.
    public static byte[] write(Message message) {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(message)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer of ours can be printed", e);
        }
    }

    private static void idsToBase64(JsonNode node, int depth) {
        if (depth > DEPTH_MAX) {
            throw invalid("The body is nested too deeply.");
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : Set.copyOf(object.properties())) {
                if (IDS.contains(field.getKey()) && field.getValue().isString()) {
                    object.put(field.getKey(), base64(field.getValue().stringValue()));
                } else {
                    idsToBase64(field.getValue(), depth + 1);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (JsonNode element : array) {
                idsToBase64(element, depth + 1);
            }
        }
    }

    private static String base64(String hex) {
        try {
            return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw invalid("An id is not hexadecimal.");
        }
    }

    /// A request that is not one: `otlp_invalid`.
    public static FaultException invalid(String what) {
        return new FaultException(
                Fault.caller(
                        "otlp_invalid",
                        what,
                        "Send an OTLP export request of the signal of this path."));
    }
}
