package io.framewatch.server.cli;

import io.framewatch.model.FaultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.helper.HelpScreenException;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparsers;

/// The verbs and how their faults are told.
public final class CommandLineProgram {

    private static final int CALLED_WRONGLY = 2;
    private static final int HELP_COLUMNS = 100;

    private final ArgumentParser parser;
    private final PrintWriter out;
    private final PrintWriter err;

    /// @param starter starts the server for the verbs that need one
    /// @param videoStarter starts it with a video side
    public CommandLineProgram(ServerStarter starter, VideoServerStarter videoStarter) {
        this(
                starter,
                videoStarter,
                PasswordPrompt::ask,
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()));
    }

    CommandLineProgram(
            ServerStarter starter,
            VideoServerStarter videoStarter,
            UnaryOperator<String> passwords,
            PrintWriter out,
            PrintWriter err) {
        this.out = out;
        this.err = err;
        parser =
                ArgumentParsers.newFor("framewatch")
                        .addHelp(false)
                        .locale(Locale.ROOT)
                        // Otherwise it starts a process to ask for it.
                        .terminalWidthDetection(false)
                        .defaultFormatWidth(HELP_COLUMNS)
                        .build()
                        .description("Observability for video.")
                        .version(VersionCommand.text());
        Help.declare(parser);
        parser.addArgument("-V", "--version")
                .action(Arguments.version())
                .help("Prints the version.");
        Subparsers verbs = parser.addSubparsers().title("verbs").metavar("VERB");
        new DemoCommand(videoStarter).declare(verbs);
        new WatchCommand(videoStarter).declare(verbs);
        new ServeCommand(starter).declare(verbs);
        CheckCommand.declare(verbs);
        TestCommand.declare(verbs);
        QueryCommand.declare(verbs);
        new UserCommand(passwords).declare(verbs);
        DoctorCommand.declare(verbs);
        new TrainCommand(starter).declare(verbs);
        VersionCommand.declare(verbs);
    }

    /// Runs one verb and answers the exit status.
    public int run(String... args) throws InterruptedException {
        if (args.length == 0) {
            out.println(Help.of(parser));
            out.flush();
            return 0;
        }
        try {
            Namespace given = parser.parseArgs(args);
            return given.<Run>get(Run.KEY).with(given, out);
        } catch (HelpScreenException asked) {
            out.println(Help.of(asked.getParser()));
            return 0;
        } catch (ArgumentParserException wrong) {
            parser.handleError(wrong, err);
            return CALLED_WRONGLY;
        } catch (FaultException e) {
            err.println(e.fault().what());
            err.println("-> " + e.fault().todo());
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /// What is wrong with a command line, empty if it can be run; nothing is run.
    public String problem(String... args) {
        try {
            parser.parseArgs(args);
            return "";
        } catch (HelpScreenException asked) {
            return "";
        } catch (ArgumentParserException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
