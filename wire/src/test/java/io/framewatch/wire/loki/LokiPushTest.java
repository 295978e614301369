package io.framewatch.wire.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LokiPushTest {

    private static List<LogEntry> json(String body) {
        return LokiPush.json(body.getBytes(StandardCharsets.UTF_8), PushLimits.DEFAULT);
    }

    @Test
    void readsJsonWithStructuredMetadata() {
        assertThat(
                        json(
                                """
                                {"streams":[{"stream":{"service":"encoder","site":"north"},"values":[
                                  ["1800000000000000001","frame lost",{"trace_id":"ab"}],
                                  ["1800000000000000002","ok"]]}]}\
                                """))
                .containsExactly(
                        new LogEntry(
                                1_800_000_000_000_000_001L,
                                Labels.of("service", "encoder", "site", "north"),
                                "frame lost",
                                Labels.of("trace_id", "ab")),
                        new LogEntry(
                                1_800_000_000_000_000_002L,
                                Labels.of("service", "encoder", "site", "north"),
                                "ok",
                                Labels.EMPTY));
    }

    @Test
    void readsTheOlderJson() {
        assertThat(
                        json(
                                """
                                {"streams":[{"labels":"{app=\\"x\\", env=\\"a\\\\\\"b\\"}","entries":[
                                  {"ts":"2027-01-15T08:00:00.000000001Z","line":"hello"}]}]}\
                                """))
                .containsExactly(
                        new LogEntry(
                                1_800_000_000_000_000_001L,
                                Labels.of("app", "x", "env", "a\"b"),
                                "hello",
                                Labels.EMPTY));
    }

    private static byte[] message(int field, byte[] inner) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(field, inner);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(int field, String text) throws IOException {
        return message(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] protobuf() throws IOException {
        ByteArrayOutputStream time = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(time);
        out.writeInt64(1, 1_800_000_000L);
        out.writeInt32(2, 7);
        out.flush();
        byte[] metadata = join(text(1, "trace_id"), text(2, "ab"));
        byte[] entry =
                join(message(1, time.toByteArray()), text(2, "frame lost"), message(3, metadata));
        byte[] stream = join(text(1, "{service=\"encoder\"}"), message(2, entry));
        return message(1, stream);
    }

    @Test
    void readsProtobuf() throws IOException {
        assertThat(LokiPush.protobuf(protobuf(), PushLimits.DEFAULT))
                .containsExactly(
                        new LogEntry(
                                1_800_000_000_000_000_007L,
                                Labels.of("service", "encoder"),
                                "frame lost",
                                Labels.of("trace_id", "ab")));
    }

    @Test
    void aCutOrDamagedProtobufIsAFaultAndNothingElse() throws IOException {
        byte[] whole = protobuf();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LokiPush.protobuf(cut, PushLimits.DEFAULT))
                    .isInstanceOf(FaultException.class);
        }
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                try {
                    LokiPush.protobuf(damaged, PushLimits.DEFAULT);
                } catch (FaultException e) {
                    assertThat(e.fault().code()).startsWith("push_");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"streams\":1}",
                "{\"streams\":[{\"stream\":{},\"values\":[]}]}",
                "{\"streams\":[{\"stream\":{\"a\":1},\"values\":[]}]}",
                "{\"streams\":[{\"stream\":{\"a\":\"b\"}}]}",
                "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"x\",\"y\"]]}]}",
                "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"1\"]]}]}",
                "{\"streams\":[{\"labels\":\"{a=b}\",\"entries\":[]}]}",
                "{\"streams\":[{\"labels\":\"{a=\\\"b\\\"}\",\"entries\":[{\"ts\":\"yesterday\",\"line\":\"x\"}]}]}"
            })
    void refusesWhatIsNoPush(String body) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().code()).isEqualTo("push_invalid"));
    }

    @Test
    void limitsHold() {
        PushLimits limits = new PushLimits(1, 3, 1, 2);
        for (String body :
                List.of(
                        "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"1\",\"x\"],[\"2\",\"y\"]]}]}",
                        "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"1\",\"long\"]]}]}",
                        "{\"streams\":[{\"stream\":{\"a\":\"b\",\"c\":\"d\"},\"values\":[]}]}",
                        "{\"streams\":[{\"stream\":{\"a\":\"bcd\"},\"values\":[]}]}")) {
            assertThatThrownBy(() -> LokiPush.json(body.getBytes(StandardCharsets.UTF_8), limits))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("push_limit"));
        }
    }
}
