package io.framewatch.video.probe;

import java.util.List;

/// What ffmpeg made of a piece of media.
///
/// @param keyframes its keyframes, in order
/// @param jpeg a thumbnail, empty if there is none
/// @param videoPackets video frames it holds; 0 if unknown
/// @param audio whether it has sound
/// @param silent whether its sound is silent: never louder than -60 dB
record Decoded(
        List<GrayFrame> keyframes, byte[] jpeg, long videoPackets, boolean audio, boolean silent) {

    static final Decoded NOTHING = new Decoded(List.of(), new byte[0], 0, false, false);
}
