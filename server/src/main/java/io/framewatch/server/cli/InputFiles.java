package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files named on the command line.
final class InputFiles {

    private static final long FILE_BYTES_MAX = 64L << 20;

    private InputFiles() {}

    /// The text of a file. Throws `file_unreadable`.
    static String text(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX) {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new FaultException(unreadable(file), e);
        }
        throw new FaultException(unreadable(file));
    }

    private static Fault unreadable(Path file) {
        return Fault.operator(
                "file_unreadable",
                "The file "
                        + file
                        + " cannot be read: it is missing, no UTF-8 text or over 64 MiB.",
                "Name a readable text file.");
    }
}
