package io.framewatch.server.http.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// Room for the body of a push, packed and unpacked, to be used by one push after the other: made
/// anew for each, it would be most of the garbage there is. Not thread safe.
final class PushMemory {

    /// What is larger is not kept for other pushes, bytes.
    private static final int BYTES_KEPT_MAX = 4 << 20;

    private static final int PACKED_BYTES_MIN = 16 << 10;

    private byte[] packed = {};
    private byte[] body = {};

    /// What [#unpack] wrote; longer, perhaps, than that.
    byte[] body() {
        return body;
    }

    /// Reads the packed body, `bytesMax` of it at most, and answers its length.
    int readPacked(InputStream in, int bytesMax) throws IOException {
        int filled = 0;
        while (filled < bytesMax) {
            if (filled == packed.length) {
                long more = Math.max(PACKED_BYTES_MIN, 2L * filled);
                packed = Arrays.copyOf(packed, (int) Math.min(more, bytesMax));
            }
            int n = in.read(packed, filled, Math.min(packed.length, bytesMax) - filled);
            if (n < 0) {
                break;
            }
            filled += n;
        }
        return filled;
    }

    /// The length that `length` packed bytes say they unpack to.
    int unpackedLength(int length) throws IOException {
        return Snappy.uncompressedLength(packed, 0, length);
    }

    /// Unpacks the `length` packed bytes and answers the length of the body.
    int unpack(int length) throws IOException {
        int unpacked = unpackedLength(length);
        if (body.length < unpacked) {
            // The first time just so; who is used again gets some more each time.
            body = new byte[body.length == 0 ? unpacked : unpacked + unpacked / 8];
        }
        return Snappy.uncompress(packed, 0, length, body, 0);
    }

    /// Whether it is small enough to be kept.
    boolean isKept() {
        return packed.length + body.length <= BYTES_KEPT_MAX;
    }

    /// A few things that were used and can be used again, the latest first. Thread safe.
    static final class Spare<T> {

        private final int max;
        private final Predicate<T> wanted;
        private final Deque<T> kept = new ArrayDeque<>();

        /// Keeps `max` things at most, and none that is not `wanted`.
        Spare(int max, Predicate<T> wanted) {
            this.max = max;
            this.wanted = wanted;
        }

        /// Takes the one given back last; null if there is none.
        synchronized @Nullable T take() {
            return kept.pollFirst();
        }

        /// Gives one back that is not used any more.
        synchronized void give(T used) {
            if (kept.size() < max && wanted.test(used)) {
                kept.addFirst(used);
            }
        }
    }
}
