package io.framewatch.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/// What a verb does once its words are read.
@FunctionalInterface
interface Run {

    /// The key under which a parser of a verb keeps its run.
    String KEY = "run";

    /// Answers the exit status.
    ///
    /// @param given options and parameters by name; null stands for an option not given
    /// @param out for what the verb has to say
    int with(Namespace given, PrintWriter out) throws IOException, InterruptedException;

    /// The parser of one verb, which chooses `run` when its verb was given.
    static Subparser verb(Subparsers verbs, String name, String description, Run run) {
        Subparser parser = group(verbs, name, description);
        parser.setDefault(KEY, run);
        return parser;
    }

    /// The parser of a verb that is followed by another.
    static Subparser group(Subparsers verbs, String name, String description) {
        Subparser parser = verbs.addParser(name, false).help(description).description(description);
        Help.declare(parser);
        return parser;
    }
}
