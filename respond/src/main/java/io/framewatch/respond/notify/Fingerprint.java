package io.framewatch.respond.notify;

import io.framewatch.model.Labels;
import java.nio.charset.StandardCharsets;

/// The 16 hexadecimal digits that name an alert: FNV-1a, 64 bits, over names and values each
/// followed by the byte 255, as Prometheus computes them (`prometheus/common/model/signature.go`).
public final class Fingerprint {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 255;

    private Fingerprint() {}

    /// The fingerprint of a label set.
    public static String of(Labels labels) {
        long hash = OFFSET;
        for (int i = 0; i < labels.size(); i++) {
            hash = add(hash, labels.nameAt(i));
            hash = add(hash, labels.valueAt(i));
        }
        return String.format("%016x", hash);
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ (b & 0xff)) * PRIME;
        }
        return (sum ^ SEPARATOR) * PRIME;
    }
}
