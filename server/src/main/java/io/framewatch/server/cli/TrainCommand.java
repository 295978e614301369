package io.framewatch.server.cli;

import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch train`: starts a server, asks it what a browser asks first, and ends. Java notes the
/// classes this needs, so that later starts find them ready.
final class TrainCommand {

    private static final List<String> PATHS =
            List.of(
                    "/-/ready",
                    "/",
                    "/metrics",
                    "/api/session",
                    "/api/v1/query?query=1%2B1",
                    "/api/v1/query?query=sum(rate(up%5B5m%5D))",
                    "/api/v1/labels",
                    "/api/v1/status/buildinfo");

    private final ServerStarter starter;

    TrainCommand(ServerStarter starter) {
        this.starter = starter;
    }

    /// Not among the verbs that --help lists.
    void declare(Subparsers verbs) {
        verbs.addParser("train").setDefault(Run.KEY, (Run) (_, _) -> train());
    }

    private int train() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("framewatch-train");
        Settings settings =
                Settings.DEFAULT
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withStore(
                                StoreSettings.inMemory(
                                        folder,
                                        StoreSettings.DEFAULT.retentionMs(),
                                        StoreSettings.DEFAULT.seriesPerTenantMax()));
        try (RunningServer server = starter.start(settings);
                HttpClient client = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                HttpRequest request =
                        HttpRequest.newBuilder(server.address().resolve(path))
                                .timeout(Duration.ofSeconds(10))
                                .build();
                ask(client, request);
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    /// An answer that breaks off costs what it would have taught, not the whole training.
    private static void ask(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException brokenOff) {
            System.err.println(request.uri().getPath() + ": " + brokenOff);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
