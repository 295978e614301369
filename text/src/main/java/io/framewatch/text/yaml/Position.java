package io.framewatch.text.yaml;

/// A place in a file.
///
/// @param file the name people know it by
/// @param line 1 for the first
/// @param column 1 for the first
public record Position(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
