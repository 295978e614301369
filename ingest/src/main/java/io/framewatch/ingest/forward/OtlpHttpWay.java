package io.framewatch.ingest.forward;

import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.Clock;
import io.framewatch.wire.otlp.send.OtlpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// OTLP over HTTP with protobuf. Thread safe.
final class OtlpHttpWay implements OtlpWay {

    private final OtlpRemote remote;
    private final HttpFetch fetch;
    private final Clock clock;

    OtlpHttpWay(OtlpRemote remote, HttpFetch fetch, Clock clock) {
        this.remote = remote;
        this.fetch = fetch;
        this.clock = clock;
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
    public Outlet.Verdict send(Kind kind, Outlet.Load load) throws InterruptedException {
        Map<String, String> headers = new HashMap<>(load.headers());
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("User-Agent", "Framewatch");
        byte[] body = load.body();
        if (remote.gzip()) {
            headers.put("Content-Encoding", "gzip");
            body = gzip(body);
        }
        String url = remote.url().toString().replaceAll("/+$", "") + path(kind);
        Poster poster = new Poster(fetch, remote.http(), url, remote.timeoutMs());
        try {
            Answer answer = poster.post(new Outlet.Load(headers, body, load.rows()));
            return verdict(answer, load.rows());
        } catch (FetchException e) {
            return new Outlet.Verdict.Again(String.valueOf(e.getMessage()), 0);
        }
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
    private Outlet.Verdict verdict(Answer answer, int sent) {
        return switch (answer.status()) {
            case 429, 502, 503, 504 ->
                    new Outlet.Verdict.Again(
                            Answers.status(answer),
                            RetryAfter.pauseMs(answer.retryAfter(), clock.nowMs()));
            case 200, 202, 204 -> partly(answer.body().data(), answer.body().length(), sent);
            default -> new Outlet.Verdict.Refused(Answers.status(answer));
        };
    }

    /// What an export response, the first `length` bytes, says about `sent` rows.
    static Outlet.Verdict partly(byte[] response, int length, int sent) {
        OtlpAnswer.Partial partial = OtlpAnswer.partial(response, length);
        return new Outlet.Verdict.Taken(
                Math.clamp(partial.refused(), 0, sent),
                partial.refused() > 0 ? "partly: " + partial.message() : "");
    }

    @Override
    public void close() {
        // Connections belong to all.
    }
}
