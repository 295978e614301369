package io.framewatch.ingest.discover.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads lines of a stream as bytes, each of bounded length. Not thread safe.
final class LineReader {

    /// Longest line, bytes.
    static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[16 * 1024];
    private int at;
    private int end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /// The next line without its line feed, or null at the end.
    byte @Nullable [] next() throws IOException {
        byte[] line = new byte[0];
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    return line.length == 0 ? null : line;
                }
            }
            int stop = at;
            while (stop < end && chunk[stop] != '\n') {
                stop++;
            }
            if (line.length + stop - at > LINE_BYTES_MAX) {
                throw new IOException("an event is longer than 16 MB");
            }
            line = joined(line, stop);
            boolean whole = stop < end;
            at = whole ? stop + 1 : stop;
            if (whole) {
                return line;
            }
        }
    }

    private byte[] joined(byte[] line, int stop) {
        byte[] longer = Arrays.copyOf(line, line.length + stop - at);
        System.arraycopy(chunk, at, longer, line.length, stop - at);
        return longer;
    }
}
