package io.framewatch.wire.remoteread;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import io.framewatch.model.TimeRange;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.proto.ProtoException;
import java.util.ArrayList;
import java.util.List;

/// What a remote read asks for.
///
/// @param queries each is answered by its own result, in this order
/// @param samplesAccepted whether the client takes a plain list of samples; one that names no type
///   does
public record ReadRequest(List<Query> queries, boolean samplesAccepted) {

    private static final int QUERIES_MAX = 100;
    private static final int MATCHERS_MAX = 1_000;

    /// One selection.
    ///
    /// @param range first and last instant, both inclusive
    /// @param matchers all must accept the series
    public record Query(TimeRange range, List<Matcher> matchers) {}

    /// Reads a decompressed body. Throws `read_invalid`, or `regex_invalid` for a matcher.
    public static ReadRequest parse(byte[] body) {
        ProtoCursor cursor = new ProtoCursor().reset(body, 0, body.length);
        List<Query> queries = new ArrayList<>();
        List<Long> types = new ArrayList<>();
        try {
            while (cursor.next()) {
                switch (cursor.field()) {
                    case 1 -> queries.add(query(cursor));
                    case 2 -> types(cursor, types);
                    default -> cursor.skip();
                }
                if (queries.size() > QUERIES_MAX) {
                    throw invalid("it has more than " + QUERIES_MAX + " queries");
                }
            }
        } catch (ProtoException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        return new ReadRequest(List.copyOf(queries), types.isEmpty() || types.contains(0L));
    }

    private static void types(ProtoCursor cursor, List<Long> types) {
        if (cursor.wireType() != ProtoCursor.BYTES) {
            types.add(cursor.integer());
            return;
        }
        int outer = cursor.enter();
        while (cursor.position() < cursor.limit()) {
            types.add(cursor.varint());
        }
        cursor.leave(outer);
    }

    private static Query query(ProtoCursor cursor) {
        long startMs = 0;
        long endMs = 0;
        List<Matcher> matchers = new ArrayList<>();
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> startMs = cursor.integer();
                case 2 -> endMs = cursor.integer();
                case 3 -> matchers.add(matcher(cursor));
                default -> cursor.skip();
            }
            if (matchers.size() > MATCHERS_MAX) {
                throw invalid("a query has more than " + MATCHERS_MAX + " matchers");
            }
        }
        cursor.leave(outer);
        if (endMs < startMs) {
            throw invalid("a query ends before it starts");
        }
        return new Query(new TimeRange(startMs, endMs), List.copyOf(matchers));
    }

    private static Matcher matcher(ProtoCursor cursor) {
        long type = 0;
        String name = "";
        String value = "";
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> type = cursor.integer();
                case 2 -> name = cursor.strictText();
                case 3 -> value = cursor.strictText();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        if (type < 0 || type >= OPS.length) {
            throw invalid("a matcher has the unknown type " + type);
        }
        return Matcher.of(OPS[(int) type], name, value);
    }

    private static final Matcher.Op[] OPS = {
        Matcher.Op.EQUAL, Matcher.Op.NOT_EQUAL, Matcher.Op.REGEX, Matcher.Op.NOT_REGEX
    };

    private static FaultException invalid(String why) {
        return new FaultException(
                Fault.caller(
                        "read_invalid",
                        "The body is no read request: " + why + ".",
                        "Send a prometheus.ReadRequest in snappy."));
    }
}
