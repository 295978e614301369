package io.framewatch.server.cli;

import java.util.Map;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.helper.HelpScreenException;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentParser;

/// `--help`: leaves the printing to the program, which knows where to.
final class Help implements ArgumentAction {

    /// Where the library begins the words about an option.
    private static final int WORDS_COLUMN = 25;

    private Help() {}

    static void declare(ArgumentParser parser) {
        parser.addArgument("-h", "--help").action(new Help()).help("Shows this and ends.");
    }

    /// The help of a parser, in ragged lines; the library sets blanks between words to fill them.
    static String of(ArgumentParser parser) {
        return parser.formatHelp().lines().map(Help::ragged).collect(Collectors.joining("\n"));
    }

    private static String ragged(String line) {
        int from = line.startsWith(" ") ? Math.min(WORDS_COLUMN, line.length()) : 0;
        return line.substring(0, from) + line.substring(from).replaceAll(" {2,}", " ");
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still demands it
    public void run(
            ArgumentParser parser,
            Argument argument,
            Map<String, Object> attributes,
            String flag,
            Object value)
            throws HelpScreenException {
        throw new HelpScreenException(parser);
    }

    @Override
    public void onAttach(Argument argument) {}

    @Override
    public boolean consumeArgument() {
        return false;
    }
}
