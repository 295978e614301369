package io.framewatch.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes of passwords. New ones are Argon2id (RFC 9106) with 19 MiB, two passes and one lane, in
/// the usual text form `$argon2id$v=19$m=..,t=..,p=..$SALT$HASH`; bcrypt's `$2a$`, `$2b$` and
/// `$2y$` are read as well, so that a file of `htpasswd -B` can be taken over. Thread safe.
public final class Passwords {

    /// Shortest password taken, characters.
    public static final int LENGTH_MIN = 8;

    /// Longest password taken, characters.
    public static final int LENGTH_MAX = 200;

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int BCRYPT_COST_MAX = 14;

    private static final Pattern ARGON2 =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$"
                            + "([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Pattern BCRYPT =
            Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /// A new hash of a password.
    public static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + MEMORY_KIB
                + ",t="
                + PASSES
                + ",p="
                + LANES
                + "$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    /// Whether a text is a hash that can be checked here, at a bounded cost.
    static boolean readable(String hash) {
        Matcher argon2 = ARGON2.matcher(hash);
        if (argon2.matches()) {
            int memory = Integer.parseInt(argon2.group(1));
            int passes = Integer.parseInt(argon2.group(2));
            int lanes = Integer.parseInt(argon2.group(3));
            return memory >= 8 * lanes && memory <= 262_144 && passes > 0 && lanes > 0;
        }
        Matcher bcrypt = BCRYPT.matcher(hash);
        return bcrypt.matches() && Integer.parseInt(bcrypt.group(1)) <= BCRYPT_COST_MAX;
    }

    /// Whether a password has this hash; takes as long for a wrong one as for the right one.
    static boolean matches(String password, String hash) {
        if (password.length() > LENGTH_MAX || !readable(hash)) {
            return false;
        }
        Matcher argon2 = ARGON2.matcher(hash);
        if (!argon2.matches()) {
            return OpenBSDBCrypt.checkPassword(hash, password.toCharArray());
        }
        byte[] expected = Base64.getDecoder().decode(argon2.group(5));
        byte[] found =
                argon2(
                        password,
                        Base64.getDecoder().decode(argon2.group(4)),
                        Integer.parseInt(argon2.group(1)),
                        Integer.parseInt(argon2.group(2)),
                        Integer.parseInt(argon2.group(3)),
                        expected.length);
        return MessageDigest.isEqual(expected, found);
    }

    private static byte[] argon2(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
