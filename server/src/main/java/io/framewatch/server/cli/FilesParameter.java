package io.framewatch.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `FILE...`, shared by the verbs that read files of a kind: `check promql FILE...`.
final class FilesParameter {

    private static final String NAME = "files";

    private FilesParameter() {}

    /// The parser of a kind of files, one or more.
    static Subparser kind(Subparsers kinds, String name, String description, Run run) {
        Subparser parser = Run.verb(kinds, name, description, run);
        parser.addArgument(NAME).metavar("FILE").nargs("+");
        return parser;
    }

    /// The files given, in their order.
    static List<Path> of(Namespace given) {
        return given.<String>getList(NAME).stream().map(Path::of).toList();
    }

    /// Says how many passed and failed; answers the exit status.
    static int summary(PrintWriter out, int passed, int failed) {
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }
}
