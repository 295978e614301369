package io.framewatch.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.testkit.ManualClock;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TsRelayTest {

    private static final long START_MS = 1_800_000_000_000L;
    private static final long PTS_END = 1L << 33;

    private final ManualClock clock = new ManualClock(START_MS);

    private static void send(DatagramSocket from, int port, byte[] bytes) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    @Test
    void passesEverythingOnAndNotesPicturesByTheClock() throws Exception {
        try (DatagramSocket sender = new DatagramSocket();
                DatagramSocket receiver =
                        new DatagramSocket(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TsRelay relay = TsRelay.start("relay", receiver.getLocalPort(), 2, clock)) {
            DatagramPacket got = new DatagramPacket(new byte[2_000], 2_000);
            for (int i = 0; i < 4; i++) {
                byte[] sent =
                        Ts.joined(
                                Ts.picture(0x100, i, PTS_END - 180_000 + 90_000L * i),
                                Ts.picture(0x101, i, 90_000L * i),
                                Ts.picture(0x200, i, 90_000L * i));
                send(sender, relay.port(), sent);
                receiver.receive(got);
                assertThat(got.getLength()).isEqualTo(sent.length);
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(relay.datagrams()).isEqualTo(4);
            assertThat(relay.bytes()).isEqualTo(4 * 3 * 188);
            assertThat(relay.gaps()).isZero();
            long firstMs = (PTS_END - 180_000) / 90;
            assertThat(relay.marks(0).passage(firstMs + 1_000, firstMs + 3_000))
                    .isEqualTo(new PictureMarks.Passage(START_MS + 1_000, START_MS + 2_000, 2));
            assertThat(relay.marks(1).passage(0, 9_000))
                    .isEqualTo(new PictureMarks.Passage(START_MS, START_MS + 3_000, 4));
            assertThat(relay.marks(1).wallMs(500)).isEqualTo(START_MS + 500);
        }
    }

    @Test
    void goesOnWhenNobodyListens() throws Exception {
        int nobody;
        try (DatagramSocket gone =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            nobody = gone.getLocalPort();
        }
        try (DatagramSocket sender = new DatagramSocket();
                TsRelay relay = TsRelay.start("relay", nobody, 1, clock)) {
            for (int i = 0; i < 3; i++) {
                long before = i;
                send(sender, relay.port(), Ts.payload(0x100, i));
                await().until(() -> relay.datagrams() > before);
            }
            assertThat(relay.datagrams()).isEqualTo(3);
        }
    }
}
