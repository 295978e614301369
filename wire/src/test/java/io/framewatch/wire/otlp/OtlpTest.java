package io.framewatch.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpTest {

    private static final String TRACES =
            """
            {"resourceSpans":[{"resource":{"attributes":[
               {"key":"service.name","value":{"stringValue":"transcode"}},
               {"key":"site","value":{"stringValue":"north"}}]},
              "scopeSpans":[{"scope":{"name":"pipeline"},"spans":[
               {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
                "parentSpanId":"eee19b7ec3c1b173","name":"encode","kind":2,
                "startTimeUnixNano":"1800000000000000000","endTimeUnixNano":"1800000001000000000",
                "attributes":[{"key":"segment","value":{"intValue":"17"}},
                  {"key":"sizes","value":{"arrayValue":{"values":[{"doubleValue":1.5},{"boolValue":true}]}}}],
                "events":[{"timeUnixNano":"1800000000500000000","name":"keyframe"}],
                "links":[{"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b175"}],
                "status":{"code":2,"message":"late"},"unknownField":1},
               {"traceId":"00000000000000000000000000000000","spanId":"eee19b7ec3c1b174","name":"no id",
                "startTimeUnixNano":"1","endTimeUnixNano":"2"},
               {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b176","name":"backwards",
                "startTimeUnixNano":"2","endTimeUnixNano":"1"}]}]}]}\
            """;

    private static final String LOGS =
            """
            {"resourceLogs":[{"resource":{"attributes":[
               {"key":"service.name","value":{"stringValue":"transcode"}},
               {"key":"process.pid","value":{"intValue":"42"}}]},
              "scopeLogs":[{"logRecords":[
               {"timeUnixNano":"1800000000000000000","severityNumber":17,"severityText":"ERROR",
                "body":{"stringValue":"frame lost"},"traceId":"5b8efff798038103d269b633813fc60c",
                "spanId":"eee19b7ec3c1b174","attributes":[{"key":"frame.pts","value":{"intValue":"9"}}]},
               {"body":{"kvlistValue":{"values":[{"key":"a","value":{"stringValue":"b"}}]}}}]}]}]}\
            """;

    private static ExportTraceServiceRequest traces() {
        return OtlpJson.read(
                        TRACES.getBytes(StandardCharsets.UTF_8),
                        ExportTraceServiceRequest.newBuilder())
                .build();
    }

    @Test
    void spansComeWholeAndBadOnesAreRefusedOneByOne() {
        OtlpTraces.Result result = OtlpTraces.spans(traces(), OtlpLimits.DEFAULT);
        assertThat(result.refused()).isEqualTo(2);
        assertThat(result.reason()).contains("ends before");
        Span span = result.spans().getFirst();
        assertThat(span.traceId()).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(span.parentSpanId()).isEqualTo("eee19b7ec3c1b173");
        assertThat(span.service()).isEqualTo("transcode");
        assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
        assertThat(span.status()).isEqualTo(Span.Status.ERROR);
        assertThat(span.durationNs()).isEqualTo(1_000_000_000L);
        assertThat(span.attributes()).containsEntry("segment", new AttributeValue.Int(17));
        assertThat(span.attributes())
                .hasEntrySatisfying(
                        "sizes", sizes -> assertThat(sizes.text()).isEqualTo("[1.5,true]"));
        assertThat(span.resource()).containsEntry("site", new AttributeValue.Text("north"));
        assertThat(span.events()).extracting(Span.Event::name).containsExactly("keyframe");
        assertThat(span.links()).extracting(Span.Link::spanId).containsExactly("eee19b7ec3c1b175");
    }

    @Test
    void protobufAndJsonSayTheSame() {
        byte[] protobuf = traces().toByteArray();
        assertThat(OtlpTraces.spans(OtlpTraces.parse(protobuf), OtlpLimits.DEFAULT).spans())
                .isEqualTo(OtlpTraces.spans(traces(), OtlpLimits.DEFAULT).spans());
        for (int length = 1; length < protobuf.length; length += 3) {
            byte[] cut = Arrays.copyOf(protobuf, length);
            try {
                OtlpTraces.spans(OtlpTraces.parse(cut), OtlpLimits.DEFAULT);
            } catch (FaultException e) {
                assertThat(e.fault().code()).isEqualTo("otlp_invalid");
            }
        }
    }

    @Test
    void logRecordsBecomeLines() {
        ExportLogsServiceRequest request =
                OtlpJson.read(
                                LOGS.getBytes(StandardCharsets.UTF_8),
                                ExportLogsServiceRequest.newBuilder())
                        .build();
        List<LogEntry> entries = OtlpLogs.entries(request, 5, OtlpLimits.DEFAULT).entries();
        assertThat(entries.getFirst())
                .isEqualTo(
                        new LogEntry(
                                1_800_000_000_000_000_000L,
                                Labels.of("service_name", "transcode"),
                                "frame lost",
                                Labels.of(
                                        "process_pid", "42",
                                        "frame_pts", "9",
                                        "severity_text", "ERROR",
                                        "severity_number", "17",
                                        "trace_id", "5b8efff798038103d269b633813fc60c",
                                        "span_id", "eee19b7ec3c1b174")));
        assertThat(entries.get(1).timestampNs()).isEqualTo(5);
        assertThat(entries.get(1).line()).isEqualTo("{\"a\":\"b\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "x",
                "{\"resourceSpans\":1}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}"
            })
    void refusesWhatIsNoRequest(String body) {
        assertThatThrownBy(() ->
                        OtlpJson.read(
                                body.getBytes(StandardCharsets.UTF_8),
                                ExportTraceServiceRequest.newBuilder()))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().code()).isEqualTo("otlp_invalid"));
    }

    @Test
    void anIdOfTheWrongLengthIsRefusedAlone() {
        ExportTraceServiceRequest.Builder request = traces().toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getSpansBuilder(0)
                .setSpanId(ByteString.copyFrom(new byte[] {1, 2}));
        assertThat(OtlpTraces.spans(request.build(), OtlpLimits.DEFAULT).refused()).isEqualTo(3);
    }
}
