package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.framewatch.wire.remotewrite.SeriesByBytes;
import io.framewatch.wire.remotewrite.WriteRequestReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/// A process that forwards is killed again and again while nobody answers at the remote; then the
/// remote comes back, and every sample the process had an answer for arrives.
@Tag("slow")
final class ForwarderCrashTest {

    private static final int KILLS = 3;
    private static final int BATCHES = 40;

    @TempDir private Path folder = Path.of("");
    private final Clock clock = Clock.system();
    private final Set<Integer> arrived = new ConcurrentSkipListSet<>();

    @Test
    void everyAcknowledgedSampleArrives() throws Exception {
        int port = freePort();
        String url = "http://127.0.0.1:" + port + "/write";
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = runUntilKilled(url, acknowledged);
        }
        HttpServer remote = remote(port);
        try (Forwarder forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, clock)) {
            String yaml = "remote_write: [{name: far, url: \"" + url + "\"}]";
            forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
            int expected = acknowledged;
            long endNs = clock.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!hasAll(expected) && clock.nanoTime() < endNs) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS * BATCHES * 10);
            assertThat(arrived).containsAll(IntStream.range(0, expected).boxed().toList());
            assertThat(forwarder.statuses().getFirst().dropped()).isZero();
        } finally {
            remote.stop(0);
        }
    }

    private boolean hasAll(int expected) {
        return arrived.containsAll(IntStream.range(0, expected).boxed().toList());
    }

    /// Answers the last number acknowledged before the kill.
    private int runUntilKilled(String url, int from) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingSender.class.getName(),
                                folder.toString(),
                                url,
                                Integer.toString(from))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int acknowledged = from;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            for (int i = 0; line != null; i++) {
                acknowledged = Integer.parseInt(line);
                if (i == BATCHES) {
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private HttpServer remote(int port) throws IOException {
        HttpServer made =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        made.createContext(
                "/write",
                exchange -> {
                    byte[] plain = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
                    SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
                    new WriteRequestReader(WriteLimits.DEFAULT, new SeriesByBytes(1_000))
                            .read(plain, plain.length, batch, new Sink());
                    for (int i = 0; i < batch.size(); i++) {
                        arrived.add((int) batch.value(i));
                    }
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        made.start();
        return made;
    }

    private static final class Sink implements MetricSink {

        @Override
        public Series series(Labels labels) {
            return new Series(Tenant.DEFAULT, labels.hashCode(), labels);
        }

        @Override
        public void exemplar(Series series, Exemplar exemplar) {
            throw new IllegalStateException("nobody has sent an exemplar");
        }

        @Override
        public void metadata(MetricMetadata family) {
            throw new IllegalStateException("nobody has sent metadata");
        }
    }
}
