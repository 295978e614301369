package io.framewatch.server;

import io.framewatch.server.cli.CommandLineProgram;
import java.util.Set;

/// Where a run begins.
public final class Main {

    /// Verbs that a person follows on the terminal: only trouble is told beside their own lines.
    private static final Set<String> TERMINAL = Set.of("demo", "watch");

    /// Fewest carriers of virtual threads: one that holds its carrier for a while does not hold up
    /// all others. What computes for long has threads of the system.
    private static final int CARRIERS_MIN = 2;

    private Main() {}

    /// Runs the verb given and ends the process with its status.
    public static void main(String[] args) throws InterruptedException {
        // For UnderscoreHosts; the JDK reads it once, before its first client.
        String headers = "jdk.httpclient.allowRestrictedHeaders";
        System.setProperty(headers, System.getProperty(headers, "host"));
        // Read once, too, when the first virtual thread is made.
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        int usual = Math.max(CARRIERS_MIN, Runtime.getRuntime().availableProcessors());
        System.setProperty(carriers, System.getProperty(carriers, Integer.toString(usual)));
        if (args.length > 0 && TERMINAL.contains(args[0])) {
            chosenOr("FRAMEWATCH_LOG_LEVEL", "WARN");
            chosenOr("FRAMEWATCH_LOG_FORMAT", "TEXT");
        }
        System.exit(new CommandLineProgram(ProgramParts::start, ProgramParts::start).run(args));
    }

    /// What the environment says stands; `value` is for where it says nothing.
    private static void chosenOr(String name, String value) {
        if (System.getenv(name) == null) {
            System.setProperty(name, value);
        }
    }
}
