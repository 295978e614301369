package io.framewatch.server.http;

import java.nio.charset.StandardCharsets;

/// Writes decimal digits straight into bytes, two at a time. Every method answers where it ended;
/// the caller has seen to it that [#ROOM] bytes are free.
final class Digits {

    /// Most bytes that one number takes.
    static final int ROOM = 24;

    /// Decimals behind the point that [#plain] writes.
    private static final int DECIMALS = 6;

    private static final double SCALE = 1e6;

    /// Below this, seven to fifteen digits make up a number with all its decimals. Decimals of up
    /// to fifteen digits are doubles of their own each, so that one which reads back as a double is
    /// its shortest.
    private static final double DECIMAL_MAX = 1e9;

    /// Below this all whole numbers are doubles.
    private static final long WHOLE_MAX = 1L << 53;

    private static final byte[] PAIRS = pairs();
    private static final long[] POWERS = powers();

    private Digits() {}

    private static byte[] pairs() {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            pairs.append(i / 10).append(i % 10);
        }
        return pairs.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /// Writes a whole number, negative ones but the smallest included.
    static int whole(byte[] to, int at, long number) {
        if (number >= 0) {
            return unsigned(to, at, number);
        }
        to[at] = '-';
        return unsigned(to, at + 1, -number);
    }

    private static int unsigned(byte[] to, int at, long number) {
        int end = at + count(number);
        fill(to, at, end, number);
        return end;
    }

    private static int count(long number) {
        // 1233 / 4096 is about the logarithm of 2.
        int least = (64 - Long.numberOfLeadingZeros(number | 1)) * 1_233 >> 12;
        return number >= POWERS[least] ? least + 1 : Math.max(least, 1);
    }

    /// The last digits of `number`, as many as there are places.
    private static void fill(byte[] to, int from, int end, long number) {
        int at = end;
        long rest = number;
        while (at - from >= 2 && rest > Integer.MAX_VALUE) {
            at = pair(to, at, (int) (rest % 100));
            rest /= 100;
        }
        int few = (int) rest;
        while (at - from >= 2) {
            at = pair(to, at, few % 100);
            few /= 100;
        }
        if (at > from) {
            to[from] = (byte) ('0' + few % 10);
        }
    }

    private static int pair(byte[] to, int end, int two) {
        to[end - 2] = PAIRS[2 * two];
        to[end - 1] = PAIRS[2 * two + 1];
        return end - 2;
    }

    /// Writes milliseconds as seconds, with three decimals unless they are zero.
    static int seconds(byte[] to, int at, long unixMs) {
        int start = at;
        long ms = unixMs;
        if (ms < 0) {
            to[start++] = '-';
            ms = -Math.max(ms, -Long.MAX_VALUE);
        }
        int end = unsigned(to, start, ms / 1_000);
        int fraction = (int) (ms % 1_000);
        if (fraction == 0) {
            return end;
        }
        to[end] = '.';
        fill(to, end + 1, end + 4, fraction);
        return end + 4;
    }

    /// Writes `value` where it is whole or needs no more than six decimals and has a plain form;
    /// else writes nothing and answers `at`.
    static int plain(byte[] to, int at, double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < WHOLE_MAX && (whole != 0 || 1 / value > 0)) {
            return whole(to, at, whole);
        }
        return decimal(to, at, value);
    }

    private static int decimal(byte[] to, int at, double value) {
        double size = Math.abs(value);
        if (!(size < DECIMAL_MAX)) {
            return at;
        }
        long scaled = (long) (size * SCALE + 0.5);
        if (scaled == 0 || scaled / SCALE != size) {
            return at;
        }
        int start = at;
        if (value < 0) {
            to[start++] = '-';
        }
        long whole = scaled / (long) SCALE;
        int end = unsigned(to, start, whole);
        int fraction = (int) (scaled - whole * (long) SCALE);
        to[end] = '.';
        int last = end + 1 + DECIMALS;
        fill(to, end + 1, last, fraction);
        while (to[last - 1] == '0') {
            last--;
        }
        return last;
    }
}
