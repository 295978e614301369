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

/// Reads request bodies, decompressed, within a limit that holds for the decompressed bytes too.
public final class Bodies {

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
        try (InputStream in = decoded(req)) {
            return readAll(in, bytesMax);
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

    private static InputStream decoded(ServerRequest req) throws IOException {
        InputStream in = req.content().inputStream();
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
