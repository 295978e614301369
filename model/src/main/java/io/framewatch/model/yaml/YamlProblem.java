package io.framewatch.model.yaml;

/// Something wrong in a file.
///
/// @param file the file's name as the user gave it
/// @param line from 1, 0 when the file as a whole is meant
/// @param column from 1, 0 when the file as a whole is meant
/// @param message what is wrong, without a full stop
public record YamlProblem(String file, int line, int column, String message) {

    /// `file:line:column: message`, the form editors can jump to.
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }
}
