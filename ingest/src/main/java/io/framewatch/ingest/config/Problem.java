package io.framewatch.ingest.config;

/// One thing wrong with a configuration file.
///
/// @param file the file's name
/// @param line line, from 1
/// @param column column, from 1
/// @param text what is wrong, without a full stop
public record Problem(String file, int line, int column, String text) {

    /// `file:line:column: text`, as compilers print it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + text;
    }
}
