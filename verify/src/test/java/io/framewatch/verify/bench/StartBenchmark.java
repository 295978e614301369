package io.framewatch.verify.bench;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// From the start of `serve` to `/-/ready`, and the memory it then has, in memory and with the
/// durable store.
final class StartBenchmark {

    private static final long LOOK_EVERY_NS = 5_000_000;
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final int ROUNDS = 3;

    private StartBenchmark() {}

    static void run(PrintStream out) throws Exception {
        Table table =
                new Table("serve", "start to /-/ready, s (best of " + ROUNDS + ")", "resident, MB");
        measure(table, "in memory", false);
        measure(table, "durable", true);
        table.print(out);
    }

    private static void measure(Table table, String name, boolean durable) throws Exception {
        double best = Double.MAX_VALUE;
        long resident = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = Files.createTempDirectory("framewatch-bench");
            int port = freePort();
            Files.writeString(
                    folder.resolve("framewatch.yml"),
                    "listen:\n  address: 127.0.0.1:"
                            + port
                            + "\nstore:\n  durable: "
                            + durable
                            + "\n");
            Process process = start(folder);
            try {
                best = Math.min(best, secondsToReady(process, port));
                resident = ProcessTree.of(process.toHandle()).residentBytes() / 1_000_000;
            } finally {
                process.destroy();
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }
        table.row(name, String.format(Locale.ROOT, "%.2f", best), Long.toString(resident));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process start(Path folder) throws IOException {
        Path program = Path.of("framewatch").toAbsolutePath();
        return new ProcessBuilder(program.toString(), "serve", "--config", "framewatch.yml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    /// Asks by a socket of its own: a client that warms up beside the start would slow it down.
    private static double secondsToReady(Process process, int port) throws Exception {
        Clock clock = Clock.system();
        long start = clock.nanoTime();
        while (process.isAlive() && clock.nanoTime() - start < PATIENCE_NS) {
            if (isReady(port)) {
                return (clock.nanoTime() - start) / 1e9;
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        throw new IllegalStateException("serve did not get ready");
    }

    private static boolean isReady(int port) {
        String host = "127.0.0.1:" + port;
        String request = "GET /-/ready HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes(12);
            return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // not listening yet
        }
    }
}
