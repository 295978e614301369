package io.framewatch.demo.trace;

/// A segment of one rendition that players can fetch from now on. Times are Unix milliseconds.
///
/// @param rendition which, counted from 0, the largest first
/// @param file its name below the camera's folder, such as `360p/3-00000017.ts`
/// @param run which run of the packager cut it, counted from 1
/// @param index its place in that run, counted from 0
/// @param bytes its size
/// @param capturedMs wall time of its first picture, as its playlist says
/// @param durationMs how long it plays, milliseconds
/// @param mediaEndMs media time of its end, counted from the start of its run, milliseconds
/// @param writtenMs when the packager had written it
/// @param publishedMs when the playlist that names it had been written
public record PublishedSegment(
        int rendition,
        String file,
        int run,
        long index,
        long bytes,
        long capturedMs,
        long durationMs,
        long mediaEndMs,
        long writtenMs,
        long publishedMs) {

    /// Wall time of its end.
    long capturedEndMs() {
        return capturedMs + durationMs;
    }
}
