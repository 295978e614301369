package io.framewatch.respond.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Something that must not be seen: written down, in a file, or in the environment. It is read when
/// it is needed, so that a changed file takes effect; it never prints itself.
public sealed interface Secret {

    /// Longest secret read from a file, bytes.
    int FILE_BYTES_MAX = 64 * 1024;

    /// The secret, without line breaks at its end. Throws `IOException` with a message fit for
    /// people when it cannot be read.
    String reveal() throws IOException;

    /// Written in the configuration.
    ///
    /// @param text the secret
    record Inline(String text) implements Secret {
        @Override
        public String reveal() {
            return text;
        }

        @Override
        public String toString() {
            return "<secret>";
        }
    }

    /// The content of a file.
    ///
    /// @param path the file
    record InFile(Path path) implements Secret {
        @Override
        public String reveal() throws IOException {
            try {
                if (Files.size(path) > FILE_BYTES_MAX) {
                    throw new IOException(
                            "the secret file " + path + " has over " + FILE_BYTES_MAX + " bytes");
                }
                return Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
            } catch (IOException e) {
                throw new IOException("the secret file " + path + " cannot be read", e);
            }
        }
    }

    /// The value of an environment variable.
    ///
    /// @param name the variable
    record InEnvironment(String name) implements Secret {
        @Override
        public String reveal() throws IOException {
            String value = System.getenv(name);
            if (value == null) {
                throw new IOException("the environment variable " + name + " is not set");
            }
            return value;
        }
    }

    /// User name and password as the header of basic authentication wants them.
    ///
    /// @param user the user name
    /// @param password the password
    record Basic(String user, Secret password) implements Secret {
        @Override
        public String reveal() throws IOException {
            byte[] both = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(both);
        }
    }
}
