package io.framewatch.store.clickhouse;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.record.SpanRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// Spans, a row each, sorted by tenant, service, operation and time, partitioned by day; a bloom
/// filter finds those of a trace.
public final class SpanTable {

    private static final HexFormat HEX = HexFormat.of();

    /// Ids sent with one query.
    private static final int IDS_SENT_MAX = 500;

    private static final int TRACE_ID_BYTES = 16;

    private SpanTable() {}

    private record Row(Tenant tenant, Span span) {

        long day() {
            return Math.floorDiv(span.startNs(), Inserts.DAY_NS);
        }
    }

    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::day)
                    .thenComparing(Row::tenant)
                    .thenComparing(row -> row.span.service())
                    .thenComparing(row -> row.span.name())
                    .thenComparingLong(row -> row.span.startNs());

    static void addTo(Inserts inserts, List<SpanRecord> records) {
        List<Row> rows = new ArrayList<>();
        for (SpanRecord record : records) {
            record.spans().forEach(span -> rows.add(new Row(record.tenant(), span)));
        }
        rows.sort(ORDER);
        inserts.add(
                Schema.SPANS,
                rows.size(),
                i -> rows.get(i).day(),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Bytes traceId = new NativeColumn.Bytes("trace_id", TRACE_ID_BYTES);
        NativeColumn.Fixed spanId = new NativeColumn.Fixed("span_id", "UInt64");
        NativeColumn.Fixed parent = new NativeColumn.Fixed("parent_span_id", "UInt64");
        NativeColumn.Text state = new NativeColumn.Text("trace_state");
        NativeColumn.Text service = new NativeColumn.Text("service");
        NativeColumn.Text name = new NativeColumn.Text("name");
        NativeColumn.Fixed kind = new NativeColumn.Fixed("kind", "UInt8");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(9, 'UTC')");
        NativeColumn.Fixed duration = new NativeColumn.Fixed("duration_ns", "UInt64");
        NativeColumn.Fixed status = new NativeColumn.Fixed("status", "UInt8");
        NativeColumn.Text message = new NativeColumn.Text("status_message");
        NativeColumn.Text scope = new NativeColumn.Text("scope");
        SpanColumns own = new SpanColumns();
        for (Row row : rows) {
            Span span = row.span();
            tenant.add(row.tenant().id());
            traceId.add(HEX.parseHex(span.traceId()));
            spanId.add(HexFormat.fromHexDigitsToLong(span.spanId()));
            parent.add(
                    span.parentSpanId().isEmpty()
                            ? 0
                            : HexFormat.fromHexDigitsToLong(span.parentSpanId()));
            state.add(span.traceState());
            service.add(span.service());
            name.add(span.name());
            kind.addByte(span.kind().ordinal());
            ts.add(span.startNs());
            duration.add(span.durationNs());
            status.addByte(span.status().ordinal());
            message.add(span.statusMessage());
            scope.add(span.scope());
            own.add(span);
        }
        List<NativeColumn> all =
                new ArrayList<>(
                        List.of(
                                tenant, traceId, spanId, parent, state, service, name, kind, ts,
                                duration, status, message, scope));
        all.addAll(own.all());
        return all;
    }

    /// Ids of the traces with a span that meets `selection` and starts from `fromNs` (inclusive) to
    /// `toNs` (exclusive), the newest such span first; rows of inserts behind `batchMax` are left
    /// out.
    public static List<String> search(
            ClickHouse clickHouse,
            Tenant tenant,
            TraceSelection selection,
            long fromNs,
            long toNs,
            long batchMax,
            Duration timeout) {
        Sql sql = new Sql("SELECT lower(hex(trace_id)), max(ts) AS newest FROM ");
        sql.add(Schema.SPANS).add(" WHERE tenant = ").text(tenant.id());
        if (!selection.service().isEmpty()) {
            sql.add(" AND service = ").text(selection.service());
        }
        if (!selection.operation().isEmpty()) {
            sql.add(" AND name = ").text(selection.operation());
        }
        Times.betweenNs(sql, fromNs, toNs);
        if (selection.durationMinNs() > 0) {
            sql.add(" AND duration_ns >= ").number(selection.durationMinNs());
        }
        if (selection.durationMaxNs() < Long.MAX_VALUE) {
            sql.add(" AND duration_ns <= ").number(Math.max(0, selection.durationMaxNs()));
        }
        selection.attributes().forEach((name, text) -> attribute(sql, name, text));
        sql.add(" AND batch <= ").unsigned(batchMax);
        sql.add(" GROUP BY trace_id ORDER BY newest DESC, trace_id LIMIT ");
        sql.unsigned(selection.tracesMax());
        List<String> ids = new ArrayList<>();
        try (Result result = clickHouse.query(sql, timeout)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                ids.addAll(List.of(block.texts(0)));
            }
        }
        return ids;
    }

    /// The span's own attribute counts before that of its resource; one that is absent has no text,
    /// not even the empty one.
    private static void attribute(Sql sql, String name, String text) {
        boolean error = name.equals("error") && text.equals("true");
        sql.add(" AND (").add(error ? "status = 2 OR " : "");
        if (text.isEmpty()) {
            sql.add("(mapContains(attributes, ").text(name);
            sql.add(") OR mapContains(resource, ").text(name).add(")) AND ");
        }
        sql.add("if(mapContains(attributes, ").text(name).add("), attributes[").text(name);
        sql.add("], resource[").text(name).add("]) = ").text(text).add(")");
    }

    /// The spans of traces, whose ids are 32 hexadecimal digits, in no order; at most `spansMax +
    /// 1`. Rows of inserts behind `batchMax` are left out. `each` is told of every span as it
    /// comes, and may throw.
    public static List<Span> spans(
            ClickHouse clickHouse,
            Tenant tenant,
            List<String> traceIds,
            long batchMax,
            long spansMax,
            Consumer<Span> each) {
        List<Span> spans = new ArrayList<>();
        for (int from = 0; from < traceIds.size() && spans.size() <= spansMax; ) {
            int to = Math.min(traceIds.size(), from + IDS_SENT_MAX);
            Sql sql = new Sql("SELECT ").add(SELECTED).add(" FROM ").add(Schema.SPANS);
            sql.add(" WHERE tenant = ").text(tenant.id());
            sql.add(" AND trace_id IN (SELECT toFixedString(unhex(arrayJoin(");
            sql.wordList(traceIds.subList(from, to)).add(")), 16)) AND batch <= ");
            sql.unsigned(batchMax).add(" LIMIT ").unsigned(spansMax + 1 - spans.size());
            try (Result result = clickHouse.query(sql)) {
                for (Block block = result.next(); block != null; block = result.next()) {
                    for (int i = 0; i < block.rows(); i++) {
                        Span span = span(block, i);
                        each.accept(span);
                        spans.add(span);
                    }
                }
            }
            from = to;
        }
        return spans;
    }

    private static final String SELECTED =
            "lower(hex(trace_id)), span_id, parent_span_id, trace_state, CAST(service AS String),"
                    + " CAST(name AS String), kind, ts, duration_ns, status, status_message,"
                    + " CAST(scope AS String), "
                    + SpanColumns.SELECTED;

    private static final int OWN_COLUMNS = 12;

    private static final Span.Kind[] KINDS = Span.Kind.values();
    private static final Span.Status[] STATUSES = Span.Status.values();

    private static Span span(Block block, int row) {
        long parent = block.longs(2)[row];
        long startNs = block.longs(7)[row];
        java.util.Map<String, AttributeValue> attributes =
                SpanColumns.attributes(block, OWN_COLUMNS, row);
        return new Span(
                block.texts(0)[row],
                HEX.toHexDigits(block.longs(1)[row]),
                parent == 0 ? "" : HEX.toHexDigits(parent),
                block.texts(3)[row],
                block.texts(4)[row],
                block.texts(5)[row],
                KINDS[(int) block.longs(6)[row]],
                startNs,
                startNs + block.longs(8)[row],
                STATUSES[(int) block.longs(9)[row]],
                block.texts(10)[row],
                attributes,
                SpanColumns.attributes(block, OWN_COLUMNS + 3, row),
                block.texts(11)[row],
                SpanColumns.events(block.texts(OWN_COLUMNS + 6)[row]),
                SpanColumns.links(block.texts(OWN_COLUMNS + 7)[row]));
    }
}
