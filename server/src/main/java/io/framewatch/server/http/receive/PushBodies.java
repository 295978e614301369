package io.framewatch.server.http.receive;

import com.github.luben.zstd.ZstdInputStream;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Bodies;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/// Unpacks what shippers send: plain, gzip, zstd, or one block of snappy. The limit holds before
/// and after unpacking.
public final class PushBodies {

    private PushBodies() {}

    /// The body as its `Content-Encoding` says.
    public static byte[] read(ServerRequest req, long bytesMax) {
        String encoding =
                req.headers()
                        .first(HeaderNames.CONTENT_ENCODING)
                        .orElse("")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "zstd" -> zstd(req, bytesMax);
            case "snappy" -> snappy(req, bytesMax);
            default -> Bodies.read(req, bytesMax);
        };
    }

    /// The body as one block of snappy, whether or not a header says so. Throws
    /// `encoding_unsupported` if a header says something else.
    public static byte[] snappy(ServerRequest req, long bytesMax) {
        PushMemory memory = new PushMemory();
        int length = snappy(req, bytesMax, memory);
        byte[] body = memory.body();
        return body.length == length ? body : Arrays.copyOf(body, length);
    }

    /// The same, into [PushMemory#body]; answers its length.
    static int snappy(ServerRequest req, long bytesMax, PushMemory memory) {
        String encoding = req.headers().first(HeaderNames.CONTENT_ENCODING).orElse("snappy");
        InputStream raw = req.content().inputStream();
        try (InputStream in = raw) {
            if (!encoding.strip().equalsIgnoreCase("snappy")) {
                throw new FaultException(
                        Fault.caller(
                                "encoding_unsupported",
                                "The push has a Content-Encoding that is not understood here.",
                                "Send it in one block of snappy."));
            }
            int packed = memory.readPacked(in, oneMore(bytesMax));
            if (packed > bytesMax || memory.unpackedLength(packed) > bytesMax) {
                throw tooLarge(bytesMax);
            }
            return memory.unpack(packed);
        } catch (FaultException e) {
            Bodies.drain(raw, bytesMax);
            throw e;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int oneMore(long bytesMax) {
        return (int) Math.min(bytesMax + 1, Integer.MAX_VALUE - 8);
    }

    private static byte[] zstd(ServerRequest req, long bytesMax) {
        InputStream raw = req.content().inputStream();
        try (InputStream in = new ZstdInputStream(raw)) {
            byte[] body = in.readNBytes(oneMore(bytesMax));
            if (body.length > bytesMax) {
                Bodies.drain(raw, bytesMax);
                throw tooLarge(bytesMax);
            }
            return body;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static FaultException tooLarge(long bytesMax) {
        return new FaultException(
                Fault.caller(
                        "request_too_large",
                        "The request body is larger than " + bytesMax + " bytes.",
                        "Send less in one request."));
    }

    private static FaultException unreadable(IOException e) {
        return new FaultException(
                Fault.caller(
                        "request_invalid",
                        "The request body cannot be decompressed.",
                        "Send what Content-Encoding says."),
                e);
    }
}
