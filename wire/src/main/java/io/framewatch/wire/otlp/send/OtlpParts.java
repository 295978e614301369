package io.framewatch.wire.otlp.send;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/// Cuts export requests into parts of about a mebibyte, each a request of its own with the resource
/// and scope of what it holds. Nothing is changed. Stateless, thread safe.
public final class OtlpParts {

    /// A part ends when it has this many bytes; the last element may carry it further.
    public static final int BYTES = 1 << 20;

    private OtlpParts() {}

    /// Hands the bytes of each part, and how many data points it has, to `sink`.
    public static void metrics(ExportMetricsServiceRequest request, ObjIntConsumer<byte[]> sink) {
        if (request.getSerializedSize() <= BYTES) {
            whole(request, points(request), sink);
            return;
        }
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                cut(
                        scope.getMetricsList(),
                        OtlpParts::points,
                        some ->
                                ExportMetricsServiceRequest.newBuilder()
                                        .addResourceMetrics(
                                                resource.toBuilder()
                                                        .clearScopeMetrics()
                                                        .addScopeMetrics(
                                                                scope.toBuilder()
                                                                        .clearMetrics()
                                                                        .addAllMetrics(some)))
                                        .build(),
                        (part, rows) -> whole(part, rows, sink));
            }
        }
    }

    /// The same for log records.
    public static void logs(ExportLogsServiceRequest request, ObjIntConsumer<byte[]> sink) {
        if (request.getSerializedSize() <= BYTES) {
            whole(request, records(request), sink);
            return;
        }
        for (ResourceLogs resource : request.getResourceLogsList()) {
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                cut(
                        scope.getLogRecordsList(),
                        (LogRecord _) -> 1,
                        some ->
                                ExportLogsServiceRequest.newBuilder()
                                        .addResourceLogs(
                                                resource.toBuilder()
                                                        .clearScopeLogs()
                                                        .addScopeLogs(
                                                                scope.toBuilder()
                                                                        .clearLogRecords()
                                                                        .addAllLogRecords(some)))
                                        .build(),
                        (part, rows) -> whole(part, rows, sink));
            }
        }
    }

    /// The same for spans.
    public static void traces(ExportTraceServiceRequest request, ObjIntConsumer<byte[]> sink) {
        if (request.getSerializedSize() <= BYTES) {
            whole(request, spans(request), sink);
            return;
        }
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                cut(
                        scope.getSpansList(),
                        (Span _) -> 1,
                        some ->
                                ExportTraceServiceRequest.newBuilder()
                                        .addResourceSpans(
                                                resource.toBuilder()
                                                        .clearScopeSpans()
                                                        .addScopeSpans(
                                                                scope.toBuilder()
                                                                        .clearSpans()
                                                                        .addAllSpans(some)))
                                        .build(),
                        (part, rows) -> whole(part, rows, sink));
            }
        }
    }

    private static void whole(MessageLite part, int rows, ObjIntConsumer<byte[]> sink) {
        if (rows > 0) {
            sink.accept(part.toByteArray(), rows);
        }
    }

    private static <T extends MessageLite, R extends MessageLite> void cut(
            List<T> elements,
            ToIntFunction<T> rows,
            Function<List<T>, R> part,
            BiConsumer<R, Integer> sink) {
        List<T> some = new ArrayList<>();
        int bytes = 0;
        int count = 0;
        for (T element : elements) {
            some.add(element);
            bytes += element.getSerializedSize();
            count += rows.applyAsInt(element);
            if (bytes >= BYTES) {
                sink.accept(part.apply(some), count);
                some = new ArrayList<>();
                bytes = 0;
                count = 0;
            }
        }
        if (!some.isEmpty()) {
            sink.accept(part.apply(some), count);
        }
    }

    static int points(ExportMetricsServiceRequest request) {
        int points = 0;
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                points += scope.getMetricsList().stream().mapToInt(OtlpParts::points).sum();
            }
        }
        return points;
    }

    private static int points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }

    private static int records(ExportLogsServiceRequest request) {
        int records = 0;
        for (ResourceLogs resource : request.getResourceLogsList()) {
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                records += scope.getLogRecordsCount();
            }
        }
        return records;
    }

    private static int spans(ExportTraceServiceRequest request) {
        int spans = 0;
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                spans += scope.getSpansCount();
            }
        }
        return spans;
    }
}
