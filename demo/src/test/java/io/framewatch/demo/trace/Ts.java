package io.framewatch.demo.trace;

import java.util.Arrays;

/// Makes MPEG-TS packets.
final class Ts {

    private Ts() {}

    /// A packet in which a picture of video `pid` begins, shown at `pts90k`.
    static byte[] picture(int pid, int counter, long pts90k) {
        byte[] packet = payload(pid, counter);
        packet[1] |= 0x40;
        byte[] header = {0, 0, 1, (byte) 0xe0, 0, 0, (byte) 0x80, (byte) 0x80, 5, 0, 0, 0, 0, 0};
        header[9] = (byte) (0x21 | pts90k >> 29 & 0xe);
        header[10] = (byte) (pts90k >> 22);
        header[11] = (byte) (pts90k >> 14 | 1);
        header[12] = (byte) (pts90k >> 7);
        header[13] = (byte) (pts90k << 1 | 1);
        System.arraycopy(header, 0, packet, 4, header.length);
        return packet;
    }

    /// A packet that carries something on.
    static byte[] payload(int pid, int counter) {
        byte[] packet = new byte[TsPictures.PACKET_BYTES];
        Arrays.fill(packet, (byte) 0xff);
        packet[0] = 0x47;
        packet[1] = (byte) (pid >> 8);
        packet[2] = (byte) pid;
        packet[3] = (byte) (0x10 | counter & 0xf);
        return packet;
    }

    static byte[] joined(byte[]... packets) {
        byte[] all = new byte[packets.length * TsPictures.PACKET_BYTES];
        for (int i = 0; i < packets.length; i++) {
            System.arraycopy(packets[i], 0, all, i * TsPictures.PACKET_BYTES, packets[i].length);
        }
        return all;
    }
}
