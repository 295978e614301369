package io.framewatch.server.cli;

import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch version`.
final class VersionCommand {

    private VersionCommand() {}

    static void declare(Subparsers verbs) {
        Run.verb(
                verbs,
                "version",
                "Prints the version.",
                (_, out) -> {
                    out.println(text());
                    return 0;
                });
    }

    static String text() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return "framewatch "
                + (version == null ? "development" : version)
                + ", Java "
                + Runtime.version();
    }
}
