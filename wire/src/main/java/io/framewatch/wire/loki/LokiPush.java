package io.framewatch.wire.loki;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads push requests. Faults carry `push_invalid` or `push_limit`; nothing of such a push is
/// taken. Thread safe.
public final class LokiPush {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private LokiPush() {}

    /// The lines of a JSON push: `{"streams":[{"stream":{...},"values":[["ns","line",{...}],
    /// ...]}]}`, or the older form with `labels` and `entries`.
    public static List<LogEntry> json(byte[] body, PushLimits limits) {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw PushEntries.invalid("The body is not JSON.");
        }
        JsonNode streams = root == null ? null : root.get("streams");
        if (streams == null || !streams.isArray()) {
            throw PushEntries.invalid("The body has no list streams.");
        }
        PushEntries entries = new PushEntries(limits);
        for (JsonNode stream : streams) {
            if (stream.has("labels")) {
                olderStream(stream, entries);
            } else {
                stream(stream, entries);
            }
        }
        return entries.entries();
    }

    private static void stream(JsonNode node, PushEntries entries) {
        JsonNode given = node.get("stream");
        JsonNode values = node.get("values");
        if (given == null || !given.isObject() || values == null || !values.isArray()) {
            throw PushEntries.invalid("A stream lacks its object stream or its list values.");
        }
        Labels labels = entries.stream(labels(given));
        for (JsonNode value : values) {
            JsonNode time = value.get(0);
            JsonNode line = value.get(1);
            if (time == null || line == null || !line.isString()) {
                throw PushEntries.invalid("A value is not [\"nanoseconds\", \"line\"].");
            }
            JsonNode metadata = value.get(2);
            entries.add(
                    labels,
                    nanoseconds(time.asString()),
                    line.stringValue(),
                    metadata == null || !metadata.isObject() ? Labels.EMPTY : labels(metadata));
        }
    }

    private static void olderStream(JsonNode node, PushEntries entries) {
        Labels labels = entries.stream(StreamLabels.parse(node.get("labels").asString()));
        JsonNode lines = node.get("entries");
        if (lines == null || !lines.isArray()) {
            throw PushEntries.invalid("A stream lacks its list entries.");
        }
        for (JsonNode line : lines) {
            JsonNode time = line.has("ts") ? line.get("ts") : line.get("timestamp");
            JsonNode text = line.get("line");
            if (time == null || text == null || !text.isString()) {
                throw PushEntries.invalid("An entry lacks ts or line.");
            }
            entries.add(labels, rfc3339(time.asString()), text.stringValue(), Labels.EMPTY);
        }
    }

    private static Labels labels(JsonNode object) {
        Labels.Builder builder = new Labels.Builder();
        for (Map.Entry<String, JsonNode> label : object.properties()) {
            if (!label.getValue().isString()) {
                throw PushEntries.invalid(
                        "Label " + Labels.quote(label.getKey()) + " is not a text.");
            }
            builder.set(label.getKey(), label.getValue().stringValue());
        }
        return builder.build();
    }

    private static long nanoseconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw PushEntries.invalid("A timestamp is no count of nanoseconds.");
        }
    }

    private static long rfc3339(String text) {
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), NS_PER_SECOND), at.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw PushEntries.invalid("A timestamp is not in RFC 3339.");
        }
    }

    /// The lines of a protobuf push (`logproto.PushRequest`), already uncompressed.
    public static List<LogEntry> protobuf(byte[] body, PushLimits limits) {
        PushEntries entries = new PushEntries(limits);
        CodedInputStream in = CodedInputStream.newInstance(body);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == tag(1)) {
                    int end = in.pushLimit(in.readRawVarint32());
                    protoStream(in, entries);
                    in.popLimit(end);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw PushEntries.invalid("The body is not a protobuf push request.");
        }
        return entries.entries();
    }

    private static int tag(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static void protoStream(CodedInputStream in, PushEntries entries) throws IOException {
        Labels labels = Labels.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == tag(1)) {
                labels = entries.stream(StreamLabels.parse(in.readStringRequireUtf8()));
            } else if (tag == tag(2)) {
                if (labels.isEmpty()) {
                    throw PushEntries.invalid("A stream has lines before its labels.");
                }
                int end = in.pushLimit(in.readRawVarint32());
                protoEntry(in, labels, entries);
                in.popLimit(end);
            } else {
                in.skipField(tag);
            }
        }
    }

    private static void protoEntry(CodedInputStream in, Labels labels, PushEntries entries)
            throws IOException {
        long timestampNs = 0;
        String line = "";
        Labels.Builder metadata = new Labels.Builder();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == tag(1)) {
                timestampNs = timestamp(in);
            } else if (tag == tag(2)) {
                line = in.readString();
            } else if (tag == tag(3)) {
                pair(in, metadata);
            } else {
                in.skipField(tag);
            }
        }
        entries.add(labels, timestampNs, line, metadata.build());
    }

    private static long timestamp(CodedInputStream in) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> seconds = in.readInt64();
                case 2 -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(end);
        if (Math.abs(seconds) > Long.MAX_VALUE / NS_PER_SECOND - 1
                || nanos < 0
                || nanos >= NS_PER_SECOND) {
            throw PushEntries.invalid("A timestamp lies out of range.");
        }
        return seconds * NS_PER_SECOND + nanos;
    }

    private static void pair(CodedInputStream in, Labels.Builder into) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == tag(1)) {
                name = in.readString();
            } else if (tag == tag(2)) {
                value = in.readString();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(end);
        if (!name.isEmpty()) {
            into.set(name, value);
        }
    }
}
