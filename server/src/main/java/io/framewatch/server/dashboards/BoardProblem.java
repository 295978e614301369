package io.framewatch.server.dashboards;

/// A file that is no dashboard that could be shown.
///
/// @param file the file, as the folder names it
/// @param line line of the fault, 1 for the file as a whole
/// @param column column of the fault
/// @param what what is wrong
public record BoardProblem(String file, int line, int column, String what) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + what;
    }
}
