package io.framewatch.ingest.forward;

import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.spool.Chunk;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.Clock;
import io.framewatch.wire.otlp.send.OtlpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Export requests of one signal as OTLP over HTTP. A chunk is a request of its own; several make
/// one by standing one behind the other, as protobuf merges messages. Belongs to its courier's
/// thread.
final class OtlpOutlet implements Outlet {

    /// Most bytes of a request, uncompressed, unless a single chunk has more.
    private static final int BYTES_MAX = 4 << 20;

    private final OtlpRemote remote;
    private final Clock clock;
    private final URI uri;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int rows;

    OtlpOutlet(OtlpRemote remote, Kind kind, Clock clock) {
        this.remote = remote;
        this.clock = clock;
        this.uri = URI.create(remote.url().toString().replaceAll("/+$", "") + path(kind));
    }

    private static String path(Kind kind) {
        return switch (kind) {
            case POINTS -> "/v1/metrics";
            case LINES -> "/v1/logs";
            case SPANS -> "/v1/traces";
            case SAMPLES -> throw new IllegalArgumentException("samples are no OTLP signal");
        };
    }

    @Override
    public int add(Chunk chunk, int from) {
        byte[] bytes = chunk.unpack();
        if (body.size() > 0 && body.size() + bytes.length > BYTES_MAX) {
            return 0;
        }
        body.writeBytes(bytes);
        rows += chunk.rows();
        return chunk.rows() - from;
    }

    @Override
    public boolean isEmpty() {
        return rows == 0;
    }

    @Override
    public boolean isDue() {
        return false;
    }

    @Override
    public Load load() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("User-Agent", "Framewatch");
        byte[] bytes = body.toByteArray();
        if (remote.gzip()) {
            headers.put("Content-Encoding", "gzip");
            bytes = gzip(bytes);
        }
        Load load = new Load(uri, headers, bytes, rows, 0);
        body.reset();
        rows = 0;
        return load;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /// As the protocol has it: 429, 502, 503 and 504 pass, nothing else does, and what a partial
    /// success refuses is not sent again.
    @Override
    public Verdict verdict(Answer answer, int sent) {
        return switch (answer.status()) {
            case 429, 502, 503, 504 ->
                    new Verdict.Again(
                            Answers.status(answer),
                            RetryAfter.pauseMs(answer.retryAfter(), clock.nowMs()));
            case 200, 202, 204 -> partly(answer, sent);
            default -> new Verdict.Refused(Answers.status(answer));
        };
    }

    private static Verdict partly(Answer answer, int sent) {
        OtlpAnswer.Partial partial =
                OtlpAnswer.partial(answer.body().data(), answer.body().length());
        return new Verdict.Taken(
                Math.clamp(partial.refused(), 0, sent),
                partial.refused() > 0 ? "partly: " + partial.message() : "");
    }
}
