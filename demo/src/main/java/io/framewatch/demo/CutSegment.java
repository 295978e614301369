package io.framewatch.demo;

import java.util.ArrayList;
import java.util.List;

/// A segment that the packager has finished.
///
/// @param file its name
/// @param durationMs media time in it, milliseconds
record CutSegment(String file, long durationMs) {

    private static final String DURATION = "#EXTINF:";

    /// The segments in a playlist that ffmpeg wrote, oldest first. What cannot be read is left out:
    /// the list is read again soon.
    static List<CutSegment> parse(String playlist) {
        List<CutSegment> segments = new ArrayList<>();
        long durationMs = -1;
        for (String line : playlist.lines().toList()) {
            if (line.startsWith(DURATION)) {
                durationMs = durationMs(line.substring(DURATION.length()));
            } else if (!line.isBlank() && !line.startsWith("#") && durationMs > 0) {
                segments.add(new CutSegment(line.strip(), durationMs));
                durationMs = -1;
            }
        }
        return segments;
    }

    private static long durationMs(String text) {
        int comma = text.indexOf(',');
        try {
            return Math.round(
                    1_000 * Double.parseDouble(comma < 0 ? text : text.substring(0, comma)));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
