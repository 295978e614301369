package io.framewatch.verify.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a server is started. The peers are those that Debian packages, or the programs that
/// `FRAMEWATCH_BENCH_PROMETHEUS` and `FRAMEWATCH_BENCH_VICTORIA_METRICS` name; one that is not
/// there is left out, and the output says so.
enum Peer {
    /// This program, durable, as `./framewatch serve` starts it, its kept answers switched off.
    FRAMEWATCH("Framewatch", "framewatch", "/-/ready", "&nocache=1", "") {
        @Override
        List<String> command(Path folder, int port, Setup setup) throws IOException {
            Files.writeString(
                    folder.resolve("framewatch.yml"),
                    """
                    listen:
                      address: 127.0.0.1:%d
                    host:
                      enabled: false
                    store:
                      durable: true
                      seriesPerTenantMax: %d
                      seriesPerMetricMax: 1000000
                    prometheus:
                      config: prometheus.yml
                    """
                            .formatted(port, setup.seriesMax()));
            Files.writeString(folder.resolve("prometheus.yml"), setup.scrapes());
            return List.of(program(), "serve", "--config", "framewatch.yml");
        }
    },

    /// Debian's `prometheus`.
    PROMETHEUS("Prometheus", "prometheus", "/-/ready", "", "") {
        @Override
        List<String> command(Path folder, int port, Setup setup) throws IOException {
            Files.writeString(folder.resolve("prometheus.yml"), setup.scrapes());
            return List.of(
                    program(),
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--storage.tsdb.retention.time=60d",
                    "--web.enable-remote-write-receiver",
                    "--web.listen-address=127.0.0.1:" + port);
        }
    },

    /// Debian's `victoria-metrics`, its cache of answers switched off for each question.
    VICTORIA_METRICS(
            "VictoriaMetrics",
            "victoria-metrics",
            "/health",
            "&nocache=1",
            "/internal/force_flush") {
        @Override
        List<String> command(Path folder, int port, Setup setup) throws IOException {
            Files.writeString(folder.resolve("prometheus.yml"), setup.scrapes());
            return List.of(
                    program(),
                    "-promscrape.config=prometheus.yml",
                    "-storageDataPath=data",
                    "-retentionPeriod=12",
                    "-search.latencyOffset=0s",
                    "-httpListenAddr=127.0.0.1:" + port);
        }
    };

    /// What a server is set up with.
    ///
    /// @param scrapes a `prometheus.yml` with what it is to scrape
    /// @param seriesMax most active series, for a server that has such a limit
    record Setup(String scrapes, int seriesMax) {

        static final Setup PUSHED = new Setup("scrape_configs: []\n", 2_000_000);
    }

    private final String title;
    private final String id;
    private final String readyPath;
    private final String noCache;
    private final String flushPath;

    Peer(String title, String id, String readyPath, String noCache, String flushPath) {
        this.title = title;
        this.id = id;
        this.readyPath = readyPath;
        this.noCache = noCache;
        this.flushPath = flushPath;
    }

    /// Writes its configuration into `folder` and returns its command line.
    ///
    /// @param setup what it is to scrape, and limits
    abstract List<String> command(Path folder, int port, Setup setup) throws IOException;

    /// What is started.
    String program() {
        String named = System.getenv("FRAMEWATCH_BENCH_" + name());
        if (named != null) {
            return named;
        }
        return this == FRAMEWATCH ? Path.of(id).toAbsolutePath().toString() : id;
    }

    String title() {
        return title;
    }

    String id() {
        return id;
    }

    String readyPath() {
        return readyPath;
    }

    String noCache() {
        return noCache;
    }

    String flushPath() {
        return flushPath;
    }

    /// Its version, or empty if it is not installed.
    Optional<String> version() {
        List<String> command = List.of(program(), this == FRAMEWATCH ? "version" : "--version");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Optional.of(text.lines().findFirst().orElse("").strip());
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
