package io.framewatch.server.cli;

import io.framewatch.demo.DemoFault;
import io.framewatch.demo.DemoRound;
import io.framewatch.demo.RoundPace;
import io.framewatch.demo.RoundRow;
import io.framewatch.demo.RoundTable;
import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.parts.DemoSide;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.ffmpeg.FfmpegFetch;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jspecify.annotations.Nullable;

/// `framewatch demo`: a real pipeline on this machine, watched, broken and recovering.
final class DemoCommand {

    private static final String DESCRIPTION =
            "Runs test cameras through a real pipeline, breaks it, and shows what is seen.";
    private static final Duration STEP = Duration.ofMillis(500);

    private final VideoServerStarter starter;
    private final Clock clock = Clock.system();
    private boolean once;

    DemoCommand(VideoServerStarter starter) {
        this.starter = starter;
    }

    void declare(Subparsers verbs) {
        Subparser parser = Run.verb(verbs, "demo", DESCRIPTION, this::demo);
        ListenOption.declare(parser);
        parser.addArgument("--port").metavar("N").type(Integer.class).help("Port to listen on.");
        parser.addArgument("--once")
                .action(Arguments.storeTrue())
                .help("Ends after one round; status 0 if nothing was missed.");
        parser.addArgument("--faults")
                .metavar("FAULT[,FAULT...]")
                .help(
                        "Faults to go through: frozen, black, encoder-stopped, stage-killed,"
                                + " slow-encoder.");
        parser.addArgument("--no-faults")
                .action(Arguments.storeTrue())
                .help("Breaks nothing by itself; the page's buttons do.");
        parser.addArgument("--in-memory")
                .action(Arguments.storeTrue())
                .help("Keeps data in memory instead of fetching and running the engine.");
    }

    private int demo(Namespace given, PrintWriter out) throws IOException, InterruptedException {
        once = given.getBoolean("once");
        List<DemoFault> order = order(given);
        if (once && order.isEmpty()) {
            throw new FaultException(
                    Fault.operator(
                            "demo_options",
                            "--once and --no-faults leave nothing to do.",
                            "Leave out one of them."));
        }
        Settings settings = settings(given);
        Stop stop = new Stop();
        try (Children children = new Children();
                WorkFolder folder = WorkFolder.make("demo")) {
            FfmpegLocator.Found ffmpeg = ffmpeg(children, out);
            if (!given.getBoolean("in_memory")) {
                EngineLibrary.ofUser().fetch(line -> say(out, line));
            }
            AtomicReference<@Nullable DemoSide> made = new AtomicReference<>();
            try (RunningServer server =
                    starter.start(
                            folder.holding(settings),
                            core ->
                                    made(
                                            made,
                                            new DemoSide(
                                                    core,
                                                    ffmpeg.path(),
                                                    folder.path(),
                                                    children)))) {
                announce(server, settings, out);
                return run(server, Objects.requireNonNull(made.get()), order, stop, out);
            }
        } finally {
            stop.closed();
        }
    }

    private static DemoSide made(AtomicReference<@Nullable DemoSide> holder, DemoSide side) {
        holder.set(side);
        return side;
    }

    private static List<DemoFault> order(Namespace given) {
        if (given.getBoolean("no_faults")) {
            return List.of();
        }
        @Nullable String faults = given.getString("faults");
        if (faults == null) {
            return Arrays.asList(DemoFault.values());
        }
        List<DemoFault> order = new ArrayList<>();
        for (String id : faults.split(",", -1)) {
            order.add(
                    DemoFault.of(id.strip())
                            .orElseThrow(() ->
                                    new FaultException(
                                            Fault.operator(
                                                    "demo_options",
                                                    "There is no fault " + id + ".",
                                                    "Choose from the list that --help"
                                                            + " shows."))));
        }
        return order;
    }

    private static Settings settings(Namespace given) {
        Settings kept =
                given.getBoolean("in_memory") ? Settings.DEFAULT.inMemory() : Settings.DEFAULT;
        Settings settings = ListenOption.apply(given, kept.withMode("demo", "Demo"));
        @Nullable Integer port = given.getInt("port");
        return port == null
                ? settings
                : settings.withListen(new ListenSettings(settings.listen().host(), port, false));
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static FfmpegLocator.Found ffmpeg(Children children, PrintWriter out) {
        FfmpegFetch fetch =
                new FfmpegFetch(FfmpegFetch.defaultCache(), children, line -> say(out, line));
        FfmpegLocator.Found found = new FfmpegLocator(null, fetch).locate(true);
        out.println("Using ffmpeg " + found.version() + ", " + found.origin() + ".");
        return found;
    }

    private static void announce(RunningServer server, Settings settings, PrintWriter out) {
        int wanted = settings.listen().port();
        if (wanted != 0 && server.address().getPort() != wanted) {
            out.println("Port " + wanted + " is taken, so another one is used.");
        }
        out.println("The demo runs at " + server.address());
        server.loginLink().ifPresent(link -> out.println("Log in once with: " + link));
        out.println("Three cameras are starting. End with Ctrl-C.");
        out.flush();
    }

    private int run(
            RunningServer server, DemoSide side, List<DemoFault> order, Stop stop, PrintWriter out)
            throws IOException, InterruptedException {
        if (order.isEmpty()) {
            stop.await();
            return 0;
        }
        try (NowObserver observer = new NowObserver(server.address())) {
            Optional<URI> link = server.loginLink();
            if (link.isPresent()) {
                observer.login(link.get());
            }
            DemoRound round =
                    new DemoRound(side.faults(), order, observer, RoundPace.DEFAULT, clock);
            side.show(round);
            return goRound(round, observer, stop, out);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // in Java 25 it is null again where there is no terminal
    private int goRound(DemoRound round, NowObserver observer, Stop stop, PrintWriter out)
            throws InterruptedException {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        RoundTable table = new RoundTable(out, terminal);
        boolean done = false;
        while (!stop.within(STEP)) {
            observer.refresh();
            round.step();
            List<RoundRow> rows = round.rows();
            table.show(round.number(), rows);
            if (round.isDone() && !done) {
                RoundTable.summary(round.number(), rows).forEach(out::println);
                out.flush();
                if (once) {
                    return rows.stream().allMatch(DemoCommand::isGood) ? 0 : 1;
                }
            }
            done = round.isDone();
        }
        return 0;
    }

    private static boolean isGood(RoundRow row) {
        return row.status() == RoundRow.Status.RECOVERED;
    }
}
