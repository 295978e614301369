package io.framewatch.video.segment;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes random ids of traces and spans. Thread safe if its source is.
public final class TraceIds {

    private static final HexFormat HEX = HexFormat.of();

    private final RandomGenerator random;

    /// Ids from the system's random numbers.
    public TraceIds() {
        this(new SecureRandom());
    }

    /// Ids from `random`, so that a test can repeat them.
    public TraceIds(RandomGenerator random) {
        this.random = random;
    }

    /// An id of a trace: 32 lower-case hexadecimal digits, not all zero.
    public String trace() {
        return HEX.toHexDigits(part()) + HEX.toHexDigits(part());
    }

    /// An id of a span: 16 lower-case hexadecimal digits, not all zero.
    public String span() {
        return HEX.toHexDigits(part());
    }

    private long part() {
        long drawn = random.nextLong();
        return drawn == 0 ? 1 : drawn;
    }
}
