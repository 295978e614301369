package io.framewatch.verify.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sizes, guided tours, banned calls.
final class SourceRulesTest {

    private static final int FILE_LINES_MAX = 500;
    private static final int TEST_FILE_LINES_MAX = 800;
    private static final int METHOD_LINES_MAX = 60;

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

    /// Banned call, as written, and what to call instead.
    private static final Map<String, String> BANNED = new LinkedHashMap<>();

    static {
        BANNED.put("System.currentTimeMillis", "Clock.nowMs");
        BANNED.put("System.nanoTime", "Clock.nanoTime");
        BANNED.put("Instant.now", "Clock.now");
        BANNED.put("LocalDateTime.now", "Clock.now");
        BANNED.put("ZonedDateTime.now", "Clock.now");
        BANNED.put("Thread.sleep", "Tasks, or Awaitility in tests");
        BANNED.put("System.exit", "a status returned from Main");
    }

    /// Files that may make a banned call, and why.
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "model/src/main/java/io/framewatch/model/SystemClock.java",
                            "reads the time for everybody",
                    "server/src/main/java/io/framewatch/server/Main.java",
                            "ends the process with the status",
                    "engine/src/main/java/io/framewatch/engine/EngineMain.java",
                            "ends the process with the status");

    private static List<JavaSource> sources = List.of();

    @BeforeAll
    static void parse() {
        sources = JavaSource.parse(Repository.files(".java"));
        assertThat(sources).hasSizeGreaterThan(10);
    }

    /// A pipe of a process keeps the carrier of a virtual thread until there is something in it,
    /// and a small machine has two carriers.
    @Test
    void pipesAreNotReadByVirtualThreads() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            String text = Repository.read(file);
            if (!isTestFile(file)
                    && text.contains("new ProcessBuilder(")
                    && text.matches("(?s).*\\.(getInputStream|getErrorStream|getOutputStream)\\(.*")
                    && text.contains("Thread.ofVirtual(")) {
                found.add(Repository.root().relativize(file).toString());
            }
        }
        assertThat(found).as("Thread.ofPlatform().daemon()").isEmpty();
    }

    @Test
    void filesStayShort() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.files(".java", ".ts", ".tsx")) {
            long lines = Repository.read(file).lines().count();
            int most = isTestFile(file) ? TEST_FILE_LINES_MAX : FILE_LINES_MAX;
            if (lines > most) {
                tooLong.add(
                        Repository.relative(file) + " has " + lines + " lines, at most " + most);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static boolean isTestFile(Path file) {
        return Repository.isTest(file)
                || Repository.relative(file).matches("ui/(test|.*\\.test\\.).*");
    }

    @Test
    void methodsStayShort() {
        List<String> tooLong = new ArrayList<>();
        for (JavaSource source : sources) {
            for (JavaSource.Method method : source.methods()) {
                if (method.lines() > METHOD_LINES_MAX) {
                    tooLong.add(
                            "%s:%d %s has %d lines, at most %d"
                                    .formatted(
                                            Repository.relative(source.path()),
                                            method.line(),
                                            method.name(),
                                            method.lines(),
                                            METHOD_LINES_MAX));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void everyPackageHasItsTour() {
        List<String> missing = new ArrayList<>();
        for (JavaSource source : sources) {
            Path folder = source.path().getParent();
            if (folder == null || Repository.isTest(source.path())) {
                continue;
            }
            Path tour = folder.resolve("package-info.java");
            if (!Files.exists(tour)) {
                missing.add(Repository.relative(folder) + " has no package-info.java");
            } else if (!Repository.read(tour).contains("@NullMarked")) {
                missing.add(Repository.relative(tour) + " is not @NullMarked");
            }
        }
        assertThat(missing.stream().distinct()).isEmpty();
    }

    @Test
    void bannedCallsAreNotMade() {
        List<String> made = new ArrayList<>();
        for (JavaSource source : sources) {
            String file = Repository.relative(source.path());
            for (JavaSource.Call call : source.calls()) {
                String instead = BANNED.get(call.target());
                if (instead != null && !ALLOWED.containsKey(file)) {
                    made.add(
                            file
                                    + ":"
                                    + call.line()
                                    + " calls "
                                    + call.target()
                                    + "; use "
                                    + instead);
                }
            }
        }
        assertThat(made).isEmpty();
    }

    /// The comment of a line of code, as far as there is one: a word inside a text is no mark.
    private static String comment(String line) {
        int slashes = line.indexOf("//");
        int hash = line.indexOf("# ");
        int star = line.strip().startsWith("*") ? 0 : -1;
        int from = Math.max(slashes, Math.max(hash, star));
        return from < 0 ? "" : line.substring(from);
    }

    @Test
    void nothingIsMarkedUnfinished() {
        List<String> marked = new ArrayList<>();
        for (Path file : Repository.files(".java", ".ts", ".tsx", ".md", ".sh", ".yml", ".yaml")) {
            if (file.endsWith("SourceRulesTest.java")) {
                continue;
            }
            boolean code = !file.toString().endsWith(".md");
            Repository.read(file)
                    .lines()
                    .filter(line -> UNFINISHED.matcher(code ? comment(line) : line).find())
                    .forEach(line -> marked.add(Repository.relative(file) + ": " + line.strip()));
        }
        assertThat(marked).isEmpty();
    }
}
