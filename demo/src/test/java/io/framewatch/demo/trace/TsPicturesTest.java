package io.framewatch.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TsPicturesTest {

    private final List<String> seen = new ArrayList<>();
    private final TsPictures pictures =
            new TsPictures((pid, pts, key) -> seen.add(pid + "@" + pts + (key ? " key" : "")));

    private void read(byte[]... packets) {
        byte[] all = Ts.joined(packets);
        pictures.read(all, all.length);
    }

    @Test
    void seesPicturesOfEachVideoWithTheirTimes() {
        read(
                Ts.picture(0x100, 0, 126_000),
                Ts.payload(0x100, 1),
                Ts.picture(0x101, 7, (1L << 33) - 1),
                Ts.picture(0x100, 2, 129_600));
        assertThat(seen).containsExactly("256@126000", "257@8589934591", "256@129600");
        assertThat(pictures.gaps()).isZero();
    }

    @Test
    void readsBehindAnAdaptationField() {
        byte[] plain = Ts.picture(0x100, 3, 90_000);
        byte[] packet = Ts.payload(0x100, 3);
        packet[1] |= 0x40;
        packet[3] |= 0x20;
        packet[4] = 7;
        packet[5] = 0x40;
        System.arraycopy(plain, 4, packet, 12, 14);
        read(packet);
        assertThat(seen).containsExactly("256@90000 key");
    }

    @Test
    void countsWhatIsMissing() {
        read(Ts.payload(0x100, 14), Ts.payload(0x100, 15), Ts.payload(0x100, 0));
        assertThat(pictures.gaps()).isZero();
        read(Ts.payload(0x100, 4), Ts.payload(0x101, 9), Ts.payload(0x100, 4));
        assertThat(pictures.gaps()).isEqualTo(1);
    }

    @Test
    void passesOverSoundAndStreamsWithoutTime() {
        byte[] sound = Ts.picture(0x102, 0, 5);
        sound[7] = (byte) 0xc0;
        byte[] untimed = Ts.picture(0x100, 0, 5);
        untimed[11] = 0;
        read(sound, untimed);
        assertThat(seen).isEmpty();
    }

    @Test
    void anyBytesAreReadWithoutHarm() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(1_400)];
            random.nextBytes(noise);
            for (int at = 0; at < noise.length; at += TsPictures.PACKET_BYTES) {
                noise[at] = 0x47;
            }
            pictures.read(noise, noise.length);
        }
        assertThat(seen).allMatch(one -> one.matches("\\d+@\\d+( key)?"));
    }
}
