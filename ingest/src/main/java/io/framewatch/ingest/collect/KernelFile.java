package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the small texts the kernel shows; their size is unknown until they are read.
final class KernelFile {

    private static final int BYTES_MAX = 8 * 1024 * 1024;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private KernelFile() {}

    static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    static List<String> lines(Path file) throws IOException {
        return text(file).lines().toList();
    }

    static String[] words(String line) {
        return BLANKS.split(line.strip());
    }

    /// The file's only number.
    static double number(Path file) throws IOException {
        return number(text(file).strip());
    }

    static double number(String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException("not a number where one is expected", e);
        }
    }
}
