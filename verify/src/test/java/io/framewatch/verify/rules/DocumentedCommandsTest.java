package io.framewatch.verify.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.cli.CommandLineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every command in the documents is one the program understands, and every script named is there.
final class DocumentedCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("\\./framewatch ([^`\\n#]+)");
    private static final Pattern SCRIPT =
            Pattern.compile("`?\\./(check|bench|framewatch)\\b([^`\\n|#]*)");

    /// Verbs of the launch script itself.
    private static final Set<String> LAUNCHER_VERBS = Set.of("build", "VERB");

    @Test
    void commandsAreUnderstood() {
        CommandLineProgram program =
                new CommandLineProgram(
                        _ -> {
                            throw new IllegalStateException("nothing is started here");
                        },
                        (_, _) -> {
                            throw new IllegalStateException("nothing is started here");
                        });
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path file : Repository.files(".md")) {
            Matcher commands = COMMAND.matcher(Repository.read(file));
            while (commands.find()) {
                String[] words = words(commands.group(1));
                if (words.length == 0 || LAUNCHER_VERBS.contains(words[0])) {
                    continue;
                }
                seen++;
                String problem = program.problem(words);
                if (!problem.isEmpty()) {
                    wrong.add(
                            Repository.relative(file)
                                    + ": "
                                    + commands.group().strip()
                                    + ": "
                                    + problem);
                }
            }
        }
        assertThat(seen).isPositive();
        assertThat(wrong).isEmpty();
    }

    /// The words of a command as documents write them: `[--x]` is optional, `FILE...` may repeat.
    private static String[] words(String command) {
        return Stream.of(command.strip().split("[\\s]+"))
                .map(word -> word.replaceAll("^\\[|\\]$", "").replace("...", ""))
                .filter(word -> !word.isEmpty() && !word.equals("...") && !word.equals("|"))
                .toArray(String[]::new);
    }

    @Test
    void scriptsAreThereAndCanBeRun() {
        for (Path file : Repository.files(".md")) {
            Matcher scripts = SCRIPT.matcher(Repository.read(file));
            while (scripts.find()) {
                Path script = Repository.root().resolve(scripts.group(1));
                assertThat(Files.isExecutable(script))
                        .as("%s names %s", Repository.relative(file), script)
                        .isTrue();
            }
        }
    }
}
