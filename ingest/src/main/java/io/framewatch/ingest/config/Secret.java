package io.framewatch.ingest.config;

/// A text that must never be printed: its `toString` hides it.
///
/// @param value the secret itself
public record Secret(String value) {

    /// What stands in place of a secret wherever configuration is shown.
    public static final String HIDDEN = "<secret>";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
