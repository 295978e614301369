package io.framewatch.ingest.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Decompresses with a bound on what comes out, so that a few bytes cannot fill the memory.
final class Gunzip {

    private Gunzip() {}

    static Body body(Body compressed, long bytesMax) throws IOException {
        byte[] out = new byte[Math.max(1024, (int) Math.min(bytesMax, compressed.length() * 6L))];
        int length = 0;
        try (GZIPInputStream in =
                new GZIPInputStream(
                        new ByteArrayInputStream(compressed.data(), 0, compressed.length()),
                        64 * 1024)) {
            while (true) {
                int read = in.read(out, length, out.length - length);
                if (read < 0) {
                    return new Body(out, length);
                }
                length += read;
                if (length > bytesMax) {
                    throw new BodyTooLargeException(bytesMax);
                }
                if (length == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8L, length * 2L));
                }
            }
        }
    }
}
