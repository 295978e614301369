package io.framewatch.server.cli;

import io.framewatch.model.Clock;
import io.framewatch.server.config.ClickHouseSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch train`: starts a server, gives it something to take in, asks it what a browser asks
/// first, and ends. Java notes the classes this needs and how the code runs, so that later starts
/// find both ready.
final class TrainCommand {

    /// The engine is not part of the training: it may not be on this machine yet. Where nothing
    /// listens, the store takes in data and waits.
    private static final ClickHouseSettings NO_ENGINE =
            new ClickHouseSettings(URI.create("http://127.0.0.1:1"), "default", null, null);

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
        try {
            train(StoreSettings.DEFAULT.in(folder.resolve("memory")).inMemory(), false);
            train(StoreSettings.DEFAULT.in(folder.resolve("durable")).on(NO_ENGINE), true);
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void train(StoreSettings store, boolean load) throws IOException, InterruptedException {
        Path scrapes = Files.createDirectories(store.folder()).resolve("prometheus.yml");
        Files.writeString(scrapes, "scrape_configs: []\n");
        Settings settings =
                Settings.DEFAULT
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withStore(store)
                        .withPrometheusFile(scrapes);
        try (RunningServer server = starter.start(settings);
                HttpClient client = HttpClient.newHttpClient()) {
            TrainingLoad training = new TrainingLoad(client, server.address(), Clock.system());
            if (load) {
                Files.writeString(scrapes, TrainingLoad.scrapes(server.address()));
                server.reload();
                training.push();
            } else {
                training.look();
            }
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
