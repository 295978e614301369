package io.framewatch.server;

import io.framewatch.server.cli.CommandLineProgram;
import java.util.Set;

/// Where a run begins.
public final class Main {

    /// Verbs that a person follows on the terminal: only trouble is told beside their own lines.
    private static final Set<String> TERMINAL = Set.of("demo", "watch");

    /// Carriers of virtual threads for each processor: what computes for long, such as a large
    /// query, then shares the processors with everything else instead of holding it up.
    private static final int CARRIERS_PER_PROCESSOR = 4;

    private Main() {}

    /// Runs the verb given and ends the process with its status.
    public static void main(String[] args) throws InterruptedException {
        // For UnderscoreHosts; the JDK reads it once, before its first client.
        String headers = "jdk.httpclient.allowRestrictedHeaders";
        System.setProperty(headers, System.getProperty(headers, "host"));
        // Read once, too, when the first virtual thread is made.
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        int usual = CARRIERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
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
