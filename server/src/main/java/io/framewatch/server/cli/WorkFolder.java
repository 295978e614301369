package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for one run, among the temporary ones; removed with its end.
final class WorkFolder implements AutoCloseable {

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /// A new folder whose name begins with `framewatch-` and `verb`.
    static WorkFolder make(String verb) {
        try {
            return new WorkFolder(Files.createTempDirectory("framewatch-" + verb + "-"));
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "work_folder",
                            "No folder can be made among the temporary ones.",
                            "Check the free space and permissions of "
                                    + System.getProperty("java.io.tmpdir")
                                    + "."),
                    e);
        }
    }

    Path path() {
        return path;
    }

    /// The same settings with the data in here.
    Settings holding(Settings settings) {
        return settings.withStore(settings.store().in(path.resolve("data")));
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a leftover folder among the temporary ones does no harm
        }
    }
}
