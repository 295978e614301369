package io.framewatch.video.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to start one ffmpeg.
///
/// @param ffmpeg the program
/// @param arguments inputs, filters, outputs; what every run needs is added by [#words()]
/// @param folder where it runs; relative paths in the arguments start here
/// @param takesCommands whether it listens for filter commands on its standard input
public record FfmpegCommand(
        Path ffmpeg, List<String> arguments, Path folder, boolean takesCommands) {

    /// Keeps its own copy of the list.
    public FfmpegCommand {
        arguments = List.copyOf(arguments);
    }

    /// The whole command line. Log lines carry their level, progress goes to standard output.
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(ffmpeg.toString());
        words.addAll(List.of("-hide_banner", "-nostats", "-loglevel", "level+warning"));
        words.addAll(List.of("-progress", "pipe:1"));
        if (!takesCommands) {
            words.add("-nostdin");
        }
        words.addAll(arguments);
        return List.copyOf(words);
    }
}
