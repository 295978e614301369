package io.framewatch.ingest.scrape;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes failed scrapes to the files that `scrape_failure_log_file` names, a line of JSON each. A
/// file beyond [#FILE_BYTES_MAX] is moved to the same name with `.1`, in place of the one moved
/// before. The file is opened for each line, so one moved away is made anew. Thread safe.
final class FailureLogs {

    /// Size from which a file is moved away, bytes.
    static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

    private static final System.Logger log = System.getLogger(FailureLogs.class.getName());

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean complained;

    FailureLogs(Clock clock) {
        this.clock = clock;
    }

    void write(Path file, String job, String target, String error) {
        String line =
                JsonNodeFactory.instance
                                .objectNode()
                                .put("time", clock.now().toString())
                                .put("level", "ERROR")
                                .put("msg", "Scrape failed")
                                .put("job_name", job)
                                .put("target", target)
                                .put("err", error)
                        + "\n";
        lock.lock();
        try {
            if (Files.exists(file) && Files.size(file) > FILE_BYTES_MAX) {
                Path old = file.resolveSibling(file.getFileName() + ".1");
                Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file,
                    line,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            complained = false;
        } catch (IOException e) {
            complain(file, e);
        } finally {
            lock.unlock();
        }
    }

    private void complain(Path file, IOException problem) {
        if (!complained) {
            complained = true;
            log.log(
                    System.Logger.Level.WARNING,
                    "The scrape failure log " + file + " cannot be written: " + problem);
        }
    }
}
