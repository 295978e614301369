package io.framewatch.ingest.config;

import java.nio.file.Path;

/// Where a secret comes from: the configuration text (or an environment variable named in it), or a
/// file that is read again at each use.
public sealed interface SecretSource {

    /// Nothing configured.
    record None() implements SecretSource {}

    /// Given in place.
    ///
    /// @param secret the secret
    record Inline(Secret secret) implements SecretSource {}

    /// Given as a file whose content, without surrounding white space, is the secret.
    ///
    /// @param path absolute, or relative to the working folder
    record InFile(Path path) implements SecretSource {}

    /// No secret.
    SecretSource NONE = new None();
}
