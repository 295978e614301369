package io.framewatch.verify.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Documentation keeps up with the code, and the repository carries nothing of the machine it was
/// written on.
final class DocumentationRulesTest {

    private static final Set<String> FAULT_MAKERS =
            Set.of("Fault.caller", "Fault.operator", "Fault.later");
    private static final Pattern METRIC = Pattern.compile("framewatch_[a-z0-9_]*[a-z0-9]");

    /// Names of that form that are no metrics: a cookie.
    private static final Set<String> NO_METRICS = Set.of("framewatch_session");

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final long FILE_BYTES_MAX = 1_048_576;

    private static List<JavaSource> production() {
        return JavaSource.parse(
                Repository.files(".java").stream()
                        .filter(file -> !Repository.isTest(file))
                        .toList());
    }

    @Test
    void everyErrorCodeIsDocumented() {
        String documented = Repository.readIfThere("docs/reference/errors.md");
        Set<String> missing = new TreeSet<>();
        for (JavaSource source : production()) {
            for (JavaSource.Call call : source.calls()) {
                String code = call.firstLiteral();
                if (code != null
                        && FAULT_MAKERS.contains(call.target())
                        && !documented.contains("`" + code + "`")) {
                    missing.add(code + " (" + Repository.relative(source.path()) + ")");
                }
            }
        }
        assertThat(missing).as("codes without a line in docs/reference/errors.md").isEmpty();
    }

    @Test
    void everyMetricIsDocumented() {
        String documented = Repository.readIfThere("docs/reference/metrics.md");
        Set<String> missing = new TreeSet<>();
        for (JavaSource source : production()) {
            for (String text : source.strings()) {
                if (METRIC.matcher(text).matches()
                        && !NO_METRICS.contains(text)
                        && !documented.contains(text)) {
                    missing.add(text + " (" + Repository.relative(source.path()) + ")");
                }
            }
        }
        assertThat(missing).as("metrics without a line in docs/reference/metrics.md").isEmpty();
    }

    @Test
    void linksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.files(".md")) {
            Matcher links = LINK.matcher(Repository.read(file));
            while (links.find()) {
                String target = links.group(1);
                Path folder = file.getParent();
                if (folder != null
                        && !target.contains("://")
                        && !target.startsWith("mailto:")
                        && !Files.exists(folder.resolve(target))) {
                    broken.add(Repository.relative(file) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void lockFilesCarryIntegrityAndNoAddress() {
        for (Path file : Repository.files("package-lock.json")) {
            String text = Repository.read(file);
            assertThat(text).as(Repository.relative(file)).doesNotContain("\"resolved\":");
            assertThat(text).as(Repository.relative(file)).contains("\"integrity\":");
        }
    }

    @Test
    void modulesAreDescribedInTheArchitecture() {
        String architecture = Repository.readIfThere("ARCHITECTURE.md");
        assertThat(Repository.modules())
                .allSatisfy(module -> assertThat(architecture).contains("`" + module + "`"));
    }

    @Test
    void filesAreSmall() throws Exception {
        List<String> large = new ArrayList<>();
        for (Path file : Repository.files("")) {
            if (Files.size(file) > FILE_BYTES_MAX) {
                large.add(Repository.relative(file));
            }
        }
        assertThat(large).isEmpty();
    }
}
