package io.framewatch.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class SlowReceiversTest {

    private final ManualClock clock = new ManualClock(1_000_000);

    @Test
    void aReceiverThatTakesNothingIsCutOff() throws Exception {
        try (SlowReceivers slow = new SlowReceivers(30_000, clock);
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(client.isConnected()).isTrue();
            CompletableFuture<IOException> failure = new CompletableFuture<>();
            Thread writer = Thread.ofVirtual().start(() -> fill(slow, accepted, failure));
            Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
            clock.advance(Duration.ofSeconds(29));
            assertThat(failure).isNotDone();
            clock.advance(Duration.ofSeconds(2));
            assertThat(failure.get(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static void fill(
            SlowReceivers slow, Socket socket, CompletableFuture<IOException> failure) {
        try (OutputStream out = slow.guarded(socket.getOutputStream())) {
            byte[] much = new byte[1 << 20];
            while (true) {
                out.write(much);
            }
        } catch (IOException e) {
            failure.complete(e);
        }
    }

    @Test
    void aReceiverThatTakesWhatComesIsLeftAlone() throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (SlowReceivers slow = new SlowReceivers(30_000, clock);
                OutputStream out = slow.guarded(taken)) {
            out.write(1);
            clock.advance(Duration.ofMinutes(5));
            out.write(new byte[] {2, 3});
            out.flush();
        }
        assertThat(taken.toByteArray()).containsExactly(1, 2, 3);
        assertThat(Thread.interrupted()).isFalse();
    }
}
