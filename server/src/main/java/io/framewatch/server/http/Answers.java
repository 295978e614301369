package io.framewatch.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Sends finished bodies, compressed when the client takes gzip and it pays.
public final class Answers {

    /// Bodies shorter than this are sent as they are, bytes.
    static final int GZIP_BYTES_MIN = 1_024;

    private Answers() {}

    /// Sends JSON without compression.
    public static void json(ServerResponse res, JsonOut json) {
        res.header(HeaderNames.CONTENT_TYPE, "application/json");
        res.send(json.toBytes());
    }

    /// Sends JSON, compressed if the client takes it.
    public static void json(ServerRequest req, ServerResponse res, byte[] body) {
        body(req, res, "application/json", body);
    }

    /// Sends a body of a type that compresses well.
    public static void body(ServerRequest req, ServerResponse res, String type, byte[] body) {
        res.header(HeaderNames.CONTENT_TYPE, type);
        res.headers().add(HeaderNames.VARY, "Accept-Encoding");
        if (body.length >= GZIP_BYTES_MIN && takesGzip(req)) {
            res.header(HeaderNames.CONTENT_ENCODING, "gzip");
            res.send(gzip(body));
        } else {
            res.send(body);
        }
    }

    /// Whether the client said that it takes gzip.
    public static boolean takesGzip(ServerRequest req) {
        String accepted =
                req.headers()
                        .first(HeaderNames.ACCEPT_ENCODING)
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        for (String part : accepted.split(",")) {
            String[] words = part.strip().split(";");
            if (words[0].strip().equals("gzip")) {
                return words.length == 1 || !words[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /// The body, compressed with the fastest level: it travels short ways.
    public static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (FastGzip gzip = new FastGzip(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
