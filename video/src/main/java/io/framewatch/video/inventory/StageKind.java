package io.framewatch.video.inventory;

import java.util.Locale;
import java.util.Optional;

/// What a stage does, in the order in which a picture meets them.
public enum StageKind {
    /// The camera itself, where its process can be seen.
    CAMERA("camera"),
    /// Receives the camera's stream.
    INGEST("ingest"),
    /// Turns packets into frames.
    DECODE("decoder"),
    /// Joins pictures of several cameras.
    STITCH("stitcher"),
    /// Finds things in pictures.
    DETECT("detector"),
    /// Cuts the view out and encodes it.
    ENCODE("encoder"),
    /// Decodes and encodes again, to other renditions.
    TRANSCODE("encoder"),
    /// Cuts the stream into segments and writes playlists.
    PACKAGE("packager"),
    /// Brings segments to storage.
    UPLOAD("upload"),
    /// Serves players.
    DELIVER("delivery");

    private final String noun;

    StageKind(String noun) {
        this.noun = noun;
    }

    /// What people call a stage of this kind, as in "the encoder of cam-1".
    public String noun() {
        return noun;
    }

    /// The word as it stands in inventory files, labels and JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of a word, if there is one.
    public static Optional<StageKind> of(String word) {
        for (StageKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
