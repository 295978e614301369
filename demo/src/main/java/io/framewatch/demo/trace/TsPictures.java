package io.framewatch.demo.trace;

/// Reads MPEG-TS packets (ISO/IEC 13818-1) as far as it takes to see the pictures in them: where a
/// video's picture begins, and its presentation time. Holds what continuity needs; not thread safe.
public final class TsPictures {

    /// Bytes of a packet.
    public static final int PACKET_BYTES = 188;

    private static final int PIDS = 0x2000;
    private static final int NULL_PID = 0x1fff;
    private static final int SYNC = 0x47;
    private static final int UNSEEN = -1;

    private final byte[] counters = new byte[PIDS];
    private final Sink sink;
    private long gaps;

    /// Takes what is found.
    @FunctionalInterface
    public interface Sink {

        /// A picture of the video `pid` begins; `pts90k` is its presentation time, 90 kHz, 33 bits,
        /// and a key picture is one that decoding can begin with.
        void picture(int pid, long pts90k, boolean key);
    }

    /// A reader that tells `sink`.
    public TsPictures(Sink sink) {
        this.sink = sink;
        java.util.Arrays.fill(counters, (byte) UNSEEN);
    }

    /// Packets missing so far: jumps of a continuity counter.
    public long gaps() {
        return gaps;
    }

    /// Reads the first `length` bytes, whole packets; what is no packet is passed over.
    public void read(byte[] bytes, int length) {
        for (int at = 0; at + PACKET_BYTES <= length; at += PACKET_BYTES) {
            if ((bytes[at] & 0xff) == SYNC) {
                packet(bytes, at);
            }
        }
    }

    private void packet(byte[] bytes, int at) {
        int pid = (bytes[at + 1] & 0x1f) << 8 | bytes[at + 2] & 0xff;
        boolean start = (bytes[at + 1] & 0x40) != 0;
        int control = bytes[at + 3] >> 4 & 0x3;
        boolean adaptation = (control & 2) != 0;
        boolean payload = (control & 1) != 0;
        if (pid == NULL_PID || !payload) {
            return;
        }
        count(pid, bytes[at + 3] & 0xf);
        int from = at + 4 + (adaptation ? 1 + (bytes[at + 4] & 0xff) : 0);
        if (start && from + 14 <= at + PACKET_BYTES && isTimedVideo(bytes, from)) {
            boolean key = adaptation && bytes[at + 4] != 0 && (bytes[at + 5] & 0x40) != 0;
            sink.picture(pid, pts(bytes, from + 9), key);
        }
    }

    private void count(int pid, int counter) {
        int before = counters[pid];
        if (before != UNSEEN && counter != before && counter != (before + 1 & 0xf)) {
            gaps++;
        }
        counters[pid] = (byte) counter;
    }

    /// A packet of an elementary stream begins, it is video, and it says when it is shown.
    private static boolean isTimedVideo(byte[] bytes, int at) {
        return bytes[at] == 0
                && bytes[at + 1] == 0
                && bytes[at + 2] == 1
                && (bytes[at + 3] & 0xf0) == 0xe0
                && (bytes[at + 7] & 0x80) != 0;
    }

    private static long pts(byte[] bytes, int at) {
        int high = bytes[at] >> 1 & 0x7;
        int middle = (bytes[at + 1] & 0xff) << 7 | (bytes[at + 2] & 0xff) >> 1;
        int low = (bytes[at + 3] & 0xff) << 7 | (bytes[at + 4] & 0xff) >> 1;
        return (long) high << 30 | (long) middle << 15 | low;
    }
}
