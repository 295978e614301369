package io.framewatch.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch serve`: runs the server until it is told to stop.
final class ServeCommand {

    private static final String DESCRIPTION = "Runs the server until it is told to stop.";

    private final ServerStarter starter;

    ServeCommand(ServerStarter starter) {
        this.starter = starter;
    }

    void declare(Subparsers verbs) {
        Subparser parser = Run.verb(verbs, "serve", DESCRIPTION, this::serve);
        ListenOption.declare(parser);
        ConfigOption.declare(parser);
    }

    private int serve(Namespace given, PrintWriter out) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        try (RunningServer server =
                starter.start(ListenOption.apply(given, ConfigOption.settings(given)))) {
            Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stopping(server, stop));
            Runtime.getRuntime().addShutdownHook(hook);
            ReloadSignal.handle(server::reload);
            announce(server, out);
            stop.await();
        }
        return 0;
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
