package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.ProcessTree;
import io.framewatch.verify.bench.peers.Peer.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A server that is measured: started as its users start it, in a folder of its own, on a free port
/// of loopback. Not thread safe; [#send] is.
final class Contender implements AutoCloseable {

    private static final long READY_PATIENCE_NS = 180_000_000_000L;
    private static final long LOOK_EVERY_NS = 20_000_000;

    private final Peer peer;
    private final Path folder;
    private final int port;
    private final Setup setup;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process process;

    private Contender(Peer peer, Path folder, int port, Setup setup) throws IOException {
        this.peer = peer;
        this.folder = folder;
        this.port = port;
        this.setup = setup;
        this.process = spawn(peer, folder, port, setup);
    }

    /// Starts `peer` below `parent`, with nothing to scrape, and returns when it is ready.
    static Contender start(Peer peer, Path parent) throws IOException {
        return start(peer, parent, Setup.PUSHED);
    }

    /// The same, set up otherwise.
    static Contender start(Peer peer, Path parent, Setup setup) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(peer.id())).toAbsolutePath();
        Contender contender = new Contender(peer, folder, freePort(), setup);
        try {
            contender.awaitReady();
        } catch (IOException notReady) {
            contender.close();
            throw notReady;
        }
        return contender;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process spawn(Peer peer, Path folder, int port, Setup setup) throws IOException {
        return new ProcessBuilder(peer.command(folder, port, setup))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private void awaitReady() throws IOException {
        Clock clock = Clock.system();
        long start = clock.nanoTime();
        while (clock.nanoTime() - start < READY_PATIENCE_NS) {
            if (!process.isAlive()) {
                throw new IOException(peer.title() + " ended: see " + folder + "/output.txt");
            }
            try {
                if (get(peer.readyPath()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(LOOK_EVERY_NS);
            }
        }
        throw new IOException(peer.title() + " did not get ready");
    }

    /// Ends it as an operator would and starts it again on the same data. Returns the time from its
    /// start until it said that it is ready, nanoseconds.
    long restart() throws IOException {
        stop();
        Clock clock = Clock.system();
        long start = clock.nanoTime();
        process = spawn(peer, folder, port, setup);
        awaitReady();
        return clock.nanoTime() - start;
    }

    String name() {
        return peer.title();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        return exchange(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(2)).build());
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    /// Pushes a remote write request; fails unless it is taken.
    void send(byte[] body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/api/v1/write"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<byte[]> answer = exchange(request);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    peer.title() + " refused a write: " + answer.statusCode() + " " + text(answer));
        }
    }

    /// Asks and returns the answer's body; fails unless it is a success.
    byte[] ask(Question question) throws IOException {
        HttpResponse<byte[]> answer = get("/api/v1/" + question.path() + peer.noCache());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + text(answer));
        }
        return answer.body();
    }

    /// Waits until what was pushed is where it will be looked for.
    void settle() throws IOException {
        if (peer.flushPath().isEmpty()) {
            return;
        }
        get(peer.flushPath());
    }

    /// The process and its children.
    ProcessTree processes() {
        return ProcessTree.of(process.toHandle());
    }

    /// Processor time of the process and its children, ms.
    long cpuMs() {
        return processes().cpuMs();
    }

    /// Resident memory of the process and its children, bytes.
    long residentBytes() {
        return processes().residentBytes();
    }

    /// Bytes of its files, logs and write-ahead log included. What is deleted meanwhile counts
    /// nothing.
    long diskBytes() {
        LongAdder bytes = new LongAdder();
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            bytes.add(attributes.size());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @Nullable IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.sum();
    }

    private void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        stop();
        http.close();
    }
}
