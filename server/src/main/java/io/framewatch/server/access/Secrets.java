package io.framewatch.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// Making and comparing secrets. Secrets are kept as SHA-256 digests only: a copy of the memory
/// holds no usable session, and comparing digests tells nothing by the time it takes. Thread safe.
final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// A new secret of 256 random bits, fit for addresses and cookies.
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The digest under which a secret is kept.
    static String digest(String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The first characters of a digest, fit for addresses: names a secret without telling it.
    static String id(String digest, int length) {
        return digest.substring(0, length).replace('+', '-').replace('/', '_');
    }
}
