package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Targets that are slow, huge, endless, or send garbage: the scrape fails in time and in bounds.
@Timeout(60)
final class HostileTargetsTest {

    private ScrapeBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new ScrapeBench(new Exporter());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String errorOf(String... keys) throws InterruptedException {
        TargetScraper scraper = bench.scraper(keys);
        bench.scrape(scraper);
        assertThat(bench.values("up")).endsWith("0.0");
        return scraper.status().lastError();
    }

    private static void pause(CountDownLatch never, long ms) throws IOException {
        try {
            if (never.await(ms, TimeUnit.MILLISECONDS)) {
                throw new IOException("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void neverAnswers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        bench.exporter.on(_ -> pause(never, 10_000));
        assertThat(errorOf("scrape_timeout: 1s")).contains("timed out");
    }

    @Test
    void sendsByteByByte() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        bench.exporter.on(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    out.write('#');
                    out.flush();
                    pause(never, 50);
                }
            }
        });
        assertThat(errorOf("scrape_timeout: 1s")).contains("timed out");
    }

    @Test
    void neverEnds() throws Exception {
        byte[] line = "endless{a=\"b\"} 1\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        bench.exporter.on(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(line);
                }
            }
        });
        assertThat(errorOf()).contains("body size limit exceeded");
    }

    @Test
    void isLargerThanItsLimit() throws Exception {
        bench.exporter.shows("a 1\n".repeat(1000));
        assertThat(errorOf("body_size_limit: 1KB")).contains("body size limit exceeded");
    }

    @Test
    void sendsACompressionBomb() throws Exception {
        byte[] zeros = new byte[10_000_000];
        bench.exporter.on(exchange -> Exporter.gzip(exchange, zeros));
        assertThat(errorOf()).contains("body size limit exceeded");
    }

    @Test
    void sendsGarbage() throws Exception {
        byte[] noise = new byte[4096];
        new Random(3).nextBytes(noise);
        bench.exporter.on(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, noise.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(noise);
            }
        });
        assertThat(errorOf()).startsWith("line ");
        bench.exporter.on(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            Exporter.text(exchange, 200, "text/plain", "this is no gzip");
        });
        assertThat(errorOf()).contains("not valid gzip");
    }

    @Test
    void redirectsForever() throws Exception {
        bench.exporter.on(exchange -> {
            exchange.getResponseHeaders().set("Location", "/again");
            Exporter.text(exchange, 302, "", "");
        });
        assertThat(errorOf()).contains("redirects");
    }

    @Test
    void isNotThere() throws Exception {
        bench.exporter.close();
        assertThat(errorOf()).contains("connection refused");
    }
}
