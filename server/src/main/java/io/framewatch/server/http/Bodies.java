package io.framewatch.server.http;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads request bodies, decompressed, within a limit that holds for the decompressed bytes too.
public final class Bodies {

    private static final Logger log = LoggerFactory.getLogger(Bodies.class);

    private Bodies() {}

    /// The whole body, decompressed if it is gzip.
    ///
    /// Throws `request_too_large`, `encoding_unsupported` or `request_invalid`.
    ///
    /// @param bytesMax most bytes, before and after decompression
    public static byte[] read(ServerRequest req, long bytesMax) {
        if (!req.content().hasEntity()) {
            return new byte[0];
        }
        InputStream raw = req.content().inputStream();
        try (InputStream in = decoded(req, raw)) {
            return readAll(in, bytesMax);
        } catch (FaultException e) {
            drain(raw, bytesMax);
            throw e;
        } catch (ZipException | EOFException e) {
            throw new FaultException(unreadable(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The body as text.
    public static String text(ServerRequest req, long bytesMax) {
        return new String(read(req, bytesMax), StandardCharsets.UTF_8);
    }

    /// Reads what a refused body still has, up to `bytesMax`: a sender that is cut off while it
    /// sends sees a broken connection instead of the answer.
    public static void drain(InputStream raw, long bytesMax) {
        byte[] waste = new byte[8_192];
        try {
            long left = bytesMax;
            int n = raw.read(waste);
            while (n >= 0 && left > 0) {
                left -= n;
                n = raw.read(waste);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("a refused body ended early", e);
        }
    }

    private static InputStream decoded(ServerRequest req, InputStream in) throws IOException {
        String encoding =
                req.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity").strip();
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> in;
            case "gzip", "x-gzip" -> new GZIPInputStream(in, 8_192);
            default ->
                    throw new FaultException(
                            Fault.caller(
                                    "encoding_unsupported",
                                    "The body's Content-Encoding is not understood here.",
                                    "Send it plain or with gzip."));
        };
    }

    static byte[] readAll(InputStream in, long bytesMax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
        byte[] buffer = new byte[8_192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (out.size() + (long) n > bytesMax) {
                throw new FaultException(tooLarge(bytesMax + " bytes"));
            }
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    static Fault tooLarge(String limit) {
        return Fault.caller(
                "request_too_large",
                "The request body is larger than " + limit + ".",
                "Send less in one request.");
    }

    private static Fault unreadable() {
        return Fault.caller(
                "request_invalid",
                "The request body cannot be decompressed.",
                "Send what Content-Encoding says.");
    }
}
