package io.framewatch.server.cli;

import io.framewatch.model.FaultException;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The verbs and how their faults are told.
public final class CommandLineProgram {

    private final ServerStarter starter;
    private final VideoServerStarter videoStarter;
    private final UnaryOperator<String> passwords;

    /// @param starter starts the server for the verbs that need one
    /// @param videoStarter starts it with a video side
    public CommandLineProgram(ServerStarter starter, VideoServerStarter videoStarter) {
        this(starter, videoStarter, PasswordPrompt::ask);
    }

    CommandLineProgram(
            ServerStarter starter,
            VideoServerStarter videoStarter,
            UnaryOperator<String> passwords) {
        this.starter = starter;
        this.videoStarter = videoStarter;
        this.passwords = passwords;
    }

    /// Runs one verb and answers the exit status.
    public int run(String... args) {
        return commandLine().execute(args);
    }

    /// What is wrong with a command line, empty if it can be run; nothing is run.
    public String problem(String... args) {
        try {
            commandLine().parseArgs(args);
            return "";
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(new Root());
        line.addSubcommand("demo", new DemoCommand(videoStarter));
        line.addSubcommand("watch", new WatchCommand(videoStarter));
        line.addSubcommand("serve", new ServeCommand(starter));
        line.addSubcommand("check", new CheckCommand());
        line.addSubcommand("test", new TestCommand());
        line.addSubcommand("query", new QueryCommand());
        line.addSubcommand("user", new UserCommand(passwords));
        line.addSubcommand("doctor", new DoctorCommand());
        line.addSubcommand("train", new TrainCommand(starter));
        line.addSubcommand("version", new VersionCommand());
        line.setExecutionExceptionHandler(CommandLineProgram::told);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int told(Exception e, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof FaultException fault) {
            PrintWriter err = line.getErr();
            err.println(fault.fault().what());
            err.println("-> " + fault.fault().todo());
            err.flush();
            return 1;
        }
        throw e;
    }

    @Command(
            name = "framewatch",
            description = "Observability for video.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "VERB")
    private static final class Root implements Runnable {

        @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                spec.commandLine().usage(spec.commandLine().getOut());
            }
        }
    }
}
