package io.framewatch.store.hot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Decodes blocks into columns. Meant to be used for one series after another: what it has not
/// handed out it uses again. Not thread safe.
public final class HotReader {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int SPARE_BYTES = 16;

    /// Bits of a difference that [#peek] shows behind the three that announce it.
    private static final int SHOWN_BITS = 54;

    private final byte[] bytes = new byte[SampleChain.BLOCK_BYTES_MAX + SPARE_BYTES];

    private long[] timestampsMs = {};
    private double[] values = {};
    private int size;

    /// Begins anew with room for `capacity` samples.
    void clear(int capacity) {
        size = 0;
        if (timestampsMs.length < capacity) {
            timestampsMs = new long[capacity];
            values = new double[capacity];
        }
    }

    int size() {
        return size;
    }

    long timestampMs(int index) {
        return timestampsMs[index];
    }

    double value(int index) {
        return values[index];
    }

    double[] values() {
        return values;
    }

    long[] timestampsMs() {
        return timestampsMs;
    }

    /// Index of the first sample at or after `atMs`.
    int position(long atMs) {
        int found = Arrays.binarySearch(timestampsMs, 0, size, atMs);
        return found >= 0 ? found : -found - 1;
    }

    void insert(int at, long atMs, double inserted) {
        if (size == timestampsMs.length) {
            timestampsMs = Arrays.copyOf(timestampsMs, size + 16);
            values = Arrays.copyOf(values, size + 16);
        }
        System.arraycopy(timestampsMs, at, timestampsMs, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        timestampsMs[at] = atMs;
        values[at] = inserted;
        size++;
    }

    void remove(int from, int to) {
        System.arraycopy(timestampsMs, to, timestampsMs, from, size - to);
        System.arraycopy(values, to, values, from, size - to);
        size -= to - from;
    }

    /// The timestamps read, for the caller to keep; at most a fourth longer than needed.
    long[] takeTimestampsMs() {
        if (roomy()) {
            return Arrays.copyOf(timestampsMs, size);
        }
        long[] taken = timestampsMs;
        timestampsMs = new long[0];
        return taken;
    }

    /// The values read, for the caller to keep; to be called before [#takeTimestampsMs].
    double[] takeValues() {
        if (roomy()) {
            return Arrays.copyOf(values, size);
        }
        double[] taken = values;
        values = new double[0];
        return taken;
    }

    private boolean roomy() {
        return timestampsMs.length > size + size / 4;
    }

    /// Adds the samples of a block that lie from `fromMs` to `toMs`, both included.
    void read(CellMemory memory, int block, int count, long fromMs, long toMs) {
        memory.copyData(block, bytes);
        int mode = memory.mode(block);
        if (mode == Decimals.XOR) {
            decodeBits(memory.firstMs(block), count, fromMs, toMs);
        } else {
            decode(memory.firstMs(block), count, mode, fromMs, toMs);
        }
    }

    /// Most samples come at the same distance as before, with a difference that fits into what one
    /// look at the bits shows; the others are read piece by piece. All state of the loop is in
    /// local variables: twice as fast as in fields.
    private void decode(long firstMs, int count, int mode, long fromMs, long toMs) {
        byte[] in = bytes;
        double divisor = Decimals.divisor(mode);
        int bit = 0;
        long ms = firstMs;
        long delta = 0;
        long value = 0;
        long valueDelta = 0;
        int width = 0;
        int filled = size;
        for (int i = 0; i < count; i++) {
            long next = peek(in, bit);
            boolean raw = false;
            int kind = (int) (next >>> 61);
            if (i > 0 && kind < 2) {
                bit += 2; // same distance, same difference
            } else if (i > 0 && kind == 2 && width <= SHOWN_BITS) {
                valueDelta = unzigzag(next << 3 >>> 64 - width);
                bit += 3 + width;
            } else {
                if (i > 0) {
                    delta += next < 0 ? timeChange(in, bit, next) : 0;
                    bit += next < 0 ? timeLength(next) : 1;
                    next = peek(in, bit);
                }
                boolean announced = next >>> 62 == 3;
                bit += announced ? 8 : next < 0 ? 2 : 1;
                int coded = announced ? (int) (next << 2 >>> 58) : width;
                raw = announced && coded == SampleChain.WIDTH_RAW;
                if (next < 0 && !raw) {
                    width = coded;
                    valueDelta = unzigzag(bits(in, bit, width));
                    bit += width;
                }
            }
            ms += delta;
            if (ms > toMs) {
                break;
            }
            timestampsMs[filled] = ms;
            if (raw) {
                values[filled] = Double.longBitsToDouble(bits(in, bit, 64));
                bit += 64;
            } else {
                value += valueDelta;
                values[filled] = divisor == 1 ? (double) value : value / divisor;
            }
            filled += ms >= fromMs ? 1 : 0;
        }
        size = filled;
    }

    /// The same for values that are written as changed bits.
    private void decodeBits(long firstMs, int count, long fromMs, long toMs) {
        byte[] in = bytes;
        int bit = 0;
        long ms = firstMs;
        long delta = 0;
        long value = 0;
        int width = 0;
        int trailing = 0;
        int filled = size;
        for (int i = 0; i < count; i++) {
            long next = peek(in, bit);
            if (i > 0) {
                delta += next < 0 ? timeChange(in, bit, next) : 0;
                int length = next < 0 ? timeLength(next) : 1;
                bit += length;
                next = next < 0 ? peek(in, bit) : next << 1;
            }
            ms += delta;
            if (ms > toMs) {
                break;
            }
            bit++;
            if (next < 0) {
                boolean announced = next << 1 < 0;
                if (announced) {
                    width = (int) (next << 7 >>> 58) + 1;
                    trailing = 64 - width - (int) (next << 2 >>> 59);
                }
                bit += announced ? 12 : 1;
                value ^= bits(in, bit, width) << trailing;
                bit += width;
            }
            timestampsMs[filled] = ms;
            values[filled] = Double.longBitsToDouble(value);
            filled += ms >= fromMs ? 1 : 0;
        }
        size = filled;
    }

    /// Number of ones that `next` begins with, 4 at most: which width follows.
    private static int ones(long next) {
        return Math.min(4, Long.numberOfLeadingZeros(~next));
    }

    /// Bits of the timestamp that `next` begins with.
    private static int timeLength(long next) {
        int ones = ones(next);
        return Math.min(4, ones + 1) + SampleChain.TIME_BITS[ones];
    }

    private static long timeChange(byte[] in, int bit, long next) {
        int ones = ones(next);
        return unzigzag(bits(in, bit + Math.min(4, ones + 1), SampleChain.TIME_BITS[ones]));
    }

    /// The 57 bits from `bit` on, then anything.
    private static long peek(byte[] in, int bit) {
        return (long) LONG.get(in, bit >>> 3) << (bit & 7);
    }

    /// The `count` bits from `bit` on, 1 to 64.
    private static long bits(byte[] in, int bit, int count) {
        if (count > 57) {
            return peek(in, bit) >>> 32 << count - 32 | peek(in, bit + 32) >>> 96 - count;
        }
        return peek(in, bit) >>> 64 - count;
    }

    private static long unzigzag(long coded) {
        return coded >>> 1 ^ -(coded & 1);
    }
}
