package io.framewatch.server;

import io.framewatch.server.cli.CommandLineProgram;

/// Where a run begins.
public final class Main {

    private Main() {}

    /// Runs the verb given and ends the process with its status.
    public static void main(String[] args) {
        System.exit(new CommandLineProgram(ProgramParts::start, ProgramParts::start).run(args));
    }
}
