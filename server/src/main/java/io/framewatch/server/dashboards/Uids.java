package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of dashboards: 1 to 40 of `A-Z a-z 0-9 _ -`, as in Grafana, so that one can be part of
/// an address and of a file name.
final class Uids {

    private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    /// Words that stand in addresses where a uid stands.
    private static final Set<String> TAKEN = Set.of("db", "uid", "home", "tags", "import");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uids() {}

    static boolean valid(String uid) {
        return UID.matcher(uid).matches() && !TAKEN.contains(uid);
    }

    /// The uid itself; throws `dashboard_uid` if it is none.
    static String checked(String uid) {
        if (!valid(uid)) {
            throw new FaultException(
                    Fault.caller(
                            "dashboard_uid",
                            "The uid of a dashboard is 1 to 40 of A-Z a-z 0-9 _ - and none of "
                                    + String.join(", ", TAKEN.stream().sorted().toList())
                                    + ".",
                            "Give the dashboard another uid."));
        }
        return uid;
    }

    /// A new one that nobody has.
    static String random() {
        byte[] bytes = new byte[7];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The uid of a file that names none: always the same for the same place.
    static String ofPath(String path) {
        String words = path.replaceAll("\\.json$", "").replaceAll("[^A-Za-z0-9_-]+", "-");
        String tail = words.length() <= 27 ? words : words.substring(words.length() - 27);
        return tail + "-" + digest(path.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    /// The SHA-256 of bytes, hexadecimal.
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
