package io.framewatch.text.yaml;

/// Something wrong at a place of a file.
///
/// @param at where
/// @param message what, one sentence with a full stop
public record Problem(Position at, String message) {

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
