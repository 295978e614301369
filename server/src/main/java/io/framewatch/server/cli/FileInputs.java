package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the files named on the command line.
final class FileInputs {

    /// Largest file read, bytes.
    private static final long FILE_BYTES_MAX = 256L << 20;

    private FileInputs() {}

    /// The text of a UTF-8 file; throws `file_unreadable`.
    static String text(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw fault(file, "is larger than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw fault(file, "is not UTF-8");
        } catch (IOException e) {
            throw fault(file, "cannot be read");
        }
    }

    private static FaultException fault(Path file, String why) {
        return new FaultException(
                Fault.caller("file_unreadable", file + " " + why + ".", "Name a readable text file."));
    }
}
