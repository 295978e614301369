package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;
import io.framewatch.server.config.SettingsFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `framewatch serve`: runs the server until it is told to stop.
@Command(
        name = "serve",
        description = "Runs the server until it is told to stop.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private final ServerStarter starter;

    @Mixin private ListenOption listen = new ListenOption();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file; framewatch.yml of this folder if there is one.")
    private @Nullable Path config;

    @Spec private @Nullable CommandSpec spec;

    ServeCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        try (RunningServer server = starter.start(listen.apply(settings()))) {
            Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stopping(server, stop));
            Runtime.getRuntime().addShutdownHook(hook);
            ReloadSignal.handle(server::reload);
            if (spec != null) {
                announce(server, spec.commandLine().getOut());
            }
            stop.await();
        }
        return 0;
    }

    private Settings settings() {
        Path usual = Path.of("framewatch.yml");
        if (config != null) {
            return SettingsFile.read(config);
        }
        return Files.exists(usual) ? SettingsFile.read(usual) : Settings.DEFAULT;
    }

    private static void stopping(RunningServer server, CountDownLatch stop) {
        server.close();
        stop.countDown();
    }

    private static void announce(RunningServer server, PrintWriter out) {
        out.println("Framewatch is ready: " + server.address());
        server.grpcAddress().ifPresent(at -> out.println("OTLP over gRPC: " + at));
        server.loginLink().ifPresent(link -> out.println("Log in once with: " + link));
        out.flush();
    }
}
