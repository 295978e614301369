package io.framewatch.ingest.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.model.Labels;
import io.framewatch.testkit.Conformance;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileFinderTest {

    @TempDir private Path folder;
    private final ManualClock clock = new ManualClock(1_000_000);
    private FileFinder finder = new FileFinder(Path.of(""), files(), clock);

    private static Discovery.Files files() {
        return new Discovery.Files(List.of("*.yml", "cams*.json"), 300_000);
    }

    @BeforeEach
    void open() {
        finder = new FileFinder(folder, files(), clock);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> addresses() {
        TreeSet<String> all = new TreeSet<>();
        finder.finding().groups().forEach(group -> all.addAll(group.addresses()));
        return List.copyOf(all);
    }

    @Test
    void followsThePatternsAsFilesComeAndGo() throws IOException {
        assertThat(finder.finding().ready()).isTrue();
        write("a.yml", "- targets: ['a:1']\n");
        write("cams-1.json", "[\t{\"targets\": [\"b:2\"]}]");
        write("other.json", "[{\"targets\": [\"c:3\"]}]");
        assertThat(addresses()).containsExactly("a:1", "b:2");
        String path = folder.resolve("a.yml").toString();
        assertThat(finder.finding().groups().getFirst().labels())
                .isEqualTo(Labels.of("__meta_filepath", path));
        Files.delete(folder.resolve("a.yml"));
        assertThat(addresses()).containsExactly("b:2");
        assertThat(finder.finding()).isSameAs(finder.finding());
    }

    @Test
    void aBrokenFileKeepsItsTargetsAndIsNamed() throws IOException {
        write("a.yml", "- targets: ['a:1']\n");
        assertThat(addresses()).containsExactly("a:1");
        write("a.yml", "- targets: ['a:1', 'b:2'\n");
        assertThat(addresses()).containsExactly("a:1");
        assertThat(finder.finding().problems()).singleElement().asString().contains("a.yml:");
        write("a.yml", "- targets: ['a:1', 'b:2']\n");
        assertThat(addresses()).containsExactly("a:1", "b:2");
        assertThat(finder.finding().problems()).isEmpty();
        assertThat(finder.status().failures()).isEqualTo(2);
    }

    @Test
    void everyRefreshIntervalAllIsReadAgain() throws IOException {
        write("a.yml", "- targets: ['a:1']\n");
        Path file = folder.resolve("a.yml");
        FileTime time = Files.getLastModifiedTime(file);
        assertThat(addresses()).containsExactly("a:1");
        write("a.yml", "- targets: ['b:2']\n");
        Files.setLastModifiedTime(file, time);
        assertThat(addresses()).containsExactly("a:1");
        clock.advance(Duration.ofMinutes(5));
        assertThat(addresses()).containsExactly("b:2");
    }

    @Test
    void filesOfTheConformanceData() throws IOException {
        Path source = Conformance.folder("prometheus/sd-file/file/fixtures");
        assumeTrue(Files.isDirectory(source), "skipped: conformance data absent");
        int checked = 0;
        for (Path file : Conformance.files("prometheus/sd-file/file", "")) {
            String name = file.getFileName().toString();
            boolean json = name.endsWith(".json");
            Path copy = folder.resolve(json ? "cams.json" : "a.yml");
            Files.copy(file, copy);
            Finding finding = new FileFinder(folder, files(), clock).finding();
            assertThat(finding.problems().isEmpty()).as(name).isEqualTo(!name.contains("invalid"));
            assertThat(finding.groups().isEmpty()).as(name).isEqualTo(name.contains("invalid"));
            Files.delete(copy);
            checked++;
        }
        assertThat(checked).isPositive();
    }
}
